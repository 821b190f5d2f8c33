import { type Construct } from "constructs";
import { ValidationError } from "./validation-error";

/** Values of the standard tags. */
export interface StandardTagsOptions {
  /** Environment, such as `dev` or `prod`. */
  readonly environment: string;
  /** What the resources serve, such as `network` or `payments`. @default none */
  readonly component?: string;
  /** Id of the stack that manages the resources. @default none */
  readonly stack?: string;
}

/**
 * Returns the tags of every blueprint resource. Keys and values are valid Google labels too: lower-case letters,
 * digits, `_` and `-`, at most 63 characters.
 *
 * @throws ValidationError if a value is not a valid label
 */
export function standardTags(options: StandardTagsOptions): Readonly<Record<string, string>> {
  const { environment, component, stack } = options;
  const given = Object.entries({ environment, component, stack });
  const tags = given.filter((entry): entry is [string, string] => entry[1] !== undefined);
  for (const [key, value] of tags) checkLabelValue(`standardTags.${key}`, value);
  return { ...Object.fromEntries(tags), managed_by: "cluster-ipam" };
}

/**
 * Returns the tags if AWS accepts them on a resource (EC2: "Tag restrictions").
 *
 * @throws ValidationError for more than 50 tags, a key longer than 128 or a value longer than 256 characters, or a key
 * that starts with `aws:`
 */
export function awsTags(
  where: Construct,
  tags: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const entries = Object.entries(tags);
  if (entries.length > 50)
    throw new ValidationError(where, `${entries.length} tags are too many; AWS allows 50, so remove some`);
  for (const [key, value] of entries) {
    if (key.length < 1 || key.length > 128 || /^aws:/i.test(key)) {
      throw new ValidationError(
        where,
        `the tag key ${JSON.stringify(key)} is not valid; use 1 to 128 characters without the prefix aws:`,
      );
    }
    if (value.length > 256) {
      throw new ValidationError(
        where,
        `the value of the tag ${key} has ${value.length} characters; AWS allows 256, so shorten it`,
      );
    }
  }
  return tags;
}

/**
 * Returns the labels if Google accepts them (Resource Manager: "Requirements for labels") and cdktf keeps their keys:
 * it writes `cost-center` as `cost_center` in a provider's default labels.
 *
 * @throws ValidationError for more than 64 labels, or a key or value with other characters
 */
export function googleLabels(
  where: Construct,
  labels: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const entries = Object.entries(labels);
  if (entries.length > 64)
    throw new ValidationError(
      where,
      `${entries.length} labels are too many; Google allows 64, so remove some`,
    );
  for (const [key, value] of entries) {
    if (key.length > 63 || !/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(key)) {
      throw new ValidationError(
        where,
        `the label key ${JSON.stringify(key)} is not valid; use lower-case words joined by single underscores, at most 63 characters`,
      );
    }
    checkLabelValue(where, value);
  }
  return labels;
}

function checkLabelValue(where: Construct | string, value: string): void {
  if (!/^[a-z0-9_-]{0,63}$/.test(value)) {
    throw new ValidationError(
      where,
      `the label value ${JSON.stringify(value)} is not valid; use lower-case letters, digits, _ and -, at most 63 characters`,
    );
  }
}
