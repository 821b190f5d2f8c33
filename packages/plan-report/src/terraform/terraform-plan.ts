/** The part of `terraform show -json <plan>` that is read here (format version 1). */
export interface TerraformPlan {
  readonly format_version: string;
  readonly terraform_version: string;
  /** Absent when the stack has no resources. */
  readonly resource_changes?: readonly TerraformResourceChange[];
  /** What has changed in the cloud since the state was written; absent when nothing has. */
  readonly resource_drift?: readonly TerraformResourceChange[];
  /** Outputs that the plan changes, with their values, by name. */
  readonly output_changes?: Readonly<Record<string, TerraformOutputChange>>;
}

/** What a plan does to an output; `before` and `after` as in {@link TerraformResourceChange}. */
export interface TerraformOutputChange {
  readonly actions: readonly string[];
  readonly before?: unknown;
  readonly after?: unknown;
  readonly after_unknown?: unknown;
}

export interface TerraformResourceChange {
  readonly address: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly previous_address?: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly importing?: unknown;
    /** Values before; null where the object does not exist yet. Sensitive ones are in clear: see `maskedValue`. */
    readonly before?: unknown;
    /** Values afterwards, as far as they are known; null where the object is deleted. */
    readonly after?: unknown;
    /** Of the same shape as `after`: `true` where the value is not known before it is applied. */
    readonly after_unknown?: unknown;
    /** Of the same shape as `before`: `true` where the value is sensitive. */
    readonly before_sensitive?: unknown;
    readonly after_sensitive?: unknown;
    /** Paths whose change forces a replacement, each a list of attribute names and indices. */
    readonly replace_paths?: readonly (readonly (string | number)[])[];
  };
}

/**
 * Makes the JSON of a plan the same for the same plan: without the time of the run, and with Terraform's one list
 * whose order is not defined (`relevant_attributes`) sorted.
 */
export function canonicalPlan(plan: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const canonical = { ...plan };
  delete canonical["timestamp"];
  const relevant = canonical["relevant_attributes"];
  if (!Array.isArray(relevant)) return canonical;
  const ordered = relevant
    .map((entry): [string, unknown] => [JSON.stringify(entry), entry])
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, entry]) => entry);
  return { ...canonical, relevant_attributes: ordered };
}
