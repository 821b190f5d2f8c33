import { isIP } from "node:net";

import { isObject, type Value } from "../../value/value";
import { type Form, ofText } from "./form";
import { parseQuantity } from "./quantity";

const LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
const DNS_LABEL = new RegExp(`^${LABEL}$`);
const DNS_SUBDOMAIN = new RegExp(`^${LABEL}(\\.${LABEL})*$`);
const QUALIFIED = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const LABEL_VALUE = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;

/** Forms of hashicorp/kubernetes, which are those of the Kubernetes API (apimachinery, `util/validation`). */
export const kubernetesForms: Readonly<Record<string, Form>> = {
  /** A name of most objects: a DNS subdomain. */
  "object-name": ofText(subdomainViolation),
  /** The beginning of a name: a DNS label that may end with a hyphen. */
  "name-prefix": ofText((text) => {
    const masked = text.length > 1 && text.endsWith("-") ? `${text.slice(0, -1)}a` : text;
    if (masked.length > 63) return "must be no more than 63 characters";
    return DNS_LABEL.test(masked) ? undefined : "must be a lowercase RFC 1123 label";
  }),
  /** A name of a role: a segment of a path. */
  "path-segment": ofText((text) =>
    text === "." || text === ".." || /[/%]/.test(text)
      ? `may not be '.' or '..' or contain '/' or '%'`
      : undefined,
  ),
  labels: ofEntries((key, value) => qualifiedViolation(key) ?? labelValueViolation(value)),
  annotations: ofEntries((key) => qualifiedViolation(key.toLowerCase())),
  "base64-map": ofEntries((_key, value) =>
    typeof value !== "string" || /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(value)
      ? undefined
      : "must be a base64-encoded string",
  ),
  quantity: ofText(quantityViolation),
  quantities: ofEntries((_key, value) => (typeof value === "string" ? quantityViolation(value) : undefined)),
  /** A port's number, or its name. */
  port: (value) =>
    typeof value === "number" || (typeof value === "string" && /^[+-]?\d+$/.test(value))
      ? portViolation(Number(value))
      : typeof value === "string"
        ? portNameViolation(value)
        : undefined,
  /** An octal number of file permissions. */
  mode: ofText((text) =>
    /^0[0-7]*$/.test(text) && parseInt(text, 8) <= 0o777
      ? undefined
      : `expects octal notation from 0 to 0777`,
  ),
  "relative-path": ofText((text) =>
    text.startsWith("/") || text.split("/").includes("..") || text.startsWith("..")
      ? `must be a relative path without ".."`
      : undefined,
  ),
  /** A whole number as text, or nothing. */
  "whole-number-text": ofText((text) =>
    text === "" || (/^[+-]?\d+$/.test(text) && BigInt(text) < 2n ** 63n && BigInt(text) >= -(2n ** 63n))
      ? undefined
      : `cannot parse '${text}' as int`,
  ),
  ip: ofText((text) => (isIP(text) > 0 ? undefined : `to contain a valid IP, got: ${text}`)),
  "not-blank": ofText((text) =>
    text.trim() === "" ? "must not be an empty string or whitespace" : undefined,
  ),
  "regular-expression": ofText((text) => {
    try {
      new RegExp(text);
      return undefined;
    } catch (error) {
      return `(${JSON.stringify(text)}): ${(error as Error).message}`;
    }
  }),
};

/** A form of the entries of a map. Those that are known after apply are checked then. */
function ofEntries(violation: (key: string, value: Value) => string | undefined): Form {
  return (map) => {
    if (!isObject(map)) return undefined;
    for (const [key, value] of Object.entries(map)) {
      const found = violation(key, value);
      if (found !== undefined) return `(${JSON.stringify(key)}) ${found}`;
    }
    return undefined;
  };
}

function subdomainViolation(text: string): string | undefined {
  if (text.length > 253) return "must be no more than 253 characters";
  return DNS_SUBDOMAIN.test(text) ? undefined : "must be a lowercase RFC 1123 subdomain";
}

function qualifiedViolation(key: string): string | undefined {
  const [name, prefix, ...others] = key.split("/").reverse();
  if (others.length > 0) return "must be a name with an optional DNS subdomain prefix and '/'";
  if (prefix === "") return "prefix part must be non-empty";
  const inPrefix = prefix === undefined ? undefined : subdomainViolation(prefix);
  if (inPrefix !== undefined) return `prefix part ${inPrefix}`;
  if (name === "") return "name part must be non-empty";
  if (name!.length > 63) return "name part must be no more than 63 characters";
  return QUALIFIED.test(name!)
    ? undefined
    : "name part must consist of alphanumeric characters, '-', '_' or '.'";
}

function labelValueViolation(value: Value): string | undefined {
  if (typeof value !== "string") return undefined;
  if (value.length > 63) return "must be no more than 63 characters";
  return LABEL_VALUE.test(value) ? undefined : "must be a valid label value";
}

function quantityViolation(text: string): string | undefined {
  return parseQuantity(text) === undefined ? `(${JSON.stringify(text)}): is not a quantity` : undefined;
}

function portViolation(port: number): string | undefined {
  return port >= 1 && port <= 65_535 ? undefined : "must be between 1 and 65535, inclusive";
}

function portNameViolation(name: string): string | undefined {
  const isName = /^[-a-z0-9]{1,15}$/.test(name) && /[a-z]/.test(name) && !/--|^-|-$/.test(name);
  return isName ? undefined : "must be a port's number, or a name of at most 15 characters";
}
