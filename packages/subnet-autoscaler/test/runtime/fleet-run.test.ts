import { AutoscalerError } from "../../src/runtime";
import { Fleet, type FleetRun } from "../../src/runtime/fleet-run";
import { type FleetMember, type InvalidMember } from "../../src/runtime/fleet/fleet-member";
import { fakeClock, fakeTimeout, FleetCloud, membersOf } from "./fleet-cloud";

beforeEach(() => jest.useFakeTimers({ now: Date.parse("2026-11-23T12:00:00Z") }));
afterEach(() => jest.useRealTimers());

/** The time of an invocation, without what is reserved to report. */
const RUN = 55_000;

function fleetOf(cloud: FleetCloud) {
  const log: Readonly<Record<string, unknown>>[] = [];
  const fleet = new Fleet({
    cloudOf: cloud.cloudOf,
    clock: fakeClock,
    log: (line) => log.push(line),
    timeout: fakeTimeout,
  });
  return { fleet, log };
}

interface Timed extends FleetRun {
  readonly milliseconds: number;
}

/** Runs a fleet in the time of the fake clock. */
async function timed(
  fleet: Fleet,
  members: readonly (FleetMember | InvalidMember)[],
  time = RUN,
): Promise<Timed> {
  const start = Date.now();
  let isDone = false;
  const run = fleet.run(members, start + time).finally(() => (isDone = true));
  run.catch(() => undefined);
  while (!isDone) await jest.advanceTimersByTimeAsync(40);
  return { ...(await run), milliseconds: Date.now() - start };
}

/** Lets the rest of a minute pass. */
async function untilNextMinute({ milliseconds }: Timed): Promise<void> {
  await jest.advanceTimersByTimeAsync(60_000 - milliseconds);
}

test("200 clusters with 50,000 interfaces are served in the run's minute, cold and warm, and EC2 throttles nothing", async () => {
  const cloud = new FleetCloud(250);
  const { fleet } = fleetOf(cloud);
  const members = membersOf(200);

  const cold = await timed(fleet, members);
  expect(cold).toMatchObject({ failed: [], waiting: [] });
  expect(cloud.interfaces).toBe(50_000);
  expect(cloud.heartbeats(1)).toBe(200);
  expect(cold.milliseconds).toBeLessThan(RUN);

  // After five minutes, the settings of every cluster are read again.
  for (const minutes of [1, 5]) {
    await jest.advanceTimersByTimeAsync(minutes * 60_000 - cold.milliseconds);
    const warm = await timed(fleet, members);
    expect(warm).toMatchObject({ failed: [], waiting: [] });
    expect(warm.milliseconds).toBeLessThan(RUN);
  }
  expect(cloud.calls.get("DescribeRouteTables")).toBeGreaterThanOrEqual(400);
  expect(cloud.heartbeats(1)).toBe(3 * 200);
  expect(cloud.throttled).toBe(0);
}, 120_000);

test("a cluster whose role or configuration is wrong fails alone, with its own heartbeat", async () => {
  const cloud = new FleetCloud(10);
  const { fleet, log } = fleetOf(cloud);
  const [first, second, third] = membersOf(3);
  cloud.denied.add(first!.cluster);
  const error = new AutoscalerError(
    "/cluster-ipam/fleet/c001",
    "not JSON; redeploy the cluster's autoscaler",
  );
  const run = await timed(fleet, [first!, { ...second!, error }, third!]);
  expect(run).toMatchObject({ served: ["c002"], waiting: [] });
  expect([...run.failed].sort()).toEqual(["c000", "c001"]);
  expect(cloud.lines.filter(({ Heartbeat }) => Heartbeat !== undefined)).toMatchObject([
    { Cluster: "c000", Heartbeat: 0 },
    { Cluster: "c002", Heartbeat: 1 },
  ]);
  const messages = log.flatMap(({ message }) => message ?? []);
  expect(messages).toContain("/cluster-ipam/fleet/c001: not JSON; redeploy the cluster's autoscaler");
  expect(messages).toContainEqual(expect.stringContaining("access denied"));
});

test("slow clusters give way after 20 seconds, go on where they stopped, and hold up nobody", async () => {
  const cloud = new FleetCloud(10);
  const { fleet } = fleetOf(cloud);
  const members = membersOf(40);
  for (const { cluster } of members.slice(0, 12)) cloud.slow.add(cluster);
  const first = await timed(fleet, members);
  expect(first.served).toEqual(members.slice(12).map(({ cluster }) => cluster));
  expect(first.failed).toHaveLength(12);
  expect(first.milliseconds).toBeLessThan(25_000);

  cloud.slow.clear();
  const settings = cloud.calls.get("DescribeRouteTables");
  await untilNextMinute(first);
  expect(await timed(fleet, members)).toMatchObject({ failed: [], waiting: [] });
  expect(cloud.calls.get("DescribeRouteTables")).toBe(settings);
});

test("what a run has no time for comes first in the next", async () => {
  const cloud = new FleetCloud(10);
  const { fleet, log } = fleetOf(cloud);
  const members = membersOf(200);
  const first = await timed(fleet, members, 4_000);
  expect(first.failed).toEqual([]);
  expect(first.waiting.length).toBeGreaterThan(0);
  expect(log.at(-1)).toMatchObject({ level: "warn", fleet: { waiting: first.waiting.length } });
  const second = await timed(fleet, members, 4_000);
  const reached = new Set([...first.served, ...second.served]);
  expect(second.served).toEqual(expect.arrayContaining([first.waiting[0]]));
  expect(reached.size).toBe(Math.min(200, first.served.length + second.served.length));
});

test("a run in which every cluster fails fails itself", async () => {
  const cloud = new FleetCloud(10);
  const { fleet } = fleetOf(cloud);
  const members = membersOf(2);
  for (const { cluster } of members) cloud.denied.add(cluster);
  await expect(timed(fleet, members)).rejects.toThrow(
    "fleet: the runs of all 2 clusters failed; read the log of each, and the permissions of the function's role",
  );
});
