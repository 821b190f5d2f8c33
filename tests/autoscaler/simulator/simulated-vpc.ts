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
  ProvisionIpamPoolCidrCommand,
} from "@aws-sdk/client-ec2";
import { Prefix, prefixReservations } from "@cluster-ipam/address-plan";
import { type Send, type SimulatedNetwork } from "@cluster-ipam/subnet-autoscaler/simulator";

/** AWS account of the VPC. */
export const ACCOUNT = "333333333333";
/** Region of the VPC. */
export const REGION = "eu-central-1";
/** Name of the cluster. */
export const CLUSTER = "prod-payments";
/** Availability zones of the cluster. */
export const ZONES = ["a", "b", "c"].map((letter) => `${REGION}${letter}`);

const NODE_SPACE = "10.0.0.0/16";
/** Pod subnets are allocated from it in order, those of day 0 first. */
const POD_SPACE = "100.64.0.0/16";
const POOL_SPACE = "100.64.0.0/10";
/** The growth pool that clusters share: its CIDRs are in no VPC until an autoscaler draws them. */
export const SHARED_SPACE = "100.96.0.0/16";

/** Subnets of a VPC on day 0. */
export interface VpcLayout {
  /** Netmask length of each zone's node subnet. */
  readonly nodeLength: number;
  /** Netmask length of each zone's pod subnet. @default none: pods live in the node subnets */
  readonly podLength?: number;
  /** Growth CIDRs attached on day 0. @default none */
  readonly growth?: readonly string[];
  /** Whether the pod subnets are reserved for prefixes, except for a part for single addresses. @default false */
  readonly reservePrefixes?: boolean;
  /** Whether there is a growth pool that clusters share. @default false */
  readonly sharedPool?: boolean;
}

/** A cluster's VPC with its IPAM pool and the resources that the network stack creates on day 0. */
export class SimulatedVpc implements SimulatedNetwork {
  private readonly nodeSubnets = new Map<string, string[]>();
  private readonly routeTables = new Map<string, string>();
  private podSubnets = 0;
  /** Total addresses of the subnets created here. */
  addresses = 0;

  private constructor(
    private readonly send: Send,
    private readonly layout: VpcLayout,
    readonly vpcId: string,
    readonly poolId: string,
    /** Pool of {@link SHARED_SPACE}; undefined when the layout has none. */
    readonly sharedPoolId: string | undefined,
  ) {}

  static async build(send: Send, layout: VpcLayout): Promise<SimulatedVpc> {
    const { Ipam } = await send<CreateIpamCommandOutput>(
      new CreateIpamCommand({ OperatingRegions: [{ RegionName: REGION }] }),
    );
    const scope = Ipam!.PrivateDefaultScopeId!;
    const IpamPoolId = await pool(send, scope, POOL_SPACE);
    const { Vpc } = await send<CreateVpcCommandOutput>(new CreateVpcCommand({ CidrBlock: NODE_SPACE }));
    const sharedPoolId =
      layout.sharedPool === true ? await pool(send, scope, SHARED_SPACE, IpamPoolId) : undefined;
    const vpc = new SimulatedVpc(send, layout, Vpc!.VpcId!, IpamPoolId, sharedPoolId);
    for (const CidrBlock of [POD_SPACE, ...(layout.growth ?? [])])
      await send(
        new AssociateVpcCidrBlockCommand({ VpcId: vpc.vpcId, CidrBlock, Ipv4IpamPoolId: IpamPoolId }),
      );
    for (const [index, zone] of ZONES.entries()) await vpc.addZone(zone, index);
    return vpc;
  }

  /** Subnets for the first interface of the nodes in a zone. */
  nodeSubnetsOf(zone: string): readonly string[] {
    return this.nodeSubnets.get(zone)!;
  }

  /** Adds a pod subnet of the same size as the existing ones; nodes use it too if they share the pod subnets. */
  async addPodSubnet(zone: string): Promise<void> {
    const { podLength, nodeLength } = this.layout;
    const length = podLength ?? nodeLength;
    const first = Number(Prefix.parse(POD_SPACE).first);
    const cidr = Prefix.ipv4At(first + this.podSubnets++ * 2 ** (32 - length), length);
    const tags = { "cluster-ipam/role": "pod", "kubernetes.io/role/cni": "1" };
    const id = await this.addSubnet(zone, cidr, tags);
    if (podLength === undefined) this.nodeSubnets.get(zone)!.push(id);
    if (this.layout.reservePrefixes === true)
      for (const block of prefixReservations(cidr))
        await this.send(
          new CreateSubnetCidrReservationCommand({
            SubnetId: id,
            Cidr: String(block),
            ReservationType: "prefix",
          }),
        );
  }

  private async addZone(zone: string, index: number): Promise<void> {
    const { nodeLength, podLength } = this.layout;
    const { RouteTable } = await this.send<CreateRouteTableCommandOutput>(
      new CreateRouteTableCommand({ VpcId: this.vpcId }),
    );
    this.routeTables.set(zone, RouteTable!.RouteTableId!);
    const first = Number(Prefix.parse(NODE_SPACE).first) + index * 2 ** (32 - nodeLength);
    const nodes = await this.addSubnet(zone, Prefix.ipv4At(first, nodeLength), {
      "cluster-ipam/role": "node",
      "kubernetes.io/role/cni": podLength === undefined ? "1" : "0",
    });
    this.nodeSubnets.set(zone, [nodes]);
    if (podLength !== undefined) await this.addPodSubnet(zone);
  }

  private async addSubnet(
    zone: string,
    cidr: Prefix,
    tags: Readonly<Record<string, string>>,
  ): Promise<string> {
    const Tags = Object.entries({ "cluster-ipam/cluster": CLUSTER, ...tags }).map(([Key, Value]) => ({
      Key,
      Value,
    }));
    const { Subnet } = await this.send<CreateSubnetCommandOutput>(
      new CreateSubnetCommand({
        VpcId: this.vpcId,
        CidrBlock: String(cidr),
        AvailabilityZone: zone,
        TagSpecifications: [{ ResourceType: "subnet", Tags }],
      }),
    );
    const SubnetId = Subnet!.SubnetId!;
    this.addresses += Number(cidr.size);
    await this.send(new AssociateRouteTableCommand({ RouteTableId: this.routeTables.get(zone)!, SubnetId }));
    return SubnetId;
  }
}

/** Creates an IPAM pool with this CIDR, which a source pool allocates. @returns its ID */
async function pool(send: Send, scope: string, Cidr: string, SourceIpamPoolId?: string): Promise<string> {
  const { IpamPool } = await send<CreateIpamPoolCommandOutput>(
    new CreateIpamPoolCommand({
      IpamScopeId: scope,
      AddressFamily: "ipv4",
      Locale: REGION,
      SourceIpamPoolId,
    }),
  );
  const IpamPoolId = IpamPool!.IpamPoolId!;
  await send(new ProvisionIpamPoolCidrCommand({ IpamPoolId, Cidr }));
  return IpamPoolId;
}
