import {
  AssociateRouteTableCommand,
  AssociateVpcCidrBlockCommand,
  CreateIpamCommand,
  type CreateIpamCommandOutput,
  CreateIpamPoolCommand,
  type CreateIpamPoolCommandOutput,
  CreateRouteTableCommand,
  type CreateRouteTableCommandOutput,
  CreateSubnetCidrReservationCommand,
  CreateSubnetCommand,
  type CreateSubnetCommandOutput,
  CreateVpcCommand,
  type CreateVpcCommandOutput,
  DescribeSubnetsCommand,
  type DescribeSubnetsCommandOutput,
  DescribeVpcsCommand,
  type DescribeVpcsCommandOutput,
  ProvisionIpamPoolCidrCommand,
} from "@aws-sdk/client-ec2";
import { type EksClusterAddresses, type ZoneSubnet } from "@cluster-ipam/address-plan";
import { prefixReservations, vpcSizedBlocks } from "@cluster-ipam/address-plan/cloud";
import { Prefix } from "@cluster-ipam/address-plan/prefix";
import { growthPools, type GrowthSpace } from "../plan/growth-space";
import { type GrowthPools } from "../runtime/config/config";
import { CLUSTER_TAG, CNI_TAG, ROLE_TAG } from "../runtime/network/tags";
import { type Send, type SimulatedNetwork } from "./simulated-network";

/** Input of {@link PlannedNetwork.build}. */
export interface PlannedNetworkProps {
  readonly send: Send;
  readonly addresses: EksClusterAddresses;
  readonly growth: GrowthSpace;
}

/** Addresses that a cluster takes. */
export interface TakenAddresses {
  /** Those of the planned node and pod subnets, and of the growth CIDRs that are attached to the VPC. */
  readonly all: number;
  /** Those of all subnets. */
  readonly inSubnets: number;
}

type SubnetTags = Readonly<Record<string, string>>;

/**
 * The VPC that the network stack makes of a cluster's addresses, with the IPAM pools of its growth space. Public and
 * control-plane subnets are left out: no pod and no node takes addresses there.
 */
export class PlannedNetwork implements SimulatedNetwork {
  private readonly nodeSubnets = new Map<string, string[]>();
  private readonly routeTables = new Map<string, string>();

  private constructor(
    private readonly send: Send,
    private readonly addresses: EksClusterAddresses,
    readonly vpcId: string,
    /** The growth space of the autoscaler's configuration. */
    readonly growthPools: GrowthPools,
  ) {}

  static async build({ send, addresses, growth }: PlannedNetworkProps): Promise<PlannedNetwork> {
    const { Ipam } = await send<CreateIpamCommandOutput>(
      new CreateIpamCommand({ OperatingRegions: [{ RegionName: addresses.region }] }),
    );
    const scope = Ipam!.PrivateDefaultScopeId!;
    const pool = (cidrs: readonly string[]) => createPool(send, addresses.region, scope, cidrs);
    const own = [...growth.inUse, ...growth.draining].map(String);
    const ownPool = own.length > 0 ? await pool(own) : undefined;
    const { shared } = growth;
    const sharedPool = shared && (await pool([...shared.inUse, ...shared.draining].map(String)));
    const { Vpc } = await send<CreateVpcCommandOutput>(new CreateVpcCommand({ CidrBlock: addresses.vpc }));
    const pools = growthPools(growth, { own: ownPool, shared: sharedPool });
    const network = new PlannedNetwork(send, addresses, Vpc!.VpcId!, pools);
    const { nodeCidrs, podCidrs } = addresses;
    await network.attach([...nodeCidrs, ...podCidrs].map(({ cidr }) => cidr));
    await network.attach(own, ownPool);
    for (const zone of addresses.zones) await network.addZone(zone);
    return network;
  }

  nodeSubnetsOf(zone: string): readonly string[] {
    return this.nodeSubnets.get(zone) ?? [];
  }

  /** Reads how many addresses nobody else can use. */
  async takenAddresses(): Promise<TakenAddresses> {
    const { Vpcs } = await this.send<DescribeVpcsCommandOutput>(
      new DescribeVpcsCommand({ VpcIds: [this.vpcId] }),
    );
    const { Subnets = [] } = await this.send<DescribeSubnetsCommandOutput>(
      new DescribeSubnetsCommand({ Filters: [{ Name: "vpc-id", Values: [this.vpcId] }] }),
    );
    const { vpc, nodeCidrs, podCidrs } = this.addresses;
    const planned = [vpc, ...[...nodeCidrs, ...podCidrs].map(({ cidr }) => cidr)].map((cidr) =>
      Prefix.parse(cidr),
    );
    const isPlanned = (cidr: Prefix): boolean => planned.some((block) => block.contains(cidr));
    const attached = Vpcs![0]!
      .CidrBlockAssociationSet!.filter(({ CidrBlockState }) => CidrBlockState?.State === "associated")
      .map(({ CidrBlock }) => Prefix.parse(CidrBlock!));
    const subnets = Subnets.map(({ CidrBlock }) => Prefix.parse(CidrBlock!));
    const size = (cidrs: readonly Prefix[]): number =>
      cidrs.reduce((sum, cidr) => sum + Number(cidr.size), 0);
    return {
      all: size([...attached.filter((cidr) => !isPlanned(cidr)), ...subnets.filter(isPlanned)]),
      inSubnets: size(subnets),
    };
  }

  private async attach(cidrs: readonly string[], Ipv4IpamPoolId?: string): Promise<void> {
    for (const cidr of cidrs)
      for (const CidrBlock of vpcSizedBlocks(cidr))
        await this.send(new AssociateVpcCidrBlockCommand({ VpcId: this.vpcId, CidrBlock, Ipv4IpamPoolId }));
  }

  private async addZone(zone: string): Promise<void> {
    const { nodes, pods } = this.addresses;
    const { RouteTable } = await this.send<CreateRouteTableCommandOutput>(
      new CreateRouteTableCommand({ VpcId: this.vpcId }),
    );
    this.routeTables.set(zone, RouteTable!.RouteTableId!);
    const inZone = (sets: typeof nodes): readonly ZoneSubnet[] =>
      sets.flatMap(({ subnets }) => subnets).filter((subnet) => subnet.zone === zone);
    const ids: string[] = [];
    for (const subnet of inZone(nodes)) {
      const id = await this.addSubnet(subnet, { [ROLE_TAG]: "node", [CNI_TAG]: "0" });
      if (subnet.state !== "draining") ids.push(id);
    }
    this.nodeSubnets.set(zone, ids);
    for (const subnet of inZone(pods)) await this.addPodSubnet(subnet);
  }

  /** All but its first sixteenth is reserved for prefixes, as the network stack does. */
  private async addPodSubnet(subnet: ZoneSubnet): Promise<void> {
    const SubnetId = await this.addSubnet(subnet, {
      [ROLE_TAG]: "pod",
      [CNI_TAG]: subnet.state === "draining" ? "0" : "1",
    });
    for (const block of prefixReservations(Prefix.parse(subnet.cidr)))
      await this.send(
        new CreateSubnetCidrReservationCommand({ SubnetId, Cidr: String(block), ReservationType: "prefix" }),
      );
  }

  private async addSubnet({ zone, cidr }: ZoneSubnet, tags: SubnetTags): Promise<string> {
    const Tags = Object.entries({ [CLUSTER_TAG]: this.addresses.name, ...tags }).map(([Key, Value]) => ({
      Key,
      Value,
    }));
    const { Subnet } = await this.send<CreateSubnetCommandOutput>(
      new CreateSubnetCommand({
        VpcId: this.vpcId,
        CidrBlock: cidr,
        AvailabilityZone: zone,
        TagSpecifications: [{ ResourceType: "subnet", Tags }],
      }),
    );
    const SubnetId = Subnet!.SubnetId!;
    const RouteTableId = this.routeTables.get(zone)!;
    await this.send(new AssociateRouteTableCommand({ RouteTableId, SubnetId }));
    return SubnetId;
  }
}

/** Creates an IPAM pool with these CIDRs. @returns its ID */
async function createPool(
  send: Send,
  Locale: string,
  IpamScopeId: string,
  cidrs: readonly string[],
): Promise<string> {
  const { IpamPool } = await send<CreateIpamPoolCommandOutput>(
    new CreateIpamPoolCommand({ IpamScopeId, AddressFamily: "ipv4", Locale }),
  );
  const IpamPoolId = IpamPool!.IpamPoolId!;
  for (const Cidr of cidrs) await send(new ProvisionIpamPoolCidrCommand({ IpamPoolId, Cidr }));
  return IpamPoolId;
}
