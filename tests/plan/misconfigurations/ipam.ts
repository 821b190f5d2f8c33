import { type IpamPoolPlan } from "@cluster-ipam/address-plan";
import { Subnet } from "@cluster-ipam/blueprint-core/aws";
import { BlueprintStack } from "@cluster-ipam/blueprint-core";
import {
  AwsIpam,
  AwsIpamPools,
  type AwsIpamPoolsProps,
  type AwsIpamProps,
  PlanningPool,
} from "@cluster-ipam/ipam/aws";
import { composeNetwork, networkSettings } from "../../../apps/network/src/network";
import { readEnvironment } from "../../../apps/network/src/environment";
import { addresses, app, type Misconfigurations } from "./misconfiguration";

const pools = addresses.awsPools();
const prod = "aws/eu-central-1/prod";
const eks = `${prod}/eks`;
const eksPath = "address-space/pools/aws--eu-central-1--prod--eks";

/** The network's IPAM and pools with some props replaced. */
export const ipam = (props: Partial<AwsIpamProps>, tree: Partial<AwsIpamPoolsProps> = {}) => {
  const stack = new BlueprintStack(app(), "address-space");
  const scope = new AwsIpam(stack, "ipam", {
    homeRegion: "eu-central-1",
    operatingRegions: ["eu-central-1", "eu-west-1"],
    ...props,
  });
  return new AwsIpamPools(stack, "pools", { ipam: scope, pools, ...tree });
};
const pool = (key: string, change: Partial<IpamPoolPlan>) =>
  ipam({}, { pools: pools.map((plan) => (plan.key === key ? { ...plan, ...change } : plan)) });
const rules = pools.find(({ key }) => key === eks)!.rules!;
const added = (index: number): IpamPoolPlan => ({
  ...{ key: `lab${index}`, parent: index ? `lab${index - 1}` : undefined },
  ...{ cidrs: ["192.168.0.0/16"], description: "lab", reservations: [] },
});

/** Mistakes in the organization's IPAM. */
export const wrongIpams: Misconfigurations = {
  "a pool outside its parent": {
    trap: "ipam",
    wrong: () => pool(eks, { cidrs: ["10.212.0.0/16"] }),
    error: {
      path: eksPath,
      value: `10.212.0.0/16, which is outside its parent ${prod}`,
      fix: "use a block inside",
    },
  },
  "a pool with another locale than its parent's": {
    trap: "ipam",
    wrong: () => pool(eks, { locale: "eu-west-1" }),
    error: { path: eksPath, value: "locale eu-west-1", fix: "use the same locale" },
  },
  "rules with min above max": {
    trap: "ipam",
    wrong: () => pool(eks, { rules: { ...rules, minNetmaskLength: 28, maxNetmaskLength: 16 } }),
    error: { path: eksPath, value: "min netmask length 28", fix: "swap them" },
  },
  "a default outside the rules": {
    trap: "ipam",
    wrong: () => pool(eks, { rules: { ...rules, defaultNetmaskLength: 29 } }),
    error: { path: eksPath, value: "default netmask length 29", fix: "outside its rules; use " },
  },
  "a pool in space of Google Cloud": {
    trap: "ipam",
    wrong: () => pool("aws/eu-west-1", { cidrs: ["10.128.0.0/12"] }),
    error: {
      path: "address-space/pools/aws--eu-west-1",
      value: "10.128.0.0/12",
      fix: "use another block or remove the reservation",
    },
  },
  "siblings that overlap": {
    trap: "ipam",
    wrong: () => pool("aws/eu-west-1", { cidrs: ["10.208.0.0/12"] }),
    error: { path: "address-space/pools", value: "10.208.0.0/12", fix: "move one of them to another block" },
  },
  "eleven levels of pools": {
    trap: "ipam",
    wrong: () => ipam({}, { pools: Array.from({ length: 11 }, (_, index) => added(index)) }),
    error: { path: "address-space/pools/lab10", value: "11 levels deep", fix: "remove levels above it" },
  },
  "more pools than the quota": {
    trap: "ipam",
    wrong: () => ipam({}, { poolsPerScope: 10 }),
    error: { path: "address-space/pools", value: "quota is 10", fix: "raise the quota" },
  },
  "private pools in the free tier": {
    trap: "ipam",
    wrong: () => ipam({ tier: "free" }),
    error: { path: "address-space/pools/primary", value: 'tier "free"', fix: 'use the tier "advanced"' },
  },
  "a Region in which the IPAM does not operate": {
    trap: "ipam",
    wrong: () => ipam({ operatingRegions: ["eu-central-1"] }),
    error: {
      path: "address-space/pools/aws--eu-west-1",
      value: "locale eu-west-1",
      fix: "add eu-west-1 to operatingRegions",
    },
  },
  "a home Region that is not a Region": {
    trap: "ipam",
    wrong: () =>
      composeNetwork(app(), addresses, readEnvironment({}, pools), {
        ...networkSettings,
        homeRegion: "eu-central",
      }),
    error: { path: "address-space", value: '"eu-central"', fix: "use a name like eu-west-1" },
  },
  "a share of a pool from which no VPC can allocate": {
    trap: "ipam",
    wrong: () => ipam({}, { shares: [{ pool: "primary", principals: ["333333333333"] }] }),
    error: {
      path: "address-space/pools/primary/share",
      value: "pool primary has no locale",
      fix: "share a pool with a locale",
    },
  },
  "a share with the organisation's root": {
    trap: "ipam",
    wrong: () =>
      ipam(
        {},
        { shares: [{ pool: eks, principals: ["arn:aws:organizations::1:root/o-exampleorg/r-exam"] }] },
      ),
    error: {
      path: `${eksPath}/share`,
      value: "root/o-exampleorg/r-exam",
      fix: "copy it from AWS Organizations",
    },
  },
  "a planning pool for part of a VPC's CIDR": {
    trap: "ipam",
    wrong: () => planningPool("10.208.0.0/24"),
    error: {
      path: "address-space/planning",
      value: "10.208.0.0/24",
      fix: "use exactly one CIDR of the VPC",
    },
  },
  "a subnet from IPAM that is too small": {
    trap: "ipam",
    wrong: () =>
      new Subnet(new BlueprintStack(app(), "prod-payments-network"), "pods", {
        vpcId: "vpc-0",
        ipv4IpamPoolId: "ipam-pool-0",
        ipv4NetmaskLength: 29,
      }),
    error: {
      path: "prod-payments-network/pods",
      value: "ipv4NetmaskLength 29",
      fix: "is out of bounds; use 16 to 28",
    },
  },
};

function planningPool(cidr: string): PlanningPool {
  const stack = new BlueprintStack(app(), "address-space");
  return new PlanningPool(stack, "planning", {
    ipam: {
      scopeId: "ipam-scope-0",
      homeRegion: "eu-central-1",
      operatingRegions: ["eu-central-1"],
      tier: "advanced",
    },
    key: "payments",
    sourcePoolId: "ipam-pool-0",
    vpc: {
      id: "vpc-0",
      owner: "333333333333",
      region: "eu-central-1",
      cidrs: ["10.208.0.0/23", "100.64.64.0/18"],
    },
    cidr,
  });
}
