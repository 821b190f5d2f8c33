import { type TerraformPlan } from "@cluster-ipam/plan-report";
import { isSameJson } from "../same-json";
import { TOLERANCES, type Values } from "./tolerance";

/** A resource that differs between the cloud and the state. It has no values. */
export interface DriftedResource {
  readonly address: string;
  readonly kind: "deleted" | "changed";
  /** Names of the attributes that changed without a tolerance; empty if the resource was deleted. */
  readonly attributes: readonly string[];
}

/** What has drifted in one stack. */
export interface Drift {
  /** Resources that need attention. */
  readonly resources: readonly DriftedResource[];
  /** Resources whose changes are all expected, with the names of the tolerances. */
  readonly tolerated: readonly { readonly address: string; readonly tolerances: readonly string[] }[];
}

/** Reads drift from a plan made with `-refresh-only`. */
export function driftOf(plan: TerraformPlan): Drift {
  const resources: DriftedResource[] = [];
  const tolerated: { address: string; tolerances: readonly string[] }[] = [];
  for (const { address, type, change } of plan.resource_drift ?? []) {
    const [before, after] = [change.before, change.after].map((values) => (values ?? undefined) as Values);
    const kind = after === undefined ? "deleted" : "changed";
    const names = kind === "deleted" ? ["(existence)"] : changedAttributes(before, after);
    const tolerances = names.map((name) =>
      TOLERANCES.find(({ types, explains }) => types.includes(type) && explains(name, before, after)),
    );
    const unexplained = names.filter((_name, index) => tolerances[index] === undefined);
    if (names.length === 0) continue;
    if (unexplained.length > 0)
      resources.push({ address, kind, attributes: kind === "deleted" ? [] : unexplained });
    else
      tolerated.push({
        address,
        tolerances: [...new Set(tolerances.flatMap((tolerance) => tolerance?.name ?? []))],
      });
  }
  return { resources, tolerated };
}

/** Null, an empty string, an empty list and an empty object are the same value. */
function changedAttributes(before: Values, after: Values): string[] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].sort();
  return names.filter((name) => !isSameJson(emptyToNull(before?.[name]), emptyToNull(after?.[name])));
}

const emptyToNull = (value: unknown) =>
  value === undefined || value === "" || (typeof value === "object" && value !== null && isEmpty(value))
    ? null
    : value;
const isEmpty = (value: object) => Object.keys(value).length === 0;
