import fc from "fast-check";

import { type Edit, edits } from "./edits";
import { Organisation, Violation } from "./organisation";
import { type Roominess } from "./plan";

/** A history: how much space there is, and the steps. */
export interface History {
  readonly roominess: Roominess;
  readonly edits: readonly Edit[];
}

/** Histories of exactly so many steps; fast-check shrinks to fewer. */
export function histories(length: number): fc.Arbitrary<History> {
  return fc.record({
    roominess: fc.constantFrom<Roominess>("roomy", "tight"),
    edits: fc.array(edits, { minLength: 0, maxLength: length, size: "max" }),
  });
}

/** Lives a history. @returns the organisation at its end. @throws Violation that names the step */
export function live({ roominess, edits: steps }: History): Organisation {
  const organisation = new Organisation(roominess);
  for (const [index, step] of steps.entries()) {
    try {
      organisation.live(step);
    } catch (error) {
      if (!(error instanceof Violation)) throw error;
      throw new Violation(`step ${index + 1} (${step.kind}): ${error.message}`, { cause: error });
    }
  }
  return organisation;
}
