import { Budget } from "../../../src/runtime/decide/budget";
import { configOf, growthSubnet, minutesAgo, observationOf, podSubnet } from "../observation-fixture";

const DAY = 24 * 60;
const withBudgets = (budgets: object, more: Parameters<typeof configOf>[0] = {}) =>
  configOf({
    policy: { ...configOf().policy, budgets: { ...configOf().policy.budgets, ...budgets } },
    ...more,
  });
const created = (minutes: number | undefined) =>
  growthSubnet("100.64.64.0/24", {
    tags: minutes === undefined ? {} : { "cluster-ipam/created-at": minutesAgo(minutes) },
  });
const budgetOf = (config: ReturnType<typeof configOf>, ...growth: ReturnType<typeof growthSubnet>[]) =>
  new Budget(observationOf([podSubnet("a", 64), podSubnet("b", 64), ...growth]), config);

test("a subnet counts for a day, and one of unknown age always", () => {
  // One subnet a day for each of two zones.
  const reached = (minutes: number | undefined) =>
    budgetOf(withBudgets({ subnetsPerDay: 2 }), created(minutes)).reached("a");
  expect(reached(DAY)).toBeUndefined();
  expect(reached(undefined)).toBeDefined();
  expect(reached(DAY - 1)).toEqual({
    cause: "budget-spent",
    reason: "1 growth subnets were created in the last 24 hours, its share of the daily budget",
    advice: "find out why the cluster grows so fast; if it should, raise maxSubnetsPerDay",
  });
});

test("what a run creates is spent from every budget", () => {
  const budget = budgetOf(withBudgets({ subnetsPerDay: 4, addresses: 1024 }), created(DAY));
  expect(budget.addressesLeft("a")).toBe(256);
  budget.spend("a", 128);
  expect(budget.addressesLeft("a")).toBe(128);
  expect(budget.addressesLeft("b")).toBe(512);
  budget.spend("a", 128);
  expect([budget.addressesLeft("a"), budget.reached("a")?.cause, budget.reached("b")]).toEqual([
    0,
    "budget-spent",
    undefined,
  ]);
});

test("a zone that the address plan drains has no share", () => {
  const zones = [{ zone: "a" }, { zone: "b", draining: true }];
  expect(budgetOf(withBudgets({ addresses: 1024 }, { zones })).addressesLeft("a")).toBe(1024);
  const both = [{ zone: "a" }, { zone: "b", draining: false }];
  expect(budgetOf(withBudgets({ addresses: 1024 }, { zones: both })).addressesLeft("a")).toBe(512);
});
