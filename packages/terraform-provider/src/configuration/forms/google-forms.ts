import { existsSync } from "node:fs";

import { durationOf, isDuration } from "./duration";
import { type Form, matching, ofText } from "./form";

/** Numbers of autonomous systems that RFC 6996 sets apart for private use, and the one of partner interconnects. */
const PRIVATE_ASNS = [
  [16_550, 16_550],
  [64_512, 65_534],
  [4_200_000_000, 4_294_967_294],
] as const;

const PROJECT =
  /^(?:(?:[-a-z0-9]{1,63}\.)*(?:[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?):)?(?:[0-9]{1,19}|(?:[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?))$/;

/** Forms of hashicorp/google. */
export const googleForms: Readonly<Record<string, Form>> = {
  /** A name of Compute Engine: a label of at most 63 characters. */
  "compute-name": matching(
    /^(?:[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?)$/,
    "must be 1 to 63 lowercase letters, digits and hyphens, beginning with a letter",
  ),
  /** A name of RFC 1035 of any length. */
  "rfc1035-name": matching(
    /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
    "must be lowercase letters, digits and hyphens, beginning with a letter and not ending with a hyphen",
  ),
  "go-duration": ofText((text) => (isDuration(text) ? undefined : `is not a valid duration: "${text}"`)),
  "time-of-day": matching(/^([01]\d|2[0-3]):[0-5]\d$/, "must be in the format HH:mm"),
  "private-asn": (value) =>
    typeof value !== "number" || PRIVATE_ASNS.some(([min, max]) => value >= min && value <= max)
      ? undefined
      : `must be 16550, 64512 to 65534 or 4200000000 to 4294967294, got ${value}`,
  /** A service's domain. `bigquery-json` was renamed. */
  "google-service": ofText((text) => {
    if (text === "bigquery-json.googleapis.com") return "must not be bigquery-json.googleapis.com";
    return text.includes(".") ? undefined : "must be a domain like serviceusage.googleapis.com";
  }),
  /** A project's id or number, also at the end of a link. */
  "project-id": ofText((text) =>
    PROJECT.test(text.split("/").at(-1)!) ? undefined : `"${text}" must be a project's id or number`,
  ),
  /** An address of a service that ends with a version and a slash. */
  "service-endpoint": matching(/.*\/[^/]+\/$/, "must end with a path and a slash"),
  "non-negative-duration": ofText((text) => {
    const duration = durationOf(text);
    if (duration === undefined) return `is not a valid duration: "${text}"`;
    return duration < 0 ? "must be a non-negative duration" : undefined;
  }),
  /** A service account's key, or the path of a file with one. */
  credentials: ofText((text) => {
    if (text === "") return "must not be empty";
    return existsSync(text) || isKey(text) ? undefined : "must be JSON, or the path of a file";
  }),
  /** Three parts of base64url. */
  jwt: matching(/^[-_A-Za-z0-9]+\.[-_A-Za-z0-9]+\.[-_A-Za-z0-9]+$/, "must be header.payload.signature"),
  "service-account-email": matching(
    /^[a-zA-Z0-9-]+@[a-zA-Z0-9-]+\.iam\.gserviceaccount\.com$/,
    "must be name@project.iam.gserviceaccount.com",
  ),
  "iam-member": ofText((text) => {
    if (text.startsWith("deleted")) return "must not be a deleted principal";
    return /.:.|projectOwners|projectReaders|projectWriters|allUsers|allAuthenticatedUsers/.test(text)
      ? undefined
      : `must be an IAM member like user:a@example.com, got "${text}"`;
  }),
};

/** Keys name their kind: `service_account`, `authorized_user` … */
function isKey(text: string): boolean {
  try {
    return typeof (JSON.parse(text) as { type?: unknown } | null)?.type === "string";
  } catch {
    // What is no JSON may be the path of a file that is not there.
    return false;
  }
}
