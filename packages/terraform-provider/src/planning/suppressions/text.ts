import { isSameJson, isSamePolicy } from "../documents";
import { type Suppression } from "./suppression";

/** Rules about the spelling of texts. */
export const textSuppressions: Readonly<Record<string, Suppression>> = {
  /** Upper and lower case are the same. */
  case: (prior, planned) => prior.toLowerCase() === planned.toLowerCase(),
  /** JSON documents with the same value. */
  json: isSameJson,
  /** IAM policies that grant the same. */
  "iam-policy": isSamePolicy,
};
