import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { writeBenchmarks } from "./benchmarks-page";
import { type Figure, renderFigures } from "./figure";
import { measureAutoscaler } from "./autoscaler-measurement";
import { measureAllocation, measureFleets, measurePage, measurePlan, measureSynth } from "./measurements";

async function main(): Promise<void> {
  // `--only autoscaler` measures and prints that part only.
  const { values } = parseArgs({ options: { write: { type: "boolean" }, only: { type: "string" } } });
  const announce = (what: string) => void process.stderr.write(`bench: ${what} …\n`);
  const folder = mkdtempSync(join(tmpdir(), "cluster-ipam-bench-"));
  const figures: Figure[] = [];
  try {
    if (values.only === "autoscaler") {
      process.stdout.write(`${renderFigures(await measureAutoscaler())}\n`);
      return;
    }
    announce("100,000 allocations");
    figures.push(...(await measureAllocation()));
    announce("synth of apps/prod");
    figures.push(...(await measureSynth(folder)));
    announce("sandbox plan of the largest stack");
    const plan = await measurePlan();
    figures.push(...plan.figures);
    announce("a run of the subnet autoscaler");
    figures.push(...(await measureAutoscaler()));
    announce("the page of 200 clusters");
    figures.push(...measurePage());
    announce("fleets of 50, 100 and 200 clusters, which takes several minutes");
    figures.push(...(await measureFleets()));

    const date = new Date().toISOString().slice(0, 10);
    const machine = `${date}, ${availableParallelism()} cores, Node ${process.versions.node}, ${plan.terraform}`;
    const table = renderFigures(figures);
    process.stdout.write(`${machine}\n\n${table}\n`);
    if (values.write) writeBenchmarks(machine, table);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
