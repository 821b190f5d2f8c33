import { DescribeVpcsCommand, type DescribeVpcsCommandOutput } from "@aws-sdk/client-ec2";
import { eksCapacity, Prefix } from "@cluster-ipam/address-plan";
import { Store } from "@cluster-ipam/cloud-model";
import { DirectEc2 } from "@cluster-ipam/cloud-model/endpoint";
import { type ScalingPolicy } from "@cluster-ipam/subnet-autoscaler/runtime";
import { FIRST_NODES, FORECAST_NODES, Operator, PODS_PER_NODE, type Setup, type ClusterModel } from "./setup";
import { prefixDelegationEks, SimulatedAutoscaler } from "./simulated-autoscaler";
import { SimulatedCluster } from "./simulated-cluster";
import { ACCOUNT, REGION, type Send, SimulatedVpc, type VpcLayout, ZONES } from "./simulated-vpc";
import { VirtualClock } from "./virtual-clock";

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

interface EksSetupProps {
  readonly layout: VpcLayout;
  readonly prefixDelegation: boolean;
  /** Lead time of the autoscaler, in minutes. @default none: an operator adds subnets */
  readonly leadTimeMinutes?: number;
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

  static async build({ layout, prefixDelegation, leadTimeMinutes }: EksSetupProps): Promise<EksModel> {
    const clock = new VirtualClock();
    const ec2 = new DirectEc2({ store: new Store({ now: clock.now }), region: REGION, account: ACCOUNT });
    const send: Send = (command) => ec2.send(command);
    const vpc = await SimulatedVpc.build(send, layout);
    const cluster = new SimulatedCluster({
      send,
      vpc,
      cni: { prefixDelegation },
      instanceType: INSTANCE_TYPE,
      podsPerNode: PODS_PER_NODE,
    });
    const autoscaler =
      leadTimeMinutes !== undefined
        ? new SimulatedAutoscaler({
            send,
            vpc,
            eks: prefixDelegationEks(vpc.vpcId),
            cidrs: GROWTH_CIDRS,
            attachCidrs: GROWTH_CIDRS.slice(1),
            now: clock.now,
            policy: { ...POLICY, leadTimeMinutes },
          })
        : undefined;
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
        ({ CidrBlock, CidrBlockState }) =>
          GROWTH_CIDRS.includes(CidrBlock!) && CidrBlockState?.State === "associated",
      )
      .reduce((sum, { CidrBlock }) => sum + Number(Prefix.parse(CidrBlock!).size), this.vpc.addresses);
  }
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
      instance: INSTANCE_TYPE,
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
    build: () => EksModel.build({ layout: { nodeLength: UNPLANNED_LENGTH }, prefixDelegation: false }),
  },
  {
    name: "EKS, secondary-IP mode, planned",
    build: () =>
      EksModel.build({
        layout: { nodeLength: NODE_LENGTH, podLength: plannedPodLength("standard") },
        prefixDelegation: false,
      }),
  },
  {
    name: "EKS, prefix delegation, planned",
    build: () =>
      EksModel.build({
        layout: { nodeLength: NODE_LENGTH, podLength: plannedPodLength("prefix-delegation") },
        prefixDelegation: true,
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
        prefixDelegation: true,
        leadTimeMinutes,
      }),
  })),
];
