import fc from "fast-check";
import { histories, play } from "./history";
import { Permissions } from "./permissions";

/**
 * `HISTORIES=20000` plays more histories; `HISTORY="<seed> <path>"`, as printed by a failure, replays one.
 */
const { HISTORIES = "1000", HISTORY } = process.env;

function replayed(): fc.Parameters<unknown> {
  const [seed, path] = HISTORY?.split(" ") ?? [];
  if (seed === undefined) return { numRuns: Number(HISTORIES) };
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
