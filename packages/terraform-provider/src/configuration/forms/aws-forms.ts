import { isObject } from "../../value/value";
import { ARN } from "../arn";
import { networkOf, networkText, parseNetwork } from "../network-text";
import { type Form, matching, ofText } from "./form";

const FUNCTION =
  /^(arn:[\w-]+:lambda:)?([a-z]{2}(-[a-z]+)+-\d:)?(\d{12}:)?(function:)?[a-zA-Z0-9-_]+(:(\$LATEST|[a-zA-Z0-9-_]+))?$/;
/** CloudWatch's statistics besides the named ones: percentiles, trimmed means and the like. */
const STATISTIC =
  /^((p|tc|tm|ts|wm)(\d{1,2}(\.\d{0,10})?|100)|IQM|(PR|TC|TM|TS|WM)\((\d+(\.\d{0,10})?%?)?:(\d+(\.\d{0,10})?%?)?\))$/;

/** Forms of hashicorp/aws. */
export const awsForms: Readonly<Record<string, Form>> = {
  /** A name of an event bus, or its ARN. */
  "event-bus": ofText((text) => {
    if (text.length < 1 || text.length > 1600) return "expected a length in the range (1 - 1600)";
    return /^[/.\-_A-Za-z0-9]+$/.test(text) || ARN.test(text)
      ? undefined
      : "is an invalid ARN: arn: invalid prefix";
  }),
  "input-paths": (map) => {
    if (!isObject(map)) return undefined;
    const keys = Object.keys(map);
    if (keys.length > 100) return `has ${keys.length} entries, at most 100 are allowed`;
    const wrong = keys.find((key) => key.startsWith("AWS") || !/^[A-Za-z0-9_-]{1,256}$/.test(key));
    return wrong === undefined ? undefined : `Bad map key: Map key '${wrong}' must not start with "AWS"`;
  },
  "extended-statistic": matching(STATISTIC, "is an invalid statistic"),
  "alarm-period": minutesOr(10, 20, 30),
  "metric-period": minutesOr(1, 5, 10, 20, 30),
  "issuer-url": ofText((text) => {
    if (text === "") return "url to not be empty";
    return URL.canParse(text) && new URL(text).protocol === "https:" && new URL(text).host !== ""
      ? undefined
      : `to have a host, got ${text}`;
  }),
  "iam-policy": ofText((text) => {
    if (text === "") return "is an empty string, which is not a valid JSON value";
    return /^\{/.test(text) ? undefined : "contains an invalid JSON policy";
  }),
  "function-action": matching(/^(lambda:[*]|lambda:[a-zA-Z]+|[*])$/, "must be a valid action"),
  "function-name": matching(FUNCTION, "must be valid function name or function ARN"),
  principal: ofText((text) => {
    if (text === "") return "to not be an empty string";
    return /^\d{12}$/.test(text) || ARN.test(text) ? undefined : "is an invalid ARN: arn: invalid prefix";
  }),
  "group-name": ofText((text) => (text.startsWith("sg-") ? "cannot begin with sg-" : undefined)),
  /** A network protocol by name or number. */
  protocol: ofText((text) =>
    /^(-1|all|\d{1,3})$/i.test(text) || PROTOCOLS.has(text.toLowerCase())
      ? undefined
      : `unsupported NACL protocol: ${text}`,
  ),
  "acl-action": ofText((text) =>
    ["allow", "deny"].includes(text.toLowerCase())
      ? undefined
      : `expected to be one of ["allow" "deny"], got ${text}`,
  ),
  /** A network in the one spelling that Go writes. */
  "canonical-network": ofText((text) => {
    const network = parseNetwork(text);
    return network !== undefined && networkText(networkOf(network)) === text
      ? undefined
      : `expected to contain a valid network Value, got ${text}`;
  }),
};

/** Whole minutes in seconds, or one of these numbers of seconds. */
function minutesOr(...seconds: readonly number[]): Form {
  return (value) =>
    typeof value === "number" && !seconds.includes(value) && value % 60 !== 0
      ? `expected to be divisible by 60, got: ${value}`
      : undefined;
}

const PROTOCOLS: ReadonlySet<string> = new Set(
  `ah esp udp tcp icmp egp igmp ipv4 rdp hopopt ipv6 ipv6-route ipv6-frag gre ipv6-icmp icmpv6 ospf vrrp l2tp sctp`.split(
    " ",
  ),
);
