import { parseConfig } from "../../../src/runtime";
import { configOf } from "../observation-fixture";

test("a valid configuration parses to itself", () => {
  const config = configOf({
    growthPools: { ipamPoolId: "ipam-pool-1", cidrs: ["100.64.64.0/18"], attachCidrs: ["100.64.64.0/18"] },
    nodeShape: { enis: 4, addressesPerEni: 15 },
  });
  expect(parseConfig(JSON.stringify(config))).toEqual(config);
});

test("growth space can be shared only", () => {
  const shared = { ipamPoolId: "ipam-pool-2", cidrs: ["100.96.0.0/12"] };
  const config = configOf({ growthPools: { cidrs: [], shared } });
  expect(parseConfig(JSON.stringify(config))).toEqual(config);
});

const policy = (change: object) => configOf({ policy: { ...configOf().policy, ...change } });
const space = (cidrs: string[], attachCidrs?: string[]) => configOf({ growthPools: { cidrs, attachCidrs } });

test.each<[string, string | undefined, string]>([
  ["a missing variable", undefined, "SUBNET_AUTOSCALER_CONFIG: not set"],
  ["invalid JSON", "{", "SUBNET_AUTOSCALER_CONFIG: not valid JSON"],
  [
    "a floor out of bounds",
    JSON.stringify(policy({ floorPrefixes: 0 })),
    "SUBNET_AUTOSCALER_CONFIG.policy.floorPrefixes: expected a whole number from 1 to 4096",
  ],
  [
    "an unknown key",
    JSON.stringify(policy({ floor: 3 })),
    "SUBNET_AUTOSCALER_CONFIG.policy: expected no key floor",
  ],
  [
    "a CIDR with host bits",
    JSON.stringify(space(["100.64.64.1/18"])),
    "SUBNET_AUTOSCALER_CONFIG.growthPools.cidrs[0]: expected a canonical IPv4 CIDR, /16 to /28",
  ],
  [
    "overlapping CIDRs",
    JSON.stringify(space(["100.64.64.0/18", "100.64.64.0/20"])),
    "100.64.64.0/20 overlaps 100.64.64.0/18; remove one of them",
  ],
  [
    "a CIDR that drains and is in use",
    JSON.stringify(configOf({ growthPools: { cidrs: ["100.64.64.0/18"], drainCidrs: ["100.64.64.0/18"] } })),
    "100.64.64.0/18 overlaps 100.64.64.0/18; remove one of them",
  ],
  [
    "shared growth space that is also the cluster's own",
    JSON.stringify(
      configOf({
        growthPools: {
          cidrs: ["100.64.64.0/18"],
          shared: { ipamPoolId: "ipam-pool-2", cidrs: ["100.64.0.0/12"] },
        },
      }),
    ),
    "100.64.0.0/12 overlaps 100.64.64.0/18; remove one of them",
  ],
  [
    "a shared growth pool without a CIDR",
    JSON.stringify(
      configOf({ growthPools: { cidrs: [], shared: { ipamPoolId: "ipam-pool-2", cidrs: [] } } }),
    ),
    "growthPools.shared.cidrs: expected at least one CIDR",
  ],
  ["no growth space", JSON.stringify(space([])), "growthPools.cidrs: expected at least one CIDR"],
  [
    "a CIDR to attach outside the growth space",
    JSON.stringify(space(["100.64.64.0/18"], ["100.65.0.0/18"])),
    "100.65.0.0/18 is not in cidrs; add it there",
  ],
  [
    "a CIDR to attach without a pool",
    JSON.stringify(space(["100.64.64.0/18"], ["100.64.64.0/18"])),
    "growthPools.ipamPoolId: not set, but attachCidrs are allocated from an IPAM pool; set its ID",
  ],
])("%s is rejected", (_, source, message) => {
  expect(() => parseConfig(source)).toThrow(message);
});
