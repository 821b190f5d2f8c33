import { type TerraformPlan } from "@cluster-ipam/plan-report";
import { same } from "../deploy/planned-effect";
import { TOLERANCES, type Values } from "./tolerance";

/** An object that is in the cloud as the state does not say. Holds no values. */
export interface DriftedObject {
  readonly address: string;
  readonly fate: "gone" | "changed";
  /** Names of the attributes that are different and that nothing explains; empty if it is gone. */
  readonly attributes: readonly string[];
}

/** What has drifted in one stack. */
export interface Drift {
  /** Objects that someone has to look at. */
  readonly objects: readonly DriftedObject[];
  /** Addresses of objects that live as they are meant to, with the names of the tolerances, in order. */
  readonly tolerated: readonly { readonly address: string; readonly tolerances: readonly string[] }[];
}

/** Reads drift from a plan that was made with `-refresh-only`. */
export function driftOf(plan: TerraformPlan): Drift {
  const objects: DriftedObject[] = [];
  const tolerated: { address: string; tolerances: readonly string[] }[] = [];
  for (const { address, type, change } of plan.resource_drift ?? []) {
    const [before, after] = [change.before, change.after].map((values) => (values ?? undefined) as Values);
    const fate = after === undefined ? "gone" : "changed";
    const names = fate === "gone" ? ["(existence)"] : changedAttributes(before, after);
    const reasons = names.map((name) =>
      TOLERANCES.find(({ types, explains }) => types.includes(type) && explains(name, before, after)),
    );
    const unexplained = names.filter((_name, at) => reasons[at] === undefined);
    if (names.length === 0) continue;
    if (unexplained.length > 0)
      objects.push({ address, fate, attributes: fate === "gone" ? [] : unexplained });
    else
      tolerated.push({ address, tolerances: [...new Set(reasons.flatMap((reason) => reason?.name ?? []))] });
  }
  return { objects, tolerated };
}

/** An attribute that is empty in the state and empty in another way in the cloud has not changed. */
function changedAttributes(before: Values, after: Values): string[] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].sort();
  return names.filter((name) => !same(emptied(before?.[name]), emptied(after?.[name])));
}

const emptied = (value: unknown) =>
  value === undefined || value === "" || (typeof value === "object" && value !== null && isEmpty(value))
    ? null
    : value;
const isEmpty = (value: object) => Object.keys(value).length === 0;
