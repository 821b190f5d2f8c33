import { SubnetAutoscalerStack, type SubnetAutoscalerStackProps } from "@cluster-ipam/subnet-autoscaler";
import { readEnvironment } from "../../../apps/dev/src/environment";
import { cluster, network } from "./eks";
import { addresses, app, type Misconfigurations } from "./misconfiguration";

/** prod's autoscaler with changed options. */
export const autoscaler = (props: Partial<SubnetAutoscalerStackProps>): SubnetAutoscalerStack =>
  new SubnetAutoscalerStack(app(), "prod-payments-autoscaler", {
    contract: cluster({}).contract,
    leadTimeMinutes: 30,
    maxSubnets: 24,
    ...props,
  });

const payments = addresses.eks("prod-payments");
const sharing = {
  ...payments,
  sharedGrowth: [
    { name: "shared-growth-pods", cidr: "100.66.0.0/16", pool: "aws/eu-central-1/prod/growth-pods" },
  ],
};
const path = "prod-payments-autoscaler/autoscaler";

/** Misconfigurations of a subnet autoscaler. */
export const wrongSubnetAutoscalers: Misconfigurations = {
  "a cluster without growth space": {
    trap: "plan",
    wrong: () =>
      autoscaler({
        contract: cluster({}, network({ addresses: { ...payments, growth: [], sharedGrowth: [] } })).contract,
      }),
    error: { path, value: "growthPercent 0", fix: "set one of them and run npm run addresses" },
  },
  "a cluster with custom networking": {
    trap: "aws",
    wrong: () => autoscaler({ contract: cluster({ cni: { customNetworking: true } }).contract }),
    error: { path, value: "prod-payments uses custom networking", fix: "remove cni.customNetworking" },
  },
  "a cluster without prefix delegation": {
    trap: "aws",
    wrong: () =>
      autoscaler({
        contract: cluster({ cni: { prefixDelegation: false } }, network({ prefixReservations: false }))
          .contract,
      }),
    error: { path, value: "does not use prefix delegation", fix: "remove cni.prefixDelegation" },
  },
  "more subnets than EC2 allows a VPC": {
    trap: "aws",
    wrong: () => autoscaler({ maxSubnets: 200 }),
    error: { path, value: "maxSubnets is 200", fix: "use a whole number from 1 to 188" },
  },
  "growth subnets larger than the growth space": {
    trap: "plan",
    wrong: () => autoscaler({ netmaskLengths: [16] }),
    error: { path, value: "netmaskLengths has 16", fix: "fits in the growth space 100.64.0.0/18" },
  },
  "growth subnets without a usable prefix": {
    trap: "aws",
    wrong: () => autoscaler({ netmaskLengths: [22, 28] }),
    error: { path, value: "netmaskLengths has 28", fix: "has usable /28 prefixes" },
  },
  "a lead time in seconds": {
    trap: "plan",
    wrong: () => autoscaler({ leadTimeMinutes: 1800 }),
    error: { path, value: "leadTimeMinutes is 1800", fix: "use a whole number from 1 to 1440" },
  },
  "growth CIDRs of another cluster": {
    trap: "ipam",
    wrong: () => network({ attachCidrs: ["100.64.64.0/20"] }),
    error: {
      path: "prod-payments-network/network",
      value: "100.64.64.0/20, which overlaps 100.64.64.0/18",
      fix: "use another block of aws/eu-central-1/prod/eks-pods",
    },
  },
  "a growth pool, and no other growth, for a VPC whose quota of CIDRs is used up": {
    trap: "aws",
    wrong: () =>
      autoscaler({
        contract: cluster({}, network({ addresses: { ...sharing, growth: [], vpcCidrQuota: 2 } })).contract,
      }),
    error: {
      path,
      value: "has 2 CIDRs and a quota of 2",
      fix: "set clusters.prod-payments.vpcCidrQuota in addresses.yaml",
    },
  },
  "a planning pool, which allocates nothing in CIDRs of the growth pool": {
    trap: "ipam",
    wrong: () =>
      autoscaler({
        contract: cluster({}, network({ addresses: sharing })).contract,
        planningPoolId: "ipam-pool-0a1b2c3d",
      }),
    error: { path, value: "planningPoolId ipam-pool-0a1b2c3d", fix: "set sharedGrowth: false" },
  },
  "an alarm topic in another Region": {
    trap: "aws",
    wrong: () => autoscaler({ alarmTopicArns: ["arn:aws:sns:eu-west-1:333333333333:on-call"] }),
    error: {
      path,
      value: "arn:aws:sns:eu-west-1:333333333333:on-call",
      fix: "use arn:aws:sns:eu-central-1:<account>:<topic>",
    },
  },
  "an unknown mode": {
    trap: "plan",
    wrong: () => readEnvironment({ DEV_SUBNET_AUTOSCALER: "dryrun" }),
    error: { path: "DEV_SUBNET_AUTOSCALER", value: '"dryrun"', fix: "use act, approve, dry-run or off" },
  },
};
