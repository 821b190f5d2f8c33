import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { bounded, type Figure, information } from "./figure";
import { type FleetRun } from "./fleet-run";
import { measuredRun, type ProcessCost } from "./measured-run";
import { type PlanRun } from "./plan-run";
import { best, median } from "./statistics";

/**
 * Most that twice the work may cost where cost grows linearly, or as n log n (2.13 from 50,000 to 100,000): the rest
 * is what a machine with other work to do adds.
 */
const TWICE = 2.3;

const root = join(__dirname, "../../..");
const script = (name: string) => join(__dirname, name);

/**
 * 100,000 allocations: their time and memory from the bench of address-plan, whose processes are all fresh, and the
 * growth once the code is warm.
 *
 * @throws Error if that bench no longer prints one of the figures
 */
export async function measureAllocation(): Promise<Figure[]> {
  const figure = packageBench("address-plan", "allocation.js");
  const warm = async (allocations: number) =>
    (await measuredRun({ script: script("allocation-run.js"), args: [String(allocations)] }))
      .answer as number;
  const [quarter, half, whole] = [await warm(25_000), await warm(50_000), await warm(100_000)];
  return [
    bounded("100,000 allocations, in a fresh process", figure("allocate 100,000 allocations"), "s", 0.4),
    bounded(
      "  most memory of the process",
      figure("allocate 100,000 allocations, peak memory of the process"),
      "MB",
      300,
    ),
    bounded("  50,000 against 25,000", half / quarter, "×", TWICE),
    bounded("  100,000 against 50,000", whole / half, "×", TWICE),
    information("  verified against their lock", figure("verify 100,000 allocations"), "s"),
    information("  one cluster added to them", figure("extend 100,000 allocations"), "s"),
    bounded("one cluster added to a plan of 2,000", figure("extend 2,000 clusters"), "s", 0.5),
  ];
}

/**
 * The page of a change to a plan of 200 clusters: its size, and the time to its first paint in a headless Chromium.
 *
 * @throws Error if that bench no longer prints one of the figures, or if there is no Chromium
 */
export function measurePage(): Figure[] {
  const figure = packageBench("plan-report", "page.js");
  return [
    bounded("page of 200 clusters (400 stacks)", figure("page of 200 clusters"), "kB", 300),
    bounded("  first paint, median of 11", figure("page of 200 clusters, first paint"), "s", 0.1),
    information("  first paint of an empty page", figure("empty page, first paint"), "s"),
  ];
}

/** Runs the bench of a package. Returns its figures by name. */
function packageBench(name: string, file: string): (figure: string) => number {
  const output = execFileSync(process.execPath, [join(root, "packages", name, "bench", file)]);
  const printed = new Map(
    output
      .toString("utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { name: string; value: number })
      .map((figure) => [figure.name, figure.value]),
  );
  return (figure) => {
    const value = printed.get(figure);
    if (value === undefined) throw new Error(`the bench of ${name} prints no "${figure}"`);
    return value;
  };
}

/** The compiled synthesis of prod as a whole process, and a process that only loads cdktf. */
export async function measureSynth(outdir: string): Promise<Figure[]> {
  const app = join(root, "apps/prod");
  const synths: ProcessCost[] = [];
  const libraries: ProcessCost[] = [];
  // In turns, so that both meet the same disturbances.
  for (let round = 0; round < 11; round++) {
    synths.push(
      await measuredRun({ script: join(app, "dist/main.js"), cwd: app, env: { CDKTF_OUTDIR: outdir } }),
    );
    libraries.push(await measuredRun({ script: require.resolve("cdktf") }));
  }
  const seconds = synths.map((cost) => cost.seconds);
  const alone = median(libraries.map((cost) => cost.seconds));
  return [
    bounded("synth of apps/prod, whole process, median of 11", median(seconds), "s", 0.6),
    information("  best of 11", best(seconds), "s"),
    bounded("  most memory, median of 11", median(synths.map(({ megabytes }) => megabytes)), "MB", 130),
    information("  a process that only loads cdktf", alone, "s"),
    information("  synth against it", median(seconds) / alone, "×"),
  ];
}

/** A sandbox plan of the largest stack. */
export async function measurePlan(): Promise<Figure[]> {
  const run = (await measuredRun({ script: script("plan-run.js") })).answer as PlanRun;
  return [information(`sandbox plan of ${run.stack} (${run.objects})`, run.seconds, "s")];
}

/** Fleets of 50, 100 and 200 clusters, each in a process of its own, the best of two rounds. */
export async function measureFleets(): Promise<Figure[]> {
  const run = async (clusters: number) =>
    (await measuredRun({ script: script("fleet-run.js"), args: [String(clusters)] })).answer as FleetRun;
  const rounds = await repeat(2, async () => [await run(50), await run(100), await run(200)] as const);
  const fleet = (at: 0 | 1 | 2): FleetRun => ({
    stacks: rounds[0]![at].stacks,
    synth: best(rounds.map((round) => round[at].synth)),
    plan: best(rounds.map((round) => round[at].plan)),
  });
  const [small, medium, large] = [fleet(0), fleet(1), fleet(2)];
  return [
    information(`200 clusters (${large.stacks} stacks): synth`, large.synth, "s"),
    bounded("  100 clusters against 50", medium.synth / small.synth, "×", TWICE),
    bounded("  200 clusters against 100", large.synth / medium.synth, "×", TWICE),
    information(`200 clusters (${large.stacks} stacks): sandbox plan`, large.plan, "s"),
    bounded("  100 clusters against 50", medium.plan / small.plan, "×", TWICE),
    bounded("  200 clusters against 100", large.plan / medium.plan, "×", TWICE),
  ];
}

async function repeat<Result>(times: number, work: () => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (let round = 0; round < times; round++) results.push(await work());
  return results;
}
