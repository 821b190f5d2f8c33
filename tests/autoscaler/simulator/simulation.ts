import {
  DescribeSubnetsCommand,
  type DescribeSubnetsCommandOutput,
  DescribeVpcsCommand,
  type DescribeVpcsCommandOutput,
  GetIpamPoolAllocationsCommand,
  type GetIpamPoolAllocationsCommandOutput,
} from "@aws-sdk/client-ec2";
import { type Eks, type ScalingPolicy } from "@cluster-ipam/subnet-autoscaler/runtime";
import {
  type Send,
  SimulatedAutoscaler,
  SimulatedCluster,
  type VirtualClock,
} from "@cluster-ipam/subnet-autoscaler/simulator";
import { autoscalerConfig } from "./autoscaler-config";
import { CLUSTER, SimulatedVpc, ZONES } from "./simulated-vpc";
import { type Trace } from "./trace";

/** Growth CIDRs: the first is attached on day 0, the others when needed. */
export const GROWTH = ["100.65.0.0/16", "100.66.0.0/16", "100.67.0.0/16"];

/** Input of {@link Simulation.build}. */
export interface SimulationProps {
  readonly send: Send;
  readonly clock: VirtualClock;
  readonly eks: (vpcId: string) => Eks;
  /** Netmask length of each zone's pod subnet on day 0. */
  readonly podLength: number;
  readonly podsPerNode: number;
  readonly policy: Partial<ScalingPolicy>;
}

/** A cluster with prefix delegation and its autoscaler, which runs every minute. */
export class Simulation {
  /** Changes by the autoscaler, in order. */
  readonly changes: string[] = [];
  /** Highest number of nodes. */
  largest = 0;

  private constructor(
    private readonly props: SimulationProps,
    readonly cluster: SimulatedCluster,
    private readonly autoscaler: SimulatedAutoscaler,
    private readonly vpc: SimulatedVpc,
  ) {}

  static async build(props: SimulationProps): Promise<Simulation> {
    const { send, clock, eks, podLength, podsPerNode, policy } = props;
    const vpc = await SimulatedVpc.build(send, { nodeLength: 21, podLength, growth: GROWTH.slice(0, 1) });
    const cluster = new SimulatedCluster({
      send,
      vpc,
      zones: ZONES,
      cni: { prefixDelegation: true },
      instanceType: "m7i.2xlarge",
      podsPerNode,
    });
    const autoscaler = new SimulatedAutoscaler({
      send,
      eks: eks(vpc.vpcId),
      config: autoscalerConfig({ vpc, cidrs: GROWTH, attachCidrs: GROWTH.slice(1), policy }),
      now: clock.now,
    });
    return new Simulation(props, cluster, autoscaler, vpc);
  }

  /** Simulates a number of minutes. */
  async pass(minutes: number, pods: Trace): Promise<void> {
    const { clock } = this.props;
    for (const end = clock.minute + minutes; clock.minute < end; clock.minute++) {
      await this.cluster.pass(clock.minute, pods(clock.minute));
      this.largest = Math.max(this.largest, this.cluster.size);
      this.changes.push(...(await this.autoscaler.run()));
    }
  }

  /** CIDRs that the autoscaler has not reclaimed: subnets, allocations and VPC CIDRs. */
  async leftovers(): Promise<readonly string[]> {
    const { send } = this.props;
    const { Subnets = [] } = await send<DescribeSubnetsCommandOutput>(
      new DescribeSubnetsCommand({ Filters: [{ Name: "tag:cluster-ipam/autoscaler", Values: [CLUSTER] }] }),
    );
    const { IpamPoolAllocations = [] } = await send<GetIpamPoolAllocationsCommandOutput>(
      new GetIpamPoolAllocationsCommand({ IpamPoolId: this.vpc.poolId }),
    );
    const { Vpcs = [] } = await send<DescribeVpcsCommandOutput>(
      new DescribeVpcsCommand({ VpcIds: [this.vpc.vpcId] }),
    );
    const attached = Vpcs[0]!.CidrBlockAssociationSet!.filter(
      ({ CidrBlockState }) => CidrBlockState?.State === "associated",
    );
    const isManaged = (cidr: string): boolean => GROWTH.slice(1).includes(cidr);
    return [
      ...Subnets.map(({ CidrBlock }) => CidrBlock!),
      ...IpamPoolAllocations.map(({ Cidr }) => Cidr!).filter(isManaged),
      ...attached.map(({ CidrBlock }) => CidrBlock!).filter(isManaged),
    ];
  }
}
