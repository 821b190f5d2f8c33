import { Prefix } from "@cluster-ipam/address-plan/prefix";
import fc from "fast-check";

import { decide, type Decision, type Observation, type ObservedSubnet, zoneView } from "../../../src/runtime";
import { configOf, growthSubnet, NOW, observationOf, podSubnet } from "../observation-fixture";

const growthSpace = Prefix.parse("100.64.64.0/18");

/** Subnets at distinct /24 blocks of the growth space, some of them owned by the autoscaler, in any state. */
const growth = fc
  .uniqueArray(
    fc.record({
      index: fc.integer({ min: 0, max: 63 }),
      zone: fc.constantFrom("a", "b"),
      owned: fc.boolean(),
      state: fc.constantFrom("created", "active", "quarantined"),
      age: fc.integer({ min: -600, max: 3000 }),
      free: fc.integer({ min: 0, max: 14 }),
    }),
    { selector: ({ index }) => index, maxLength: 40 },
  )
  .map((made) =>
    made.map(({ index, zone, owned, state, age, free }): ObservedSubnet => {
      const since = NOW - age * 60_000;
      return growthSubnet(`100.64.${64 + index}.0/24`, {
        zone,
        owned,
        freePrefixes: free,
        availableAddresses: free === 14 ? 251 : free * 16,
        interfaces: free === 14 ? 0 : 3,
        discoverable: state === "active",
        recorded: state === "created" ? { state } : { state: state as "active" | "quarantined", since },
        tags: { "cluster-ipam/created-at": new Date(since).toISOString() },
      });
    }),
  );

const observations = fc
  .record({
    a: fc.integer({ min: 0, max: 200 }),
    b: fc.integer({ min: 0, max: 200 }),
    rate: fc.double({ min: 0, max: 30, noNaN: true }),
    growth,
  })
  .map(({ a, b, rate, growth }): Observation => {
    const observation = observationOf([podSubnet("a", a), podSubnet("b", b), ...growth]);
    return {
      ...observation,
      zones: observation.zones.map((zone) => ({
        ...zone,
        prefixesPerMinute: rate,
        expectedPrefixes: 30 * rate,
      })),
    };
  });

const policy = fc
  .record({
    steps: fc.array(fc.integer({ min: 19, max: 26 }), { minLength: 1, maxLength: 4 }),
    maxSubnets: fc.integer({ min: 1, max: 60 }),
    subnetsPerDay: fc.integer({ min: 1, max: 30 }),
    addresses: fc.option(fc.integer({ min: 64, max: 20_000 }), { nil: undefined }),
    coolDownMinutes: fc.integer({ min: 0, max: 60 }),
  })
  .map(({ steps, maxSubnets, subnetsPerDay, addresses, coolDownMinutes }) =>
    configOf({
      policy: {
        ...configOf().policy,
        netmaskLengths: steps,
        maxSubnets,
        coolDownMinutes,
        budgets: { subnetsPerDay, addresses },
      },
    }),
  );

const created = (decisions: readonly Decision[]): Prefix[] =>
  decisions.flatMap((decision) => (decision.action === "create" ? [Prefix.parse(decision.cidr)] : []));

test("new subnets are inside the growth space and do not overlap", () => {
  fc.assert(
    fc.property(observations, policy, (observation, config) => {
      const made = created(decide(observation, config));
      const all = [...observation.subnets.map(({ cidr }) => Prefix.parse(cidr)), ...made];
      for (const cidr of made) {
        expect(growthSpace.contains(cidr)).toBe(true);
        expect(all.filter((other) => other.overlaps(cidr))).toEqual([cidr]);
      }
    }),
  );
});

test("decisions do not depend on the order in which EC2 lists subnets", () => {
  fc.assert(
    fc.property(observations, policy, (observation, config) => {
      const reversed = {
        ...observation,
        subnets: [...observation.subnets].reverse(),
        zones: [...observation.zones].reverse(),
      };
      const sorted = (decisions: readonly Decision[]) => decisions.map((one) => JSON.stringify(one)).sort();
      expect(sorted(decide(reversed, config))).toEqual(sorted(decide(observation, config)));
    }),
  );
});

test("a zone with fewer free prefixes never grows less", () => {
  fc.assert(
    fc.property(observations, policy, fc.integer({ min: 1, max: 200 }), (observation, config, fewer) => {
      const smaller = {
        ...observation,
        subnets: observation.subnets.map((subnet) =>
          subnet.id === "subnet-pod-a" ? podSubnet("a", Math.max(0, subnet.freePrefixes - fewer)) : subnet,
        ),
      };
      const grows = (one: Observation): boolean =>
        decide(one, config).some(
          (decision) =>
            (decision.action === "create" || decision.action === "activate") && decision.zone === "a",
        );
      if (grows(observation)) expect(grows(smaller)).toBe(true);
    }),
  );
});

test("budgets and the cool-down are respected", () => {
  fc.assert(
    fc.property(observations, policy, (observation, config) => {
      const { maxSubnets, budgets, coolDownMinutes } = config.policy;
      const decisions = decide(observation, config);
      const made = created(decisions);
      const own = observation.subnets.filter(({ owned }) => owned);
      if (made.length === 0) return;
      const age = ({ tags }: ObservedSubnet): number =>
        (NOW - Date.parse(tags["cluster-ipam/created-at"]!)) / 60_000;
      expect(own.length + made.length).toBeLessThanOrEqual(maxSubnets);
      expect(own.filter((subnet) => age(subnet) < 1440).length + made.length).toBeLessThanOrEqual(
        budgets.subnetsPerDay,
      );
      const addresses = made.reduce((sum, { size }) => sum + Number(size), own.length * 256);
      expect(addresses).toBeLessThanOrEqual(budgets.addresses ?? Infinity);
      for (const decision of decisions)
        if (decision.action === "create")
          for (const subnet of own.filter(({ zone }) => zone === decision.zone)) {
            const zone = observation.zones.find(({ zone }) => zone === decision.zone)!;
            const { minutesToExhaustion } = zoneView(observation, zone, config);
            const waits = minutesToExhaustion >= coolDownMinutes - Math.max(0, age(subnet));
            expect(!waits || age(subnet) < -5 || age(subnet) >= coolDownMinutes).toBe(true);
          }
    }),
  );
});

test("foreign subnets are never changed, and subnets in use are never closed or deleted", () => {
  fc.assert(
    fc.property(observations, policy, (observation, config) => {
      for (const decision of decide(observation, config)) {
        if (!("subnetId" in decision)) continue;
        const subnet = observation.subnets.find(({ id }) => id === decision.subnetId)!;
        expect(subnet.owned).toBe(true);
        if (decision.action === "deactivate" || decision.action === "delete")
          expect(subnet.interfaces).toBe(0);
      }
    }),
  );
});
