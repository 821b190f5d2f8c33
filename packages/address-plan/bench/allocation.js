// Prints JSON lines { name, value, unit }: the cost of 100,000 allocations and how it grows. Every measurement runs in its
// own process, so that no size affects the memory or speed of another.
const { execFileSync } = require("node:child_process");
const { mkdtempSync, readFileSync, rmSync, writeFileSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { performance } = require("node:perf_hooks");

const ENTRIES_PER_CLUSTER = 15;
const REGIONS = ["eu-central-1", "eu-north-1", "eu-west-1", "eu-west-2"];
const N = 10_000;
const RUNS = 3;
/** Allocations of 2,000 clusters. */
const PLAN_OF_2000 = 2_000 * ENTRIES_PER_CLUSTER;

/** A plan with about this many allocations: EKS clusters in three zones, spread over the Regions. */
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

const TASKS = {
  /** From a plan to the text of its first lock. */
  allocate: ({ allocate, renderLock }, plan, file) => {
    const timed = clock(() => allocate(plan));
    writeFileSync(file, renderLock(timed.result.lock));
    return timed;
  },
  /** The work of every synth: parse the lock and verify it against the plan. */
  verify: ({ AddressPlan, parseLock }, plan, file) => {
    const text = readFileSync(file, "utf8");
    return clock(() => AddressPlan.from(plan, parseLock(text)));
  },
  /** One cluster more than the lock has. */
  extend: ({ allocate, parseLock }, plan, file) => {
    const lock = parseLock(readFileSync(file, "utf8"));
    const clusters = { ...plan.clusters, "one-more": Object.values(plan.clusters)[0] };
    return clock(() => allocate({ ...plan, clusters }, lock));
  },
};

function clock(work) {
  const start = performance.now();
  const result = work();
  return {
    result,
    seconds: (performance.now() - start) / 1000,
    megabytes: (process.resourceUsage().maxRSS * 1024) / 1e6,
  };
}

function run(task, size, file) {
  const output = execFileSync(process.execPath, [__filename, task, size, file], { encoding: "utf8" });
  return JSON.parse(output);
}

function main() {
  const directory = mkdtempSync(join(tmpdir(), "bench-"));
  const print = (name, value, unit) => console.log(JSON.stringify({ name, value: +value.toFixed(3), unit }));
  try {
    for (const task of Object.keys(TASKS)) {
      const median = (size) => {
        const runs = Array.from({ length: RUNS }, () => run(task, size, join(directory, `${size}.json`)));
        const middle = (key) => runs.map((one) => one[key]).sort((a, b) => a - b)[(RUNS - 1) / 2];
        return { seconds: middle("seconds"), megabytes: middle("megabytes") };
      };
      const [one, two, ten] = [N, 2 * N, 10 * N].map(median);
      print(`${task} 100,000 allocations`, ten.seconds, "s");
      print(`${task} 100,000 allocations, peak memory of the process`, ten.megabytes, "MB");
      print(`${task}: 2n / n`, two.seconds / one.seconds, "ratio");
      print(`${task}: 10n / n`, ten.seconds / one.seconds, "ratio");
    }
    run("allocate", PLAN_OF_2000, join(directory, `${PLAN_OF_2000}.json`));
    const edits = Array.from({ length: RUNS }, () =>
      run("extend", PLAN_OF_2000, join(directory, `${PLAN_OF_2000}.json`)),
    );
    print(
      "extend 2,000 clusters",
      edits.map(({ seconds }) => seconds).sort((a, b) => a - b)[(RUNS - 1) / 2],
      "s",
    );
    print("n log n: 10n / n", (10 * Math.log(10 * N)) / Math.log(N), "ratio");
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

const [task, size, file] = process.argv.slice(2);
if (task === undefined) main();
else {
  const { seconds, megabytes } = TASKS[task](
    { ...require("../dist"), ...require("../dist/lock/address-lock") },
    planOf(Number(size)),
    file,
  );
  console.log(JSON.stringify({ seconds, megabytes }));
}
