import { DescribeVpcsCommand, type DescribeVpcsCommandOutput } from "@aws-sdk/client-ec2";
import { eksCapacity, Prefix } from "@cluster-ipam/address-plan";
import { Store } from "@cluster-ipam/cloud-model";
import { DirectEc2 } from "@cluster-ipam/cloud-model/endpoint";
import { DEFAULT_QUOTAS, type ScalingPolicy } from "@cluster-ipam/subnet-autoscaler/runtime";
import {
  type CniSettings,
  prefixDelegationEks,
  type Send,
  SimulatedAutoscaler,
  SimulatedCluster,
  VirtualClock,
} from "@cluster-ipam/subnet-autoscaler/simulator";
import { autoscalerConfig } from "./autoscaler-config";
import { FIRST_NODES, FORECAST_NODES, Operator, PODS_PER_NODE, type Setup, type ClusterModel } from "./setup";
import { ACCOUNT, REGION, SHARED_SPACE, SimulatedVpc, type VpcLayout, ZONES } from "./simulated-vpc";

/** Instance type of the EKS nodes. */
export const INSTANCE_TYPE = "m7i.2xlarge";
/** Netmask length of node subnets separate from pods: 123 nodes per zone. */
const NODE_LENGTH = 25;
/** Netmask length of subnets without a plan. */
export const UNPLANNED_LENGTH = 24;
/** The autoscaler's growth CIDRs; the first is attached on day 0. */
export const GROWTH_CIDRS = ["100.65.0.0/20", "100.65.16.0/20", "100.65.32.0/20"];
/** Changes to the autoscaler's default policy for a cluster of this size. */
export const POLICY: Partial<ScalingPolicy> = { floorPrefixes: 8, netmaskLengths: [23, 22] };

/** Name of the setup with a shared growth pool and its default lead. */
export const SHARED_SETUP_NAME = "EKS, prefix delegation, shared growth pool and this autoscaler";
/** The VPC's quota of IPv4 CIDRs with a shared growth pool: what AWS raises it to. */
export const SHARED_CIDRS_PER_VPC = 50;
/** Netmask length of the node subnets with a shared growth pool: 59 nodes per zone. */
export const SHARED_NODE_LENGTH = 26;
/** Netmask length of the pod subnets of day 0 with a shared growth pool. */
export const SHARED_POD_LENGTH = 23;
/** Changes to the autoscaler's default policy with a shared growth pool. */
export const SHARED_POLICY: Partial<ScalingPolicy> = {
  floorPrefixes: POLICY.floorPrefixes,
  leadTimeMinutes: 10,
  coolDownMinutes: 0,
  maxSubnets: 150,
  budgets: { subnetsPerDay: 150 },
  reclaim: { emptyMinutes: 5, quarantineMinutes: 5 },
};

const WARM_PREFIX: CniSettings = { prefixDelegation: true };
const WARM_ADDRESSES: CniSettings = { prefixDelegation: true, warmAddresses: 2 };
/** The setups with a shared growth pool: what their names add, the lead, and the settings of the VPC CNI. */
const SHARED_SETUPS = [
  { name: "", attachLeadMinutes: 60, cni: WARM_PREFIX },
  { name: ", CIDRs five hours ahead", attachLeadMinutes: 300, cni: WARM_PREFIX },
  { name: ", two warm addresses", attachLeadMinutes: 60, cni: WARM_ADDRESSES },
] as const;

interface EksSetupProps {
  readonly layout: VpcLayout;
  readonly cni: CniSettings;
  /** The autoscaler. @default none: an operator adds subnets */
  readonly autoscaler?: AutoscalerSetup;
}

interface AutoscalerSetup {
  /** The cluster's own growth CIDRs, those attached on day 0 first. */
  readonly cidrs: readonly string[];
  readonly policy: Partial<ScalingPolicy>;
  /** The VPC's quota of IPv4 CIDRs. @default 5 */
  readonly cidrsPerVpc?: number;
}

class EksModel implements ClusterModel {
  private readonly operators: readonly Operator[];

  private constructor(
    private readonly send: Send,
    private readonly clock: VirtualClock,
    private readonly vpc: SimulatedVpc,
    private readonly cluster: SimulatedCluster,
    private readonly autoscaler: SimulatedAutoscaler | undefined,
  ) {
    this.operators = ZONES.map((zone) => new Operator(() => vpc.addPodSubnet(zone)));
  }

  static async build({ layout, cni, autoscaler: setup }: EksSetupProps): Promise<EksModel> {
    const clock = new VirtualClock();
    const { cidrsPerVpc = DEFAULT_QUOTAS.cidrsPerVpc } = setup ?? {};
    const ec2 = new DirectEc2({
      store: new Store({ now: clock.now }),
      region: REGION,
      account: ACCOUNT,
      faults: { quotas: { cidrsPerVpc } },
    });
    const send: Send = (command) => ec2.send(command);
    const vpc = await SimulatedVpc.build(send, layout);
    const cluster = new SimulatedCluster({
      send,
      vpc,
      zones: ZONES,
      cni,
      instanceType: INSTANCE_TYPE,
      podsPerNode: PODS_PER_NODE,
    });
    const autoscaler =
      setup === undefined
        ? undefined
        : new SimulatedAutoscaler({
            send,
            eks: prefixDelegationEks(vpc.vpcId),
            config: autoscalerConfig({
              vpc,
              cidrs: setup.cidrs,
              attachCidrs: setup.cidrs.slice(layout.growth?.length ?? 0),
              policy: setup.policy,
              cidrsPerVpc,
            }),
            now: clock.now,
          });
    return new EksModel(send, clock, vpc, cluster, autoscaler);
  }

  async pass(minute: number, pods: number): Promise<void> {
    this.clock.minute = minute;
    await this.cluster.pass(minute, pods);
    await this.autoscaler?.run();
    for (const [index, zone] of ZONES.entries())
      await this.operators[index]!.observe(minute, this.cluster.pendingIn(zone));
  }

  get running(): number {
    return this.cluster.running;
  }

  get pending(): number {
    return this.cluster.pending;
  }

  get operations(): number {
    return this.operators.reduce((sum, { operations }) => sum + operations, 0);
  }

  async reserved(): Promise<number> {
    const { Vpcs } = await this.send<DescribeVpcsCommandOutput>(
      new DescribeVpcsCommand({ VpcIds: [this.vpc.vpcId] }),
    );
    return Vpcs![0]!
      .CidrBlockAssociationSet!.filter(
        ({ CidrBlock, CidrBlockState }) => CidrBlockState?.State === "associated" && isGrowth(CidrBlock!),
      )
      .reduce((sum, { CidrBlock }) => sum + Number(Prefix.parse(CidrBlock!).size), this.vpc.addresses);
  }
}

/** Whether a CIDR is growth space, of the cluster or of the shared pool. */
function isGrowth(cidr: string): boolean {
  return GROWTH_CIDRS.includes(cidr) || Prefix.parse(SHARED_SPACE).contains(Prefix.parse(cidr));
}

/** Netmask length of the smallest pod subnets for a number of nodes, by the address plan's arithmetic. */
export function plannedPodLength(mode: "standard" | "prefix-delegation", nodes = FORECAST_NODES): number {
  const demand = {
    nodes,
    pods: nodes * PODS_PER_NODE,
    podsPerNode: PODS_PER_NODE,
    growthPercent: 0,
  };
  const subnets = (space: string, length: number) =>
    ZONES.map((zone, index) => ({
      zone,
      cidr: String(Prefix.ipv4At(Number(Prefix.parse(space).first) + index * 2 ** (32 - length), length)),
    }));
  for (let length = 28; ; length--) {
    const { pods } = eksCapacity({
      name: "forecast",
      demand,
      instances: [INSTANCE_TYPE],
      mode,
      nodeSubnets: subnets("10.0.0.0/16", NODE_LENGTH),
      podSubnets: subnets("100.64.0.0/16", length),
    });
    if (pods >= demand.pods) return length;
  }
}

/** The setups on EKS. */
export const EKS_SETUPS: readonly Setup[] = [
  {
    name: "EKS, static subnets, nodes and pods share them",
    build: () =>
      EksModel.build({ layout: { nodeLength: UNPLANNED_LENGTH }, cni: { prefixDelegation: false } }),
  },
  {
    name: "EKS, secondary-IP mode, planned",
    build: () =>
      EksModel.build({
        layout: { nodeLength: NODE_LENGTH, podLength: plannedPodLength("standard") },
        cni: { prefixDelegation: false },
      }),
  },
  {
    name: "EKS, prefix delegation, planned",
    build: () =>
      EksModel.build({
        layout: { nodeLength: NODE_LENGTH, podLength: plannedPodLength("prefix-delegation") },
        cni: { prefixDelegation: true },
      }),
  },
  ...[30, 10].map((leadTimeMinutes) => ({
    name: `EKS, prefix delegation and this autoscaler, lead time ${leadTimeMinutes} minutes`,
    build: () =>
      EksModel.build({
        layout: {
          nodeLength: NODE_LENGTH,
          podLength: plannedPodLength("prefix-delegation", FIRST_NODES),
          growth: GROWTH_CIDRS.slice(0, 1),
        },
        cni: { prefixDelegation: true },
        autoscaler: { cidrs: GROWTH_CIDRS, policy: { ...POLICY, leadTimeMinutes } },
      }),
  })),
  ...SHARED_SETUPS.map(({ name, attachLeadMinutes, cni }) => ({
    name: `${SHARED_SETUP_NAME}${name}`,
    build: () =>
      EksModel.build({
        layout: {
          nodeLength: SHARED_NODE_LENGTH,
          podLength: SHARED_POD_LENGTH,
          reservePrefixes: true,
          sharedPool: true,
        },
        cni,
        autoscaler: {
          cidrs: [],
          policy: { ...SHARED_POLICY, attachLeadMinutes },
          cidrsPerVpc: SHARED_CIDRS_PER_VPC,
        },
      }),
  })),
];
