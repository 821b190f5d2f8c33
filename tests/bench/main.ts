import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, devNull, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { writeBenchmarks } from "./benchmarks-page";
import { type Figure, renderFigures } from "./figure";
import { measureAutoscaler } from "./autoscaler-measurement";
import { measureAllocation, measureFleets, measurePage, measurePlan, measureSynth } from "./measurements";
import { measureResources } from "./resource-plans";

interface Part {
  readonly what: string;
  /** @param folder an empty one, which is removed afterwards */
  readonly measure: (folder: string) => Promise<Figure[]>;
}

/** The parts of the benchmark by their names, in their order. */
const PARTS: Readonly<Record<string, Part>> = {
  allocations: { what: "100,000 allocations", measure: measureAllocation },
  synth: { what: "synth of apps/prod", measure: measureSynth },
  plan: { what: "sandbox plan of the largest stack", measure: measurePlan },
  resources: { what: "plans of one EKS network and of 25", measure: measureResources },
  autoscaler: { what: "a run of the subnet autoscaler", measure: measureAutoscaler },
  page: { what: "the page of 200 clusters", measure: () => Promise.resolve(measurePage()) },
  fleets: {
    what: "fleets of 50, 100 and 200 clusters, which takes several minutes",
    measure: measureFleets,
  },
};

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { write: { type: "boolean" } },
    allowPositionals: true,
  });
  const names = positionals.length > 0 ? positionals : Object.keys(PARTS);
  const date = new Date().toISOString().slice(0, 10);
  const machine = `${date}, ${availableParallelism()} cores, Node ${process.versions.node}, ${terraform()}`;
  for (const name of names) {
    const part = PARTS[name];
    if (part === undefined)
      throw new Error(`there is no part ${name}; name some of ${Object.keys(PARTS).join(", ")}`);
    process.stderr.write(`bench: ${part.what} …\n`);
    const table = renderFigures(await inFolder(part.measure));
    process.stdout.write(`${machine}\n\n${table}\n\n`);
    if (values.write) writeBenchmarks(name, machine, table);
  }
}

async function inFolder(measure: Part["measure"]): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "cluster-ipam-bench-"));
  try {
    return await measure(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** For example `Terraform 1.11.4`. */
function terraform(): string {
  const output = execFileSync(process.env["TERRAFORM_BINARY_NAME"] || "terraform", ["version"], {
    env: { ...process.env, TF_CLI_CONFIG_FILE: devNull, CHECKPOINT_DISABLE: "1" },
  });
  return output.toString("utf8").split("\n")[0]!.replace(" v", " ");
}

main().catch((error: unknown) => {
  process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
