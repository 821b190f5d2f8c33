import { fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { type ServedCloud } from "./autoscaler-cloud";
import { type AutoscalerRun, type InvocationCost } from "./autoscaler-run";
import { CpuShare } from "./cpu-share";
import { bounded, type Figure, information } from "./figure";
import { measuredRun } from "./measured-run";
import type Prices from "./aws-prices.json";
import { median } from "./statistics";

const root = join(__dirname, "../../..");
const prices = JSON.parse(readFileSync(join(root, "tests/bench/aws-prices.json"), "utf8")) as typeof Prices;
const bundle = join(root, "packages/subnet-autoscaler/dist/lambda/index.mjs");

/** Memory of a function in MB and its share of a vCPU: 1,769 MB have one. Source: Lambda developer guide, "Configure memory". */
const SIZES = [256, 512, 1769].map((megabytes) => ({ megabytes, share: Math.min(1, megabytes / 1769) }));
/** Milliseconds that a page of a Describe call takes. */
const LATENCIES = [40, 120] as const;
const ROUNDS = 3;
/** After these many runs everything is read again. */
const RUNS_PER_READING = 10;
const RUNS_PER_MONTH = prices.hoursPerMonth * 60;

interface Measured extends AutoscalerRun {
  readonly memory: number;
}

/**
 * The function of the subnet autoscaler over 200 subnets and 10,000 interfaces, each run in a process of its own: on a
 * whole CPU, then with the CPU of each memory size and slow pages.
 */
export async function measureAutoscaler(): Promise<Figure[]> {
  const cloud = fork(join(__dirname, "autoscaler-cloud.js"), LATENCIES.map(String));
  try {
    const [served] = (await once(cloud, "message")) as [ServedCloud];
    const whole = await measure(served, LATENCIES[0]);
    const figures = [
      bounded("autoscaler, 10,000 interfaces: first run, CPU", seconds(whole.cold.cpu), "s", 2),
      bounded("  a run in which nothing changed, CPU", seconds(medianOf(whole.quiet, "cpu")), "s", 0.1),
      bounded("  most memory", whole.memory, "MB", 256),
      information("  cold start", seconds(whole.start.wall), "s"),
      bounded("  bundle", statSync(bundle).size / 1000, "kB", 1250),
    ];
    for (const size of SIZES) {
      const runs = [await measure(served, 40, size.share), await measure(served, 120, size.share)] as const;
      const name = `${size.megabytes.toLocaleString("en-US")} MB, ${size.share.toFixed(3)} vCPU${CpuShare.isAvailable() ? "" : ", computed"}`;
      figures.push(
        bounded(`  ${name}: first run, 40 ms a page`, seconds(runs[0].cold.wall), "s", 45),
        bounded("    first run, 120 ms a page", seconds(runs[1].cold.wall), "s", 45),
        information("    nothing changed, 120 ms a page", seconds(medianOf(runs[1].quiet, "wall")), "s"),
        information("    a month, 120 ms a page", monthlyPrice(runs[1], size.megabytes), "$"),
      );
    }
    return figures;
  } finally {
    cloud.disconnect();
  }
}

const seconds = (milliseconds: number): number => milliseconds / 1000;
const medianOf = (costs: readonly InvocationCost[], kind: keyof InvocationCost): number =>
  median(costs.map((cost) => cost[kind]));

/** Lambda's price of a month in which everything is read again every ten minutes and else nothing changes. */
function monthlyPrice({ cold, quiet }: AutoscalerRun, megabytes: number): number {
  const mean = (cold.wall + (RUNS_PER_READING - 1) * medianOf(quiet, "wall")) / RUNS_PER_READING;
  const gigabyteSeconds = RUNS_PER_MONTH * seconds(mean) * (megabytes / 1024);
  return gigabyteSeconds * prices.lambda.gigabyteSecondArm + RUNS_PER_MONTH * prices.lambda.request;
}

/** The run with the median CPU time of its first invocation. @param share of one CPU; default: all CPUs */
async function measure({ env, urls }: ServedCloud, latency: number, share?: number): Promise<Measured> {
  const endpoints = Object.fromEntries(
    Object.entries(env).map(([name, value]) => [
      name,
      name.startsWith("AWS_ENDPOINT_URL") ? urls[latency]! : value,
    ]),
  );
  const runs: Measured[] = [];
  for (let round = 0; round < (share === undefined ? ROUNDS : 1); round++) {
    const cpu = share === undefined ? undefined : CpuShare.create(share);
    try {
      const { answer, megabytes } = await measuredRun({
        script: join(__dirname, "autoscaler-run.js"),
        env: endpoints,
        cpu,
      });
      const run = answer as AutoscalerRun;
      runs.push({
        ...(share !== undefined && cpu === undefined ? slowed(run, share) : run),
        memory: megabytes,
      });
    } finally {
      cpu?.remove();
    }
  }
  return runs.sort((a, b) => a.cold.cpu - b.cold.cpu)[runs.length >> 1]!;
}

/** A run as it would be with a share of the CPU, where no control group can give it: its CPU time takes that much longer. */
function slowed(run: AutoscalerRun, share: number): AutoscalerRun {
  const slow = ({ wall, cpu }: InvocationCost): InvocationCost => ({ wall: wall + cpu / share - cpu, cpu });
  return { start: slow(run.start), cold: slow(run.cold), quiet: run.quiet.map(slow) };
}
