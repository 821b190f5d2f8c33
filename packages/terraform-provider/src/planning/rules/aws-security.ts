import { isEqual, isList, isObject, type ObjectValue, type Value } from "../../value/value";
import { isSet, type PlanContext, type PlanRule } from "./plan-rule";

/** Protocols that security groups write by name. */
const NAMES: Readonly<Record<string, string>> = {
  "1": "icmp",
  "6": "tcp",
  "17": "udp",
  "58": "icmpv6",
  all: "-1",
};

/** Protocols that access lists write by name or number. */
const NUMBERS: Readonly<Record<string, string>> = {
  all: "-1",
  icmp: "1",
  igmp: "2",
  tcp: "6",
  egp: "8",
  udp: "17",
  ipv6: "41",
  gre: "47",
  esp: "50",
  ah: "51",
  icmpv6: "58",
  "ipv6-icmp": "58",
  ospf: "89",
  sctp: "132",
};

/** Security groups: protocols by name in lower case, `self` false unless set, and networks in any order. */
export const planSecurityGroup: PlanRule = (context) => {
  for (const name of ["egress", "ingress"])
    planRules(
      context,
      name,
      (rule) => ({ ...rule, protocol: protocolName(rule["protocol"] ?? null), self: rule["self"] ?? false }),
      (rule) => mapValues(rule, (value) => (isList(value) ? [...value].map(String).sort() : (value ?? ""))),
    );
};

/** Network ACLs: actions in any case, protocols by name or number. */
export const planAccessList: PlanRule = (context) => {
  for (const name of ["egress", "ingress"])
    planRules(
      context,
      name,
      (rule) => rule,
      (rule) => ({
        ...mapValues(rule, (value) => value ?? ""),
        action: lower(rule["action"] ?? null),
        protocol: protocolNumber(rule["protocol"] ?? null),
        icmp_code: rule["icmp_code"] ?? 0,
        icmp_type: rule["icmp_type"] ?? 0,
      }),
    );
};

const SOURCES = ["cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id"];

/** Another kind of source or destination makes another rule. */
export const planSecurityGroupRule: PlanRule = ({ prior, plan }) => {
  if (!prior) return;
  for (const name of SOURCES)
    if (isSet(prior[name]) !== ((plan.planned[name] ?? null) !== null)) plan.replace.push([name]);
};

/** Rewrites the planned rules of a set; without a difference the existing ones are planned. */
function planRules(
  { prior, plan }: PlanContext,
  name: string,
  rewritten: (rule: ObjectValue) => ObjectValue,
  compared: (rule: ObjectValue) => ObjectValue,
): void {
  const [planned, existing] = [plan.planned[name] ?? null, prior?.[name] ?? null];
  if (!isList(planned)) return;
  const before = isList(existing) ? existing.filter(isObject) : [];
  const rules = planned.map((rule) => {
    if (!isObject(rule)) return { next: rule, same: undefined };
    const next = rewritten(rule);
    return { next, same: before.find((old) => isEqual(compared(old), compared(next))) };
  });
  const isSame = rules.length === before.length && rules.every(({ same }) => same !== undefined);
  plan.planned[name] = isSame ? existing : rules.map(({ next }) => next);
}

const mapValues = (rule: ObjectValue, map: (value: Value) => Value): ObjectValue =>
  Object.fromEntries(Object.entries(rule).map(([name, value]) => [name, map(value)]));

const lower = (value: Value): Value => (typeof value === "string" ? value.toLowerCase() : value);

function protocolName(value: Value): Value {
  const text = lower(value);
  return typeof text === "string" ? (NAMES[text] ?? text) : text;
}

/** A protocol as EC2 writes it in access lists: the number of a name, anything else as it is. */
export function protocolNumber(value: Value): Value {
  const text = lower(value);
  return typeof text === "string" ? (NUMBERS[text] ?? text) : text;
}
