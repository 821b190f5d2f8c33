/**
 * Rewrites references from `${terraform_data.first}`, as cdktf writes them, to `terraform_data.first` where Terraform's
 * JSON syntax accepts nothing else: an output's `depends_on`, a lifecycle's `replace_triggered_by`.
 */
export function unwrapReferences(json: Readonly<Record<string, unknown>>): void {
  for (const output of members(json["output"])) unwrap(output, "depends_on");
  for (const type of members(json["resource"])) {
    for (const resource of members(type)) unwrap(resource["lifecycle"], "replace_triggered_by");
  }
}

function unwrap(holder: unknown, name: string): void {
  if (!isObject(holder) || !Array.isArray(holder[name])) return;
  holder[name] = holder[name].map((item: unknown) =>
    typeof item === "string" ? item.replace(/^\$\{(.*)\}$/, "$1") : item,
  );
}

function members(value: unknown): Record<string, unknown>[] {
  return isObject(value) ? Object.values(value).filter(isObject) : [];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
