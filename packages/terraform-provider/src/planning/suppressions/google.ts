import { durationOf } from "../../configuration/forms/duration";
import { isSameNetwork } from "../../configuration/network-text";
import { isList, isObject, type ObjectValue, type Value } from "../../value/value";
import { type Suppression, type SuppressionContext } from "./suppression";

/** Rules of hashicorp/google. */
export const googleSuppressions: Readonly<Record<string, Suppression>> = {
  /** A link, its path, or the name alone. */
  "self-link": isSameLink,
  /** An element of a set: a link, its path, or the name alone. The number of elements is none. */
  "element-link": (prior, planned, { key }) => !key.endsWith(".#") && isSameLink(prior, planned),
  /** Links with the same path from the project on. */
  "self-link-path": isSamePath,
  /** Links of which the last segments are the same. */
  "resource-name": (prior, planned) => nameOf(prior) === nameOf(planned),
  /** Only federated principals and those that stand for all are told apart by case. */
  "iam-principal": (prior, planned) =>
    isFederated(prior) || isFederated(planned)
      ? prior === planned
      : prior.toLowerCase() === planned.toLowerCase(),
  /** A network that has the length that was requested. */
  "cidr-or-size": (prior, planned) => planned.startsWith("/") && prior.endsWith(planned),
  /** Networks with the same address and length, in any notation. */
  "same-address": (prior, planned, { prior: state }) =>
    state !== null && (prior === planned || isSameNetwork(prior, planned)),
  /** Durations of the same length. */
  duration: (prior, planned) => {
    const [a, b] = [durationOf(prior), durationOf(planned)];
    return a !== undefined && a === b;
  },
  /** Hours with and without their zero. */
  "time-of-day": (prior, planned) => `0${prior}` === planned || `0${planned}` === prior,
  /** Google writes a daily recurrence as one on all days of the week. */
  recurrence: (prior, planned) =>
    prior === "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU" && planned === "FREQ=DAILY",
  /** Labels that GKE adds. */
  "google-labels": (_prior, planned, { key }) =>
    (key.includes("resource_labels.goog-gke") && planned === "") || key.includes("resource_labels.%"),
  /** Labels that GKE adds to nodes with a sandbox. */
  "sandbox-labels": (_prior, _planned, context) => onlySandboxLabelsDiffer(context),
  /** The block of a firewall with logging. */
  "logging-enabled": (_prior, planned, context) =>
    context.key === "log_config.#" && planned === "0" && current(context, "enable_logging") === true,
  /** A firewall without sources has one range. */
  "default-source-range": (prior, planned, context) =>
    context.key === "source_ranges.#"
      ? prior === "1" && planned === "0"
      : isDefaultSource(prior, planned, context),
  ...defaultsOf(
    "CGROUP_MODE_UNSPECIFIED",
    "CLUSTER_TIER_UNSPECIFIED",
    "DATAPATH_PROVIDER_UNSPECIFIED",
    "IPV4",
    "MODE_UNSPECIFIED",
    "POLICY_UNSPECIFIED",
    "PROVIDER_UNSPECIFIED",
    "REDUCE_NONE",
    "STANDARD",
    "TRANSPARENT_HUGEPAGE_DEFRAG_UNSPECIFIED",
    "TRANSPARENT_HUGEPAGE_ENABLED_UNSPECIFIED",
    "VULNERABILITY_MODE_UNSPECIFIED",
    "automatic",
  ),
};

/** `default X`: the value X and none are the same. */
function defaultsOf(...values: readonly string[]): Readonly<Record<string, Suppression>> {
  return Object.fromEntries(
    values.map((value): [string, Suppression] => [
      `default ${value}`,
      (prior, planned) => (prior === "" && planned === value) || (prior === value && planned === ""),
    ]),
  );
}

const nameOf = (link: string): string => link.split("/").at(-1)!;

/** Whether a link and another one, its path, or its name alone mean the same. */
export function isSameLink(prior: string, planned: string): boolean {
  return (!planned.includes("/") && nameOf(prior) === planned) || isSamePath(prior, planned);
}

function isSamePath(a: string, b: string): boolean {
  const [own, other] = [pathOf(a), pathOf(b)];
  return own !== undefined && own === other;
}

/** What follows the first `projects/` of a link. */
const pathOf = (link: string): string | undefined => /projects\/(.*)$/s.exec(link)?.[1];

const isFederated = (member: string): boolean =>
  /^principal(Set|Hierarchy)?:|allAuthenticatedUsers|allUsers/.test(member);

/** The member as the SDK reads it: as configured, else as in the state. */
export function current({ prior, proposed }: SuppressionContext, path: string): Value {
  return at(proposed, path) ?? at(prior, path);
}

/** The member at a path with indices. Null if there is none, empty lists included. */
export function at(state: ObjectValue | null, path: string): Value {
  let value: Value = state;
  for (const step of path.split(".")) {
    if (isList(value)) value = value[Number(step)] ?? null;
    else value = isObject(value) ? (value[step] ?? null) : null;
  }
  return isList(value) && value.length === 0 ? null : value;
}

function onlySandboxLabelsDiffer({ key, prior, proposed }: SuppressionContext): boolean {
  const end = key.indexOf(".labels.");
  if (end < 0) return false;
  const path = `${key.slice(0, end)}.labels`;
  const before = at(prior, path) ?? {};
  const after = at(proposed, path) ?? before;
  if (!isObject(before) || !isObject(after)) return false;
  return (
    Object.keys(after).every((label) => before[label] === after[label]) &&
    Object.keys(before).every((label) => label in after || label.startsWith("sandbox.gke.io/"))
  );
}

function isDefaultSource(prior: string, planned: string, context: SuppressionContext): boolean {
  const lengthOf = (value: Value): number => (isList(value) ? value.length : 0);
  const before = lengthOf(at(context.prior, "source_ranges"));
  const after = lengthOf(current(context, "source_ranges"));
  return before === 1 && after === 1 && prior === "0.0.0.0/0" && planned === "";
}
