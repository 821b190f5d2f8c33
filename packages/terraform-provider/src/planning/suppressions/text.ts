import { isDeepStrictEqual } from "node:util";

import { type Suppression } from "./suppression";

/** Rules about the spelling of texts. */
export const textSuppressions: Readonly<Record<string, Suppression>> = {
  /** Upper and lower case are the same. */
  case: (prior, planned) => prior.toLowerCase() === planned.toLowerCase(),
  /** JSON documents with the same value. */
  json: (prior, planned) => isSameJson(prior, planned),
  /** Whatever is configured, once the resource exists: it is read at creation only. */
  "create-only": (_prior, _planned, context) => context.prior !== null,
};

function isSameJson(a: string, b: string): boolean {
  try {
    return isDeepStrictEqual(JSON.parse(a || "null"), JSON.parse(b || "null"));
  } catch {
    // What is no JSON differs.
    return false;
  }
}
