import { zoneShortage } from "../../../src/runtime/decide/shortage";
import { type ZoneView, zoneView } from "../../../src/runtime/decide/zone-view";
import { configOf, observationOf } from "../observation-fixture";

const FLOOR = 8;

/** Zone a with a target of ten prefixes. */
function zone(change: Partial<ZoneView>): ZoneView {
  const observation = observationOf([]);
  return {
    ...zoneView(observation, observation.zones[0]!, configOf()),
    ...{ targetPrefixes: 10, minutesToExhaustion: Infinity, availableAddresses: 0, fragmentation: 0 },
    ...change,
  };
}

test("a zone has a shortage below its target", () => {
  expect(zoneShortage(zone({ freePrefixes: 10 }), FLOOR)).toBeUndefined();
  expect(zoneShortage(zone({ freePrefixes: 9 }), FLOOR)).toBeDefined();
});

test.each<[string, Partial<ZoneView>, string, string]>([
  [
    "nodes lack more than is free",
    { freePrefixes: 8, lackingPrefixes: 9 },
    "full",
    "a has 8 free /28 prefixes, and its nodes lack 9",
  ],
  [
    "nodes lack what is free",
    { freePrefixes: 8, lackingPrefixes: 8 },
    "running-out",
    "a has 8 free /28 prefixes, fewer than it is expected to use (target 10)",
  ],
  [
    "it runs out",
    { freePrefixes: 9, minutesToExhaustion: 4.9 },
    "running-out",
    "a has 9 free /28 prefixes, which run out in 4 minutes",
  ],
  ["it is below its floor", { freePrefixes: 7 }, "full", "a has 7 free /28 prefixes (target 10)"],
  [
    "enough addresses are free in fragments",
    { freePrefixes: 7, availableAddresses: 160, fragmentation: 0.51 },
    "fragmented",
    "a has 7 free /28 prefixes (target 10), although 160 addresses are free in fragments",
  ],
  [
    "too few addresses are free in fragments",
    { freePrefixes: 7, availableAddresses: 159, fragmentation: 0.9 },
    "full",
    "a has 7 free /28 prefixes (target 10)",
  ],
  [
    "half of the free addresses are in fragments",
    { freePrefixes: 7, availableAddresses: 300, fragmentation: 0.5 },
    "full",
    "a has 7 free /28 prefixes (target 10)",
  ],
])("%s", (_, change, cause, reason) => {
  expect(zoneShortage(zone({ lackingPrefixes: 0, ...change }), FLOOR)).toEqual({ cause, reason });
});
