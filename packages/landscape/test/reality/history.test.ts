import { type Snapshot, trends, type Utilisation } from "../../src";

const use = (used: number): Utilisation => ({
  ...{ kind: "subnet", id: "subnet-1", name: "a", cidr: "10.0.0.0/24", unit: "addresses", size: 251, used },
});
const snapshot = (day: number, used: number): Snapshot => ({
  ...{ version: 1, networks: [], utilisation: [use(used)] },
  at: new Date(Date.UTC(2026, 5, day)).toISOString(),
});
const trend = (...snapshots: readonly Snapshot[]) => [...trends(snapshots).values()][0];

test("days are left until it is full, whatever the order of the snapshots", () => {
  expect(trend(snapshot(11, 151), snapshot(1, 51), snapshot(6, 101))).toEqual({ perDay: 10, daysLeft: 10 });
});
test("what empties does not fill", () => {
  expect(trend(snapshot(1, 100), snapshot(2, 90))).toEqual({ perDay: -10, daysLeft: undefined });
});
test("one snapshot, or two of the same time, have no trend", () => {
  expect(trend(snapshot(1, 100))).toBeUndefined();
  expect(trend(snapshot(1, 100), snapshot(1, 120))).toBeUndefined();
});
