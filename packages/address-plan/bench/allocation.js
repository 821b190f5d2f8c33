// Prints JSON lines { name, value, unit }: what 100,000 allocations cost, and how the cost grows. Every size runs
// in a process of its own, so that memory is that size's alone and no size profits from the one before.
const { execFileSync } = require("node:child_process");
const { performance } = require("node:perf_hooks");

const ENTRIES_PER_CLUSTER = 15;
const REGIONS = ["eu-central-1", "eu-north-1", "eu-west-1", "eu-west-2"];
const N = 10_000;
const RUNS = 3;

/** A plan that asks for about this many allocations: EKS clusters in three zones, spread over the Regions. */
function planOf(allocations) {
  const clusters = {};
  for (let index = 0; index < allocations / ENTRIES_PER_CLUSTER; index++) {
    const region = REGIONS[index % REGIONS.length];
    const zones = ["a", "b", "c"].map((letter) => region + letter);
    const demand = { nodes: 6, pods: 60, podsPerNode: 30, growthPercent: 100 };
    clusters[`c${index}-x`] = {
      ...{ cloud: "aws", environment: "prod", instanceType: "m7i.large", region, zones },
      ...demand,
    };
  }
  const regions = { aws: Object.fromEntries(REGIONS.map((name) => [name, { primary: "/10", pods: "/7" }])) };
  const aws = { primary: "/10", eks: "/10", pods: "/7", eksPods: "/7" };
  const spaces = { primary: "10.0.0.0/8", pods: "32.0.0.0/4" };
  return { organisation: "bench", spaces, regions, environments: { prod: { aws } }, clusters };
}

function measure(allocations) {
  const { AddressPlan, allocate, parseLock, renderLock } = require("../dist");
  const plan = planOf(allocations);
  const times = {};
  const timed = (name, work) => {
    const start = performance.now();
    const result = work();
    times[name] = performance.now() - start;
    return result;
  };
  const { lock } = timed("allocate", () => allocate(plan));
  const peak = process.resourceUsage().maxRSS / 1024;
  const text = timed("render the lock of", () => renderLock(lock));
  const read = timed("read the lock of", () => parseLock(text));
  timed("verify", () => AddressPlan.from(plan, read));
  timed("allocate again, one cluster more than", () =>
    allocate({ ...plan, clusters: { ...plan.clusters, "one-more": plan.clusters["c0-x"] } }, read),
  );
  return { times, peak, peakAll: process.resourceUsage().maxRSS / 1024, count: lock.allocations.length };
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function main() {
  const print = (name, value, unit) => console.log(JSON.stringify({ name, value: +value.toFixed(3), unit }));
  const results = new Map(
    [N, 2 * N, 10 * N].map((size) => [
      size,
      Array.from({ length: RUNS }, () =>
        JSON.parse(execFileSync(process.execPath, [__filename, size], { encoding: "utf8" })),
      ),
    ]),
  );
  const time = (size, name) => median(results.get(size).map(({ times }) => times[name]));
  const largest = results.get(10 * N);
  print("allocations", largest[0].count, "allocations");
  for (const name of Object.keys(largest[0].times)) {
    print(`${name} 100,000 allocations`, time(10 * N, name) / 1000, "s");
    print(`${name}: 2n / n`, time(2 * N, name) / time(N, name), "ratio");
    print(`${name}: 10n / n`, time(10 * N, name) / time(N, name), "ratio");
  }
  print("n log n: 10n / n", (10 * Math.log(10 * N)) / Math.log(N), "ratio");
  print("peak memory of the process after allocating", Math.max(...largest.map(({ peak }) => peak)), "MB");
  print(
    "peak memory of the process after everything",
    Math.max(...largest.map(({ peakAll }) => peakAll)),
    "MB",
  );
}

if (process.argv[2]) console.log(JSON.stringify(measure(Number(process.argv[2]))));
else main();
