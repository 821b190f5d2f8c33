import {
  AllocateIpamPoolCidrCommand,
  AssignPrivateIpAddressesCommand,
  type AssignPrivateIpAddressesCommandOutput,
  AssociateRouteTableCommand,
  AssociateVpcCidrBlockCommand,
  type AssociateVpcCidrBlockCommandOutput,
  AttachNetworkInterfaceCommand,
  CreateIpamCommand,
  type CreateIpamCommandOutput,
  CreateIpamPoolCommand,
  type CreateIpamPoolCommandOutput,
  CreateNetworkAclCommand,
  type CreateNetworkAclCommandOutput,
  CreateNetworkInterfaceCommand,
  type CreateNetworkInterfaceCommandOutput,
  CreateRouteTableCommand,
  type CreateRouteTableCommandOutput,
  CreateSubnetCommand,
  type CreateSubnetCommandOutput,
  CreateVpcCommand,
  type CreateVpcCommandOutput,
  DeleteNetworkInterfaceCommand,
  DescribeNetworkAclsCommand,
  type DescribeNetworkAclsCommandOutput,
  DetachNetworkInterfaceCommand,
  type AttachNetworkInterfaceCommandOutput,
  ProvisionIpamPoolCidrCommand,
  ReplaceNetworkAclAssociationCommand,
  UnassignPrivateIpAddressesCommand,
} from "@aws-sdk/client-ec2";
import { lt } from "semver";
import { type Faults, Store } from "@cluster-ipam/cloud-model";
import { DirectEc2, type Ec2Command } from "@cluster-ipam/cloud-model/endpoint";
import {
  type AutoscalerConfig,
  DEFAULT_POLICY,
  DEFAULT_QUOTAS,
  type Ec2Subnet,
  type GrowthPools,
  sdkEc2,
} from "@cluster-ipam/subnet-autoscaler/runtime";
import { ec2Client } from "@cluster-ipam/subnet-autoscaler/simulator";

/** AWS account of the VPC. */
export const ACCOUNT = "333333333333";
/** Region of the VPC. */
export const REGION = "eu-central-1";
/** Name of the cluster. */
export const CLUSTER = "prod-payments";
/** Availability zones of the cluster. */
export const ZONES = [`${REGION}a`, `${REGION}b`] as const;
const POOL_CIDR = "100.64.0.0/15";
/** Attached on day 0: four /26. */
export const GROWTH = "100.64.4.0/24";
/** Attached by the autoscaler when needed. */
export const ATTACHED_LATER = "100.65.0.0/24";
/** The growth pool that clusters share, of which nothing is attached on day 0. */
export const SHARED = "100.66.0.0/16";
const START = Date.parse("2026-11-24T00:00:00Z");
const MINUTE = 60_000;

/** Input of {@link Network.build}. */
export interface NetworkProps {
  /** Whether growth subnets are allocated from an IPAM planning pool, without CIDRs to attach. @default false */
  readonly planningPool?: boolean;
  /** Whether all growth space is drawn from a pool that clusters share. @default false */
  readonly sharedPool?: boolean;
  /** Release of the VPC CNI. @default a release that supports every tag */
  readonly cniVersion?: string;
  /** Whether the autoscaler knows that a node has a single interface for pods. @default false */
  readonly knowsNodeShape?: boolean;
}

/** A node has a first interface, without pods, and this one. */
const NODE_SHAPE = { enis: 2, addressesPerEni: 15 };

interface Node {
  readonly instance: string;
  readonly subnetId: string;
  readonly interfaceId: string;
  readonly attachmentId: string;
}

/** A small cluster's network in a modeled cloud, with nodes that join and leave. Its own calls have no faults. */
export class Network {
  /** The cloud's clock, epoch milliseconds. */
  time = START;
  /** EC2 without faults and permission checks. */
  readonly ec2;
  readonly config: AutoscalerConfig;
  /** Subnets that a node group names, although it has no node there. */
  namedSubnets: readonly string[] = [];
  /** Quotas of the account during runs. @default those of a new account */
  quotas: NonNullable<Faults["quotas"]> = {};
  private readonly nodes = new Map<string, Node[]>();
  private instances = 0;

  /** Pool of the VPC's CIDRs. */
  readonly poolId: string;
  readonly vpcId: string;
  /** Pool of {@link SHARED}; undefined when the growth space is the cluster's own. */
  readonly sharedPoolId: string | undefined;
  readonly cniVersion: string;

  private constructor(
    readonly cloud: DirectEc2,
    readonly store: Store,
    ids: DayZero,
    { cniVersion = "v1.23.1", knowsNodeShape = false }: NetworkProps,
  ) {
    this.ec2 = sdkEc2(ec2Client((command) => cloud.send(command)));
    this.poolId = ids.poolId;
    this.vpcId = ids.vpcId;
    this.sharedPoolId = ids.sharedPoolId;
    this.cniVersion = cniVersion;
    this.config = { ...configOf(ids), ...(knowsNodeShape && { nodeShape: NODE_SHAPE }) };
  }

  /** The network on day 0. */
  static async build(props: NetworkProps = {}): Promise<Network> {
    let network: Network | undefined = undefined;
    const now = (): number => (network as Network | undefined)?.time ?? START;
    const store = new Store({ now });
    const cloud = new DirectEc2({ store, region: REGION, account: ACCOUNT });
    network = new Network(cloud, store, await dayZero(cloud, props), props);
    return network;
  }

  pass(minutes: number): void {
    this.time += minutes * MINUTE;
  }

  /** Adds a node that takes a prefix from an open subnet. @returns whether it got one */
  async join(zone: string): Promise<boolean> {
    const open = (await this.ec2.subnets(this.vpcId))
      .filter(({ tags, zone: where }) => where === zone && this.isOpen(tags))
      .sort((a, b) => b.availableAddresses - a.availableAddresses);
    for (const { id } of open)
      try {
        this.nodesIn(zone).push(await this.attach(id));
        return true;
      } catch (error) {
        if (!/^Insufficient/.test((error as Error).name)) throw error;
      }
    return false;
  }

  private async attach(SubnetId: string): Promise<Node> {
    const request = new CreateNetworkInterfaceCommand({ SubnetId, Ipv4PrefixCount: 1 });
    const { NetworkInterface: eni } = await this.send<CreateNetworkInterfaceCommandOutput>(request);
    const interfaceId = eni!.NetworkInterfaceId!;
    const instance = `i-${String(++this.instances).padStart(17, "0")}`;
    const { AttachmentId } = await this.send<AttachNetworkInterfaceCommandOutput>(
      new AttachNetworkInterfaceCommand({
        NetworkInterfaceId: interfaceId,
        InstanceId: instance,
        DeviceIndex: 1,
      }),
    );
    return { instance, subnetId: SubnetId, interfaceId, attachmentId: AttachmentId! };
  }

  /** Gives each node of a zone another prefix for more pods, if its subnet has one. */
  async morePods(zone: string): Promise<void> {
    for (const node of this.nodesIn(zone)) await this.assign(node);
  }

  /** IDs of the nodes with an interface in some subnets. */
  nodesOn(subnets: ReadonlySet<string>): readonly string[] {
    return ZONES.flatMap((zone) => this.nodesIn(zone))
      .filter(({ subnetId }) => subnets.has(subnetId))
      .map(({ instance }) => instance);
  }

  /** IDs of the nodes of a zone that can get no prefix for more pods, whatever subnets are added. */
  async strandedNodes(zone: string): Promise<readonly string[]> {
    const stranded: string[] = [];
    for (const node of this.nodesIn(zone)) {
      const prefix = await this.assign(node);
      if (prefix === undefined) stranded.push(node.instance);
      else
        await this.send(
          new UnassignPrivateIpAddressesCommand({
            NetworkInterfaceId: node.interfaceId,
            Ipv4Prefixes: [prefix],
          }),
        );
    }
    return stranded.sort();
  }

  private async assign({ interfaceId }: Node): Promise<string | undefined> {
    const request = new AssignPrivateIpAddressesCommand({
      NetworkInterfaceId: interfaceId,
      Ipv4PrefixCount: 1,
    });
    try {
      const { AssignedIpv4Prefixes } = await this.send<AssignPrivateIpAddressesCommandOutput>(request);
      return AssignedIpv4Prefixes![0]!.Ipv4Prefix!;
    } catch (error) {
      if (!/^Insufficient/.test((error as Error).name)) throw error;
      return undefined;
    }
  }

  /** Removes the youngest nodes of a zone. */
  async leave(zone: string, nodes = Infinity): Promise<void> {
    const here = this.nodesIn(zone);
    for (let gone = 0; gone < nodes && here.length > 0; gone++) {
      const { interfaceId, attachmentId } = here.pop()!;
      await this.send(new DetachNetworkInterfaceCommand({ AttachmentId: attachmentId }));
      await this.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId: interfaceId }));
    }
  }

  /** Allocates to someone else the CIDR that the autoscaler would attach, unless it is allocated. */
  async takePoolCidr(): Promise<void> {
    const taken = await this.ec2.poolAllocations(this.poolId);
    if (taken.some(({ cidr }) => cidr === ATTACHED_LATER)) return;
    await this.send(new AllocateIpamPoolCidrCommand({ IpamPoolId: this.poolId, Cidr: ATTACHED_LATER }));
  }

  send<Output extends object>(command: Ec2Command): Promise<Output> {
    return this.cloud.send<Output>(command);
  }

  /** The growth subnets, by their tags. */
  async growthSubnets(): Promise<readonly Ec2Subnet[]> {
    return (await this.ec2.subnets(this.vpcId)).filter(
      ({ tags }) => tags["cluster-ipam/autoscaler"] === CLUSTER,
    );
  }

  /** Whether the CNI takes prefixes from a subnet with these tags. */
  isOpen(tags: Readonly<Record<string, string>>): boolean {
    const value = tags["kubernetes.io/role/cni"];
    if (lt(this.cniVersion, "1.22.0")) return value !== undefined;
    return !["", "0", undefined].includes(value);
  }

  private nodesIn(zone: string): Node[] {
    let nodes = this.nodes.get(zone);
    if (!nodes) this.nodes.set(zone, (nodes = []));
    return nodes;
  }
}

interface DayZero {
  readonly poolId: string;
  readonly vpcId: string;
  readonly planningPoolId?: string | undefined;
  readonly sharedPoolId?: string | undefined;
}

function growthPoolsOf({ poolId, planningPoolId, sharedPoolId }: DayZero): GrowthPools {
  if (sharedPoolId !== undefined) return { cidrs: [], shared: { ipamPoolId: sharedPoolId, cidrs: [SHARED] } };
  return planningPoolId === undefined
    ? { ipamPoolId: poolId, cidrs: [GROWTH, ATTACHED_LATER], attachCidrs: [ATTACHED_LATER] }
    : { ipamPoolId: poolId, cidrs: [GROWTH] };
}

function configOf(ids: DayZero): AutoscalerConfig {
  return {
    cluster: CLUSTER,
    region: REGION,
    vpcId: ids.vpcId,
    growthPools: growthPoolsOf(ids),
    zones: ZONES.map((zone) => ({ zone })),
    policy: {
      ...DEFAULT_POLICY,
      floorPrefixes: 2,
      leadTimeMinutes: 1,
      netmaskLengths: [26],
      coolDownMinutes: 2,
      reclaim: { emptyMinutes: 10, quarantineMinutes: 5 },
      planningPoolId: ids.planningPoolId,
    },
    quotas: DEFAULT_QUOTAS,
    mode: "act",
    eventBusName: "default",
    metricNamespace: "SubnetAutoscaler",
  };
}

/** Deploys what the stacks of the organization and the network deploy. */
async function dayZero(
  cloud: DirectEc2,
  { planningPool = false, sharedPool = false }: NetworkProps,
): Promise<DayZero> {
  const send = <Output extends object>(command: Ec2Command) => cloud.send<Output>(command);
  const { Ipam } = await send<CreateIpamCommandOutput>(
    new CreateIpamCommand({ OperatingRegions: [{ RegionName: REGION }] }),
  );
  const pool = { IpamScopeId: Ipam!.PrivateDefaultScopeId, AddressFamily: "ipv4", Locale: REGION } as const;
  const { IpamPool } = await send<CreateIpamPoolCommandOutput>(new CreateIpamPoolCommand(pool));
  const poolId = IpamPool!.IpamPoolId!;
  await send(new ProvisionIpamPoolCidrCommand({ IpamPoolId: poolId, Cidr: POOL_CIDR }));

  const { Vpc } = await send<CreateVpcCommandOutput>(new CreateVpcCommand({ CidrBlock: "10.10.0.0/20" }));
  const vpcId = Vpc!.VpcId!;
  for (const CidrBlock of ["100.64.0.0/24", ...(sharedPool ? [] : [GROWTH])])
    await send<AssociateVpcCidrBlockCommandOutput>(
      new AssociateVpcCidrBlockCommand({ VpcId: vpcId, CidrBlock, Ipv4IpamPoolId: poolId }),
    );
  await podSubnets(cloud, vpcId);
  if (sharedPool) {
    const shared = await send<CreateIpamPoolCommandOutput>(new CreateIpamPoolCommand(pool));
    const sharedPoolId = shared.IpamPool!.IpamPoolId!;
    await send(new ProvisionIpamPoolCidrCommand({ IpamPoolId: sharedPoolId, Cidr: SHARED }));
    return { poolId, vpcId, sharedPoolId };
  }
  if (!planningPool) return { poolId, vpcId };

  const source = {
    ResourceId: vpcId,
    ResourceOwner: ACCOUNT,
    ResourceRegion: REGION,
    ResourceType: "vpc",
  } as const;
  const planning = await send<CreateIpamPoolCommandOutput>(
    new CreateIpamPoolCommand({ ...pool, SourceIpamPoolId: poolId, SourceResource: source }),
  );
  const planningPoolId = planning.IpamPool!.IpamPoolId!;
  await send(new ProvisionIpamPoolCidrCommand({ IpamPoolId: planningPoolId, Cidr: GROWTH }));
  return { poolId, vpcId, planningPoolId };
}

/** Creates a pod subnet with six usable prefixes per zone, with its own route table and a shared network ACL. */
async function podSubnets(cloud: DirectEc2, VpcId: string): Promise<void> {
  const { NetworkAcl } = await cloud.send<CreateNetworkAclCommandOutput>(
    new CreateNetworkAclCommand({ VpcId }),
  );
  for (const [index, AvailabilityZone] of ZONES.entries()) {
    const tags = {
      "cluster-ipam/cluster": CLUSTER,
      "cluster-ipam/role": "pod",
      "kubernetes.io/role/cni": "1",
    };
    const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
    const { Subnet } = await cloud.send<CreateSubnetCommandOutput>(
      new CreateSubnetCommand({
        VpcId,
        CidrBlock: `100.64.0.${index * 128}/25`,
        AvailabilityZone,
        TagSpecifications: [{ ResourceType: "subnet", Tags }],
      }),
    );
    const SubnetId = Subnet!.SubnetId!;
    const { RouteTable } = await cloud.send<CreateRouteTableCommandOutput>(
      new CreateRouteTableCommand({ VpcId }),
    );
    await cloud.send(new AssociateRouteTableCommand({ RouteTableId: RouteTable!.RouteTableId, SubnetId }));
    const { NetworkAcls } = await cloud.send<DescribeNetworkAclsCommandOutput>(
      new DescribeNetworkAclsCommand({ Filters: [{ Name: "association.subnet-id", Values: [SubnetId] }] }),
    );
    const association = NetworkAcls![0]!.Associations!.find((entry) => entry.SubnetId === SubnetId)!;
    await cloud.send(
      new ReplaceNetworkAclAssociationCommand({
        AssociationId: association.NetworkAclAssociationId,
        NetworkAclId: NetworkAcl!.NetworkAclId,
      }),
    );
  }
}
