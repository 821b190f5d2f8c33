import { type AddressLock } from "@cluster-ipam/address-plan";
import { type StackState } from "@cluster-ipam/address-plan/states";
import { type Allocation, allocatePlan } from "../../packages/address-plan/src/allocation/allocation";
import { NO_PROOFS } from "../../packages/address-plan/src/allocation/leaving/proofs";
import { type KeptBlock } from "../../packages/address-plan/src/cli/leaving-proofs";
import { withoutProven } from "../../packages/address-plan/src/cli/lock-update";
import { checkDefinition } from "../../packages/address-plan/src/demand/definition-check";
import { AddressPlanError } from "../../packages/address-plan/src/message/address-plan-error";
import { applyHint } from "./hints";
import { asInput, type Plan } from "./plan";

/** What `npm run addresses` did. */
export interface AddressesRun {
  /** The plan, with the fixes that a refusal named. */
  readonly plan: Plan;
  readonly lock: AddressLock;
  readonly changes: Allocation["changes"];
  readonly kept: readonly KeptBlock[];
}

/** Most fixes in a row. */
const MOST_HINTS = 2;

/**
 * Runs `npm run addresses` in memory. If it refuses, the fix that it names is made.
 *
 * @param released keys to release
 * @returns the refusal, if it names no fix, or does not accept the fix
 */
export function runAddresses(
  plan: Plan,
  lock: AddressLock,
  states: readonly StackState[],
  released: ReadonlySet<string> = new Set(),
): AddressesRun | AddressPlanError {
  let candidate = plan;
  for (let hints = 0; ; hints++) {
    try {
      return { plan: candidate, ...run(candidate, lock, states, released) };
    } catch (error) {
      if (!(error instanceof AddressPlanError)) throw error;
      const fixed = hints < MOST_HINTS ? applyHint(candidate, error) : undefined;
      if (fixed === undefined) return error;
      candidate = fixed;
    }
  }
}

function run(
  plan: Plan,
  lock: AddressLock,
  states: readonly StackState[],
  released: ReadonlySet<string>,
): Pick<AddressesRun, "lock" | "changes" | "kept"> {
  const definition = checkDefinition(asInput(plan));
  const first = allocatePlan(definition, lock, { ...NO_PROOFS, released });
  const { allocation, kept } = withoutProven(definition, first, states);
  return { lock: allocation.lock, changes: allocation.changes, kept };
}
