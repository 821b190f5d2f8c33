import { parseConfig } from "../../src/runtime";
import { configOf } from "./network";

test("a configuration comes back as it was written", () => {
  const config = configOf({
    growthPools: { ipamPoolId: "ipam-pool-1", cidrs: ["100.64.64.0/18"], attachCidrs: ["100.64.64.0/18"] },
    nodeShape: { enis: 4, addressesPerEni: 15 },
  });
  expect(parseConfig(JSON.stringify(config))).toEqual(config);
});

const policy = (change: object) => configOf({ policy: { ...configOf().policy, ...change } });
const space = (cidrs: string[], attachCidrs?: string[]) => configOf({ growthPools: { cidrs, attachCidrs } });

test.each<[string, string | undefined, string]>([
  ["no variable", undefined, "SUBNET_AUTOSCALER_CONFIG: it is not set"],
  ["no JSON", "{", "SUBNET_AUTOSCALER_CONFIG: it is no JSON"],
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
    "100.64.64.0/20 overlaps 100.64.64.0/18; leave one out",
  ],
  [
    "a CIDR to attach outside",
    JSON.stringify(space(["100.64.64.0/18"], ["100.65.0.0/18"])),
    "100.65.0.0/18 is not one of cidrs; add it there",
  ],
  [
    "a CIDR to attach without a pool",
    JSON.stringify(space(["100.64.64.0/18"], ["100.64.64.0/18"])),
    "attachCidrs come from an IPAM pool; name it",
  ],
])("%s is refused", (_, source, message) => {
  expect(() => parseConfig(source)).toThrow(message);
});
