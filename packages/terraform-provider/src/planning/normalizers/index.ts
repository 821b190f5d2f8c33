import { normalizedInlinePolicy, normalizedJson, sortedJson } from "../documents";

/** Turns a configured value into the one that is planned (`StateFunc`). */
export type Normalizer = (value: string) => string;

/** All rules, by name. */
export const normalizers: Readonly<Record<string, Normalizer>> = {
  /** In lower case. */
  lower: (value) => value.toLowerCase(),
  /** A JSON document as Go writes it. */
  json: normalizedJson,
  /** A JSON document with its members sorted, without escapes for HTML. */
  "plain-json": sortedJson,
  /** In upper case. */
  upper: (value) => value.toUpperCase(),
  /** An inline IAM policy, with its version first. */
  "inline-policy": normalizedInlinePolicy,
};
