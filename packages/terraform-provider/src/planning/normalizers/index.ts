import { networkOf, networkText, parseNetwork } from "../../configuration/network-text";
import { normalizedInlinePolicy, normalizedJson, sortedJson } from "../documents";

/** Turns a configured value into the one that is planned (`StateFunc`). */
export type Normalizer = (value: string) => string;

/** Short names of Google's OAuth scopes that differ from the end of their address. */
const scopes: Readonly<Record<string, string>> = {
  "cloud-source-repos": "source.full_control",
  "cloud-source-repos-ro": "source.read_only",
  "compute-ro": "compute.readonly",
  "compute-rw": "compute",
  "logging-write": "logging.write",
  "monitoring-read": "monitoring.read",
  "monitoring-write": "monitoring.write",
  "service-control": "servicecontrol",
  "service-management": "service.management.readonly",
  sql: "sqlservice",
  "sql-admin": "sqlservice.admin",
  "storage-full": "devstorage.full_control",
  "storage-ro": "devstorage.read_only",
  "storage-rw": "devstorage.read_write",
  trace: "trace.append",
  "useraccounts-ro": "cloud.useraccounts.readonly",
  "useraccounts-rw": "cloud.useraccounts",
  "userinfo-email": "userinfo.email",
};

/** Short names of scopes that are the end of their address. */
const sameScopes = ["bigquery", "cloud-platform", "datastore", "monitoring", "pubsub", "taskqueue"];

function scopeOf(name: string): string {
  const end = sameScopes.includes(name) ? name : scopes[name];
  return end === undefined ? name : `https://www.googleapis.com/auth/${end}`;
}

/** All rules, by name. */
export const normalizers: Readonly<Record<string, Normalizer>> = {
  /** In lower case. */
  lower: (value) => value.toLowerCase(),
  /** What follows the last slash of a link. */
  "last-segment": (value) => value.split("/").at(-1)!,
  /** A network without its host bits. */
  network: (value) => {
    const network = parseNetwork(value);
    return network === undefined ? value : networkText(networkOf(network));
  },
  /** The address of one of Google's OAuth scopes. */
  "oauth-scope": scopeOf,
  /** A JSON document as Go writes it. */
  json: normalizedJson,
  /** A JSON document with its members sorted, without escapes for HTML. */
  "plain-json": sortedJson,
  /** In upper case. */
  upper: (value) => value.toUpperCase(),
  /** An inline IAM policy, with its version first. */
  "inline-policy": normalizedInlinePolicy,
};
