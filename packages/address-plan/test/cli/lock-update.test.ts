import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate, setTimeout as sleep } from "node:timers/promises";

import { lock as takeRunLock } from "proper-lockfile";
import { stringify } from "yaml";

import { AddressPlan, allocate, parseLock } from "../../src";
import { renderLock } from "../../src/lock/address-lock";
import { checkLock, updateLock } from "../../src/update";
import { examplePlan } from "../example-plan";

let directory: string;
const lockFile = (): string => join(directory, "addresses.lock.json");
const writePlan = (plan: object): void => writeFileSync(join(directory, "addresses.yaml"), stringify(plan));

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "addresses-"));
  writePlan(examplePlan());
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** Runs the command from the sources in its own process. */
function addresses(...args: string[]): ChildProcess {
  const program = `require("./test/from-sources.js"); require("./src/cli/addresses-command.ts").main(process.argv)`;
  return spawn(process.execPath, ["-e", program, "--", "addresses", "--directory", directory, ...args], {
    cwd: join(__dirname, "../.."),
    env: { ...process.env, DEBUG: "" },
  });
}

async function outcome(child: ChildProcess): Promise<{ code: number; output: string; errors: string }> {
  let [output, errors] = ["", ""];
  child.stdout!.on("data", (chunk) => (output += chunk));
  child.stderr!.on("data", (chunk) => (errors += chunk));
  const [code] = (await once(child, "close")) as [number];
  return { code, output, errors };
}

test("the command updates the lock, verifies it and prints the changes", async () => {
  const first = await outcome(addresses());
  expect(first).toMatchObject({ code: 0, errors: "" });
  expect(first.output).toMatch(/^\+ aws\/eu-central-1 +10\.208\.0\.0\/12 +\/12$/m);
  expect(first.output).toMatch(/^addresses\.lock\.json: 49 added$/m);
  expect(await outcome(addresses("--check"))).toMatchObject({
    code: 0,
    output: "addresses.lock.json: 49 allocations verified\n",
  });

  const smaller = examplePlan();
  delete smaller.clusters["dev-apps"];
  writePlan(smaller);
  expect(await outcome(addresses("--check"))).toEqual({
    code: 1,
    output: "",
    errors:
      "addresses.lock.json: aws/eu-west-1/dev: the plan no longer requires it; run npm run addresses and commit the lock\n",
  });
  const { output } = await outcome(addresses());
  expect(output).toMatch(/^! aws\/eu-west-1\/dev +10\.224\.0\.0\/16 +draining: kept until nothing uses it$/m);
  expect(output).toMatch(
    /^aws\/eu-west-1\/dev\/eks-pods\/dev-apps\/pods and 9 more stay retired: no stack of dev-apps is recorded, so no state can prove that nothing uses it; if it was never deployed, release it: npm run addresses -- --release dev-apps$/m,
  );
  expect(readdirSync(directory).sort()).toEqual(["addresses.lock.json", "addresses.yaml"]);
});

test("an invalid plan leaves the lock unchanged", async () => {
  await updateLock(directory);
  const before = readFileSync(lockFile(), "utf8");
  writePlan({ ...examplePlan(), organisation: "" });
  await expect(updateLock(directory)).rejects.toThrow(`addresses.yaml:1: organisation: "" is not the name`);
  expect(readFileSync(lockFile(), "utf8")).toBe(before);
  expect(readdirSync(directory).sort()).toEqual(["addresses.lock.json", "addresses.yaml"]);
});

test("the check rejects any difference", async () => {
  await updateLock(directory);
  expect(checkLock(directory)).toBe(49);
  writeFileSync(lockFile(), readFileSync(lockFile(), "utf8").replace("/12", "/12 "));
  expect(() => checkLock(directory)).toThrow(/^addresses\.lock\.json: aws\/eu-central-1: /);
  writeFileSync(lockFile(), `${renderLock(allocate(examplePlan()).lock)}\n`);
  expect(() => checkLock(directory)).toThrow(
    "not formatted as npm run addresses writes it; run npm run addresses",
  );
});

test("a released allocation moves with everything in it, and nothing else moves", async () => {
  const before = (await updateLock(directory)).lock.allocations;
  const key = "aws/eu-central-1/prod/eks-pods/prod-payments/pods";
  const { changes, lock } = await updateLock(directory, { release: [key] });
  expect(new Set(changes.map((change) => change.key))).toEqual(
    new Set([key, `${key}/eu-central-1a`, `${key}/eu-central-1b`, `${key}/eu-central-1c`]),
  );
  const moved = new Set(changes.map((change) => change.key));
  expect(lock.allocations.filter((entry) => !moved.has(entry.key))).toEqual(
    before.filter((entry) => !moved.has(entry.key)),
  );
  await expect(updateLock(directory, { release: [`${key}s`] })).rejects.toThrow(
    `--release ${key}s: addresses.lock.json has no such entry; did you mean ${key}?`,
  );
});

test("growth is released block by block, and the rest still covers the demand", async () => {
  const growth = async (growthPercent: number, ...release: readonly string[]) => {
    const plan = examplePlan();
    plan.clusters["prod-payments"]!.growthPercent = growthPercent;
    writePlan(plan);
    const keys = release.map((name) => `aws/eu-central-1/prod/eks-pods/prod-payments/${name}`);
    const { lock } = await updateLock(directory, { release: keys });
    expect(checkLock(directory)).toBe(lock.allocations.length);
    return lock.allocations
      .filter(({ key }) => key.includes("prod-payments/growth"))
      .map(({ key, cidr, demand }) => `${key.split("/").at(-1)} ${cidr} ${demand}`);
  };
  await growth(100);
  expect(await growth(300)).toHaveLength(2);
  expect(await growth(200, "growth")).toEqual(["growth#2 100.64.128.0/17 /17: 200 % of the pods"]);
  expect(await growth(250)).toEqual([
    "growth#2 100.64.128.0/17 /17: part of 250 % of the pods",
    "growth#3 100.64.0.0/19 /19: part of 250 % of the pods",
  ]);
  expect(await growth(50, "growth#2")).toEqual(["growth#3 100.64.0.0/19 /19: 50 % of the pods"]);
});

test("concurrent runs wait for each other", async () => {
  const runs = await Promise.all([outcome(addresses()), outcome(addresses()), outcome(addresses())]);
  expect(runs.map(({ code }) => code)).toEqual([0, 0, 0]);
  expect(runs.filter(({ output }) => output === "addresses.lock.json: up to date\n")).toHaveLength(2);
  expect(AddressPlan.load({ directory }).clusters).toHaveLength(4);
});

test("a run that waited too long reports it and changes nothing", async () => {
  const release = await takeRunLock(lockFile(), { realpath: false, stale: 4_000 });
  expect(await outcome(addresses())).toEqual({
    code: 1,
    output: "",
    errors: "addresses.lock.json: another npm run addresses is running; run again when it finishes\n",
  });
  await release();
  expect(readdirSync(directory)).toEqual(["addresses.yaml"]);
}, 30_000);

test("a killed run never leaves a partial lock", async () => {
  const small = renderLock((await updateLock(directory)).lock);
  const plan = examplePlan();
  // A long lock, so that a kill can interrupt the write.
  for (let index = 0; index < 60; index++) plan.clusters[`dev-${index}`] = plan.clusters["dev-apps"]!;
  plan.environments["dev"]!.aws!.pods = "/12";
  plan.environments["dev"]!.aws!.eksPods = "/12";
  let killed = 0;
  for (let attempt = 0; attempt < 12; attempt++) {
    const own = join(directory, `attempt-${attempt}`);
    cpSync(lockFile(), join(own, "addresses.lock.json"));
    writeFileSync(join(own, "addresses.yaml"), stringify(plan));
    const child = addresses("--directory", own, "--release", "aws/eu-west-1-pods");
    const ended = outcome(child);
    // Half of the attempts kill the run while it writes the new file. The others wait for the run lock, which a run
    // takes first, and then kill it a little later each time.
    const awaited = attempt % 2 === 0 ? /json\.\d+$/ : /json\.lock$/;
    while (!readdirSync(own).some((name) => awaited.test(name)) && child.exitCode === null)
      await setImmediate();
    if (attempt % 2 === 1) await sleep(8 * attempt);
    if (child.kill("SIGKILL")) killed++;
    await ended;
    const text = readFileSync(join(own, "addresses.lock.json"), "utf8");
    expect(renderLock(parseLock(text))).toBe(text);
    if (text !== small) expect(parseLock(text).allocations).toHaveLength(49 + 60 * 10);
  }
  expect(killed).toBeGreaterThan(0);
}, 60_000);

test("the run lock of a killed run expires", async () => {
  const child = addresses();
  const ended = outcome(child);
  while (!readdirSync(directory).includes("addresses.lock.json.lock") && child.exitCode === null)
    await sleep(1);
  child.kill("SIGKILL");
  await ended;
  await updateLock(directory);
  expect(checkLock(directory)).toBe(49);
}, 30_000);
