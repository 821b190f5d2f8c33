import { isSameNetwork } from "../../configuration/network-text";
import { isList, isObject, type Value } from "../../value/value";
import { isSameDelivery } from "../documents";
import { type Suppression } from "./suppression";

/** Rules of hashicorp/aws. */
export const awsSuppressions: Readonly<Record<string, Suppression>> = {
  /** A table without a class has the standard one. */
  "standard-table-class": (prior, planned) => prior === "" && planned === "STANDARD",
  /** A key's ARN and its id, or an alias' ARN and its name, are the same. */
  "key-id-or-arn": (prior, planned) => keyId(prior) === keyId(planned),
  /** What is not configured stays as it is, although the cloud does not compute it. */
  "not-configured": (_prior, _planned, { key, proposed }) => (proposed[key] ?? null) === null,
  /** Spellings of one IPv6 network. */
  "ipv6-network": isSameNetwork,
  /** Log levels that are not set, which AWS chooses for logs in JSON. */
  "unset-log-level": (before, planned, { prior, proposed }) =>
    prior !== null && before !== "" && planned === "" && isJsonLogging(proposed["logging_config"] ?? null),
  /** Delivery policies that differ in zeros. */
  "delivery-policy": isSameDelivery,
  /** The key reuse period of a queue without encryption, which AWS does not report. */
  "unencrypted-queue": (_prior, _planned, { proposed }) =>
    proposed["sqs_managed_sse_enabled"] !== true && (proposed["kms_master_key_id"] ?? "") === "",
  /** A block that is left out is kept as it is. */
  "left-out": (prior, planned, { key }) => key.endsWith(".#") && prior === "1" && planned === "0",
};

function isJsonLogging(blocks: Value): boolean {
  const first = isList(blocks) ? (blocks[0] ?? null) : null;
  return isObject(first) && first["log_format"] === "JSON";
}

function keyId(text: string): string {
  return text.startsWith("arn:") ? text.slice(text.lastIndexOf(":key/") + ":key/".length) : text;
}
