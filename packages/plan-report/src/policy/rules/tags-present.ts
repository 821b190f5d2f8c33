import { isRecord, SENSITIVE, UNKNOWN } from "../../terraform/masked-value";
import { type PlannedResource } from "../../terraform/planned-resource";
import { type Finding, type Rule } from "../policy";

/**
 * Requires tags (AWS) or labels (Google Cloud) on every resource that supports them, set on the resource or by the
 * provider's defaults.
 *
 * @param required keys that must have a value
 */
export function tagsPresent(required: readonly string[]): Rule {
  return {
    name: "tags-present",
    description: `Every resource that supports tags or labels has ${required.join(" and ")}.`,
    check: ({ resources }) =>
      resources.flatMap((resource): Finding[] => {
        const tags = tagsOf(resource);
        if (tags === undefined) return [];
        const missing = required.filter((key) => !Object.hasOwn(tags, key) || !tags[key]);
        if (missing.length === 0) return [];
        const { stack, address } = resource;
        const message = `tag ${missing.join(" and ")} is missing; pass standardTags() to the stack`;
        return [{ stack, address, message }];
      }),
  };
}

/** Tags including the provider's defaults, as the provider computes them; undefined if the type has none. */
function tagsOf({ after }: PlannedResource): Readonly<Record<string, unknown>> | undefined {
  for (const name of ["tags_all", "effective_labels"]) {
    if (after === undefined || !Object.hasOwn(after, name)) continue;
    const tags = after[name];
    if (tags === UNKNOWN || tags === SENSITIVE) return undefined;
    return isRecord(tags) ? tags : {};
  }
  return undefined;
}
