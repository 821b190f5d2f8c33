import { existsSync, readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { describedChanges } from "../plan/described-change";
import { type CliRun, Deployment } from "./deployment";
import { Seeded } from "./seeded";

/** `DEPLOY_SEED=… npx jest deploy/kill` repeats the moments of a run that failed. */
const seed = Number(process.env["DEPLOY_SEED"] ?? Date.now() % 1_000_000);
const moments = 20;
const stack = "dev-apps-network";

/** Deployments at work at the same time: one for each core of a small machine. */
const width = 2;

// 20 deployments and as many repeated ones: seconds each, more on a busy machine.
jest.setTimeout(300_000);

const before = Deployment.empty();
/** The journal's entries before the deployment that is killed, and how many it adds. */
let entriesBefore: number;
let entriesAdded: number;
let expected: object;

const contentOf = (deployment: Deployment) => ({
  blocks: deployment.inventory(),
  counts: deployment.counts(),
});

const entries = (deployment: Deployment): number =>
  existsSync(deployment.cloud)
    ? readdirSync(deployment.cloud).filter((name) => /^\d+\.json$/.test(name)).length
    : 0;

beforeAll(async () => {
  before.synthesize("network");
  before.synthesize("dev");
  await before.deploy("network");
  entriesBefore = entries(before);

  const whole = before.copy();
  await whole.deploy("dev", stack);
  entriesAdded = entries(whole) - entriesBefore;
  expected = contentOf(whole);
  await whole.close();
});
afterAll(() => before.close());

/** A moment of a deployment: so many changes of the cloud, and so many milliseconds. */
interface Moment {
  readonly changes: number;
  readonly milliseconds: number;
}

async function killAt(
  run: CliRun,
  deployment: Deployment,
  { changes, milliseconds }: Moment,
): Promise<boolean> {
  let over = false;
  void run.ended.then(() => (over = true));
  while (!over && entries(deployment) - entriesBefore < changes) await sleep(1);
  await sleep(milliseconds);
  if (!over) run.kill();
  return (await run.ended).code === null;
}

async function survives(moment: Moment): Promise<{ readonly killed: boolean; readonly torn?: true }> {
  const deployment = before.copy();
  try {
    const killed = await killAt(deployment.start("deploy", "dev", [stack]), deployment, moment);
    if (killed && deployment.hasTornState("dev")) return { killed, torn: true };
    const workspace = await deployment.workspace("dev");
    await workspace.apply(stack);
    expect({ moment, ...contentOf(deployment) }).toEqual({ moment, ...expected });
    expect({ moment, changes: describedChanges([await workspace.plan(stack)]) }).toEqual({
      moment,
      changes: [],
    });
    return { killed };
  } finally {
    await deployment.close();
  }
}

test(`a deployment that is killed at any of ${moments} moments is taken up by the next (seed ${seed})`, async () => {
  const random = new Seeded(seed);
  const all = Array.from({ length: moments }, () => ({
    changes: random.upTo(entriesAdded),
    milliseconds: random.upTo(30),
  }));
  let next = 0;
  let killed = 0;
  let torn = 0;
  const worker = async () => {
    while (next < all.length) {
      const moment = all[next++]!;
      const outcome = await survives(moment);
      if (outcome.killed) killed++;
      // Another moment in its place: docs/recovery.md is about lost states, this test about the cloud.
      if (outcome.torn) {
        torn++;
        all.push({ ...moment, milliseconds: moment.milliseconds + 7 });
      }
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  expect(killed).toBeGreaterThan(moments / 2);
  expect(torn).toBeLessThan(4);
});
