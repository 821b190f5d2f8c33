import { ValidationError } from "./validation-error";

/** Who a resource belongs to. */
export interface Ownership {
  /** Environment, for example `prod`. */
  readonly environment: string;
  /** Team that answers for it, for example `payments`. @default none */
  readonly team?: string;
}

/**
 * Tags that every resource of an environment carries, on AWS as tags and on Google as labels: the same words on both
 * clouds, so that one bill and one search cover both.
 *
 * @throws ValidationError on a value that Google refuses as a label: 1 to 63 lower-case letters, digits, `_` and `-`.
 *   Source: Compute Engine, "Requirements for labels".
 */
export function standardTags({ environment, team }: Ownership): Record<string, string> {
  const tags = { environment, ...(team === undefined ? {} : { team }), "managed-by": "cluster-ipam" };
  for (const [name, value] of Object.entries(tags)) {
    if (/^[a-z0-9_-]{1,63}$/.test(value)) continue;
    throw new ValidationError(
      `tag ${name}`,
      `"${value}" is refused by Google as a label; use 1 to 63 lower-case letters, digits, _ and -`,
    );
  }
  return tags;
}
