import fc from "fast-check";

import { histories, live } from "./histories";

// `HISTORIES=1000 SEED=7` lives others, and `HISTORY="<seed> <path>"` repeats one that failed.
const { HISTORIES = "20", LENGTH = "60", SEED = "1", HISTORY } = process.env;

function replayed(): fc.Parameters<unknown> {
  const [seed, path] = HISTORY?.split(" ") ?? [];
  if (seed === undefined) return { numRuns: Number(HISTORIES), seed: Number(SEED) };
  return { seed: Number(seed), ...(path !== undefined && { path }) };
}

test("an organisation lives", () => {
  const refusals = new Map<string, number>();
  fc.assert(
    fc.property(histories(Number(LENGTH)), (history) => {
      const organisation = live(history);
      for (const [reason, count] of organisation.refusals)
        refusals.set(reason, (refusals.get(reason) ?? 0) + count);
    }),
    replayed(),
  );
  if (process.env["REFUSALS"])
    console.log(
      [...refusals]
        .sort(([, a], [, b]) => b - a)
        .map(([reason, count]) => `${count} ${reason}`)
        .join("\n"),
    );
});
