import fc from "fast-check";

import { type Edit, edits } from "./edits";
import { Organisation, Violation } from "./organisation";
import { type Roominess } from "./plan";

/** A history: how much space there is, the steps, and how many clusters stay in the end. */
export interface History {
  readonly roominess: Roominess;
  readonly edits: readonly Edit[];
  readonly remaining: number;
}

/** Histories of so many steps. */
export function histories(length: number): fc.Arbitrary<History> {
  return fc.record({
    roominess: fc.constantFrom<Roominess>("roomy", "tight"),
    edits: fc.array(edits, { minLength: length, maxLength: length }),
    remaining: fc.nat(2),
  });
}

/** Lives a history to its end. @returns the organisation. @throws Violation that names the step */
export function live({ roominess, edits: steps, remaining }: History): Organisation {
  const organisation = new Organisation(roominess);
  const during = (what: string, step: () => void) => {
    try {
      step();
    } catch (error) {
      if (!(error instanceof Violation)) throw error;
      throw new Violation(`${what}: ${error.message}`, { cause: error });
    }
  };
  for (const [index, step] of steps.entries())
    during(`step ${index + 1} (${step.kind})`, () => organisation.live(step));
  during("the end", () => void organisation.end(remaining));
  return organisation;
}

/** What is violated, without the addresses. */
function kindOf(error: Error): string {
  return error.message
    .replace(/^(step \d+ \(\w+\)|the end): /, "")
    .replace(/\d[\d.,]*(\/\d+)?|(dev|prod|test)-\w+/g, "#");
}

/** The fault of a history. Undefined if there is none. */
function faultOf(history: History): Error | undefined {
  try {
    live(history);
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

/**
 * Lives a history. One with a fault is played again and again without some steps, as long as the fault stays: that is
 * much faster than fast-check, which also tries other values for each step.
 *
 * @throws Error with the steps that are left
 */
export function checkHistory(history: History): void {
  const first = faultOf(history);
  if (first === undefined) return;
  let least = history;
  for (let size = Math.ceil(history.edits.length / 2); size > 0; size = size > 1 ? Math.ceil(size / 2) : 0)
    for (let at = 0; at < least.edits.length;) {
      const rest = [...least.edits.slice(0, at), ...least.edits.slice(at + size)];
      const shorter = { ...least, edits: rest };
      const fault = faultOf(shorter);
      if (fault !== undefined && kindOf(fault) === kindOf(first)) least = shorter;
      else at += size;
    }
  const fault = faultOf(least)!;
  throw new Error(`${fault.message}\n${describe(least)}`, { cause: fault });
}

function describe({ roominess, edits: steps, remaining }: History): string {
  const lines = steps.map(({ kind, which, how, branch }) => `  ${kind} ${which} ${how} ${branch}`);
  return [`${roominess}, then ${remaining} clusters remain:`, ...lines].join("\n");
}

/**
 * Checks histories, the same ones in every run. `HISTORIES=1000 SEED=7` checks others, and `HISTORY="<seed> <path>"`, as a
 * failure prints it, repeats one.
 */
export function checkHistories({ count, length }: { readonly count: number; readonly length: number }): void {
  const { HISTORIES = String(count), SEED = "1", HISTORY } = process.env;
  const [seed, path] = HISTORY?.split(" ") ?? [];
  const chosen =
    seed === undefined
      ? { seed: Number(SEED), numRuns: Number(HISTORIES) }
      : { seed: Number(seed), ...(path !== undefined && { path }) };
  fc.assert(fc.property(histories(length), checkHistory), { ...chosen, endOnFailure: true });
}
