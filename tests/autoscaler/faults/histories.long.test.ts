import fc from "fast-check";
import { histories, play } from "./history";
import { Permissions } from "./permissions";

/** The histories that a change must pass are the same ones in every run. */
const SAME = { numRuns: 1_000, seed: 1 };

/**
 * `HISTORIES=20000` plays more histories, others in each run; `HISTORY="<seed> <path>"`, as printed by a failure, replays one.
 */
const { HISTORIES, HISTORY } = process.env;

function replayed(): fc.Parameters<unknown> {
  const [seed, path] = HISTORY?.split(" ") ?? [];
  if (seed === undefined) return HISTORIES === undefined ? SAME : { numRuns: Number(HISTORIES) };
  return { seed: Number(seed), ...(path !== undefined && { path }) };
}

test("no history leaks or overlaps subnets, leaves one unfinished, or opens one that is not wired", async () => {
  const permissions = new Permissions();
  await fc.assert(
    fc.asyncProperty(histories, async (history) => {
      expect(await play(history, permissions)).toEqual([]);
    }),
    replayed(),
  );
});
