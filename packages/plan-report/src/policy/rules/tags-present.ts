import { isRecord, SENSITIVE, UNKNOWN } from "../../terraform/masked-value";
import { type PlannedResource } from "../../terraform/planned-resource";
import { type Finding, type Rule } from "../policy";

/**
 * Every object that can carry tags (AWS) or labels (Google) carries these, whoever sets them: the object or its
 * provider's defaults.
 *
 * @param required keys that have to be there with a value
 */
export function tagsPresent(required: readonly string[]): Rule {
  return {
    name: "tags-present",
    description: `Every object that can carry tags or labels has ${required.join(" and ")}.`,
    check: ({ resources }) =>
      resources.flatMap((resource): Finding[] => {
        const tags = tagsOf(resource);
        if (tags === undefined) return [];
        const missing = required.filter((key) => !Object.hasOwn(tags, key) || !tags[key]);
        if (missing.length === 0) return [];
        const { stack, address } = resource;
        const message = `the tag ${missing.join(" and ")} is missing; give the stack standardTags()`;
        return [{ stack, address, message }];
      }),
  };
}

/** Tags with those of the provider, which both clouds' providers compute; undefined if there can be none. */
function tagsOf({ after }: PlannedResource): Readonly<Record<string, unknown>> | undefined {
  for (const name of ["tags_all", "effective_labels"]) {
    if (after === undefined || !Object.hasOwn(after, name)) continue;
    const tags = after[name];
    if (tags === UNKNOWN || tags === SENSITIVE) return undefined;
    return isRecord(tags) ? tags : {};
  }
  return undefined;
}
