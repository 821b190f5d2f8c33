import { ADDRESSES_PER_PREFIX } from "@cluster-ipam/address-plan/cloud";
import { type Ec2, type Ec2Interface, type Ec2Reservation, type Ec2Subnet } from "./ec2";
import { type Eks } from "./eks";
import { forEachConcurrent } from "./for-each-concurrent";
import { addressesIn, readingGroups } from "./reading-groups";

const MINUTE = 60_000;

/** How old an answer from memory may be, in milliseconds. */
export interface Freshness {
  /** Interfaces of a subnet whose free addresses have not changed. */
  readonly interfaces: number;
  /** The same for a subnet with CIDR reservations: its free addresses do not change when one in a reservation is used. */
  readonly reserved: number;
  /** Route tables, network ACLs, VPC CIDRs, IPAM pools, CIDR reservations, the cluster and its CNI. */
  readonly settings: number;
}

/** For a run that only looks whether something is due. */
export const LOOKING: Freshness = { interfaces: 10 * MINUTE, reserved: 3 * MINUTE, settings: 5 * MINUTE };
/**
 * For a run that makes changes. More than a run's interval, so that a run that ran out of time leaves its reads to
 * the next one, which goes on where it stopped.
 */
export const ACTING: Freshness = {
  interfaces: 2.5 * MINUTE,
  reserved: 2.5 * MINUTE,
  settings: 2.5 * MINUTE,
};

/** Reads of interfaces in flight at once. EC2's request bucket (100 tokens, refilled by 20 a second) lasts. */
const CONCURRENCY = 4;

interface Remembered<T> {
  readonly at: number;
  readonly value: T;
}

interface RememberedSubnet extends Remembered<readonly Ec2Interface[]> {
  /** Free addresses when the interfaces were read. */
  readonly availableAddresses: number;
  /** Whether CIDR reservations hid free addresses. */
  readonly reserved: boolean;
}

/** The interfaces and the latest subnets of one VPC. */
class VpcMemory {
  subnets: Remembered<readonly Ec2Subnet[]> | undefined;
  readonly interfaces = new Map<string, RememberedSubnet>();
}

/**
 * What a warm function read in earlier runs. `DescribeSubnets` is called in every run; its free addresses tell which
 * subnets' interfaces have to be read again. What a run has read is remembered at once, so that a run that fails or
 * runs out of time is not lost. Clusters of the same VPC share what was read.
 */
export class CloudMemory {
  private readonly vpcs = new Map<string, VpcMemory>();
  private readonly settings = new Map<string, Remembered<unknown>>();
  private readonly watched = new Map<string, readonly string[]>();

  /**
   * Reads that answer from memory what is fresh enough, and the age of the oldest such answer, in milliseconds.
   *
   * @param run start of the run, epoch milliseconds: each VPC's subnets are read once a run
   */
  recall(cloud: { readonly ec2: Ec2; readonly eks: Eks }, run: number, freshness: Freshness): Recollection {
    const watched = new Set([...this.watched.values()].flat());
    return new Recollection({ ...cloud, run, freshness }, this.settings, (id) => this.vpc(id), watched);
  }

  /** Has every run read the interfaces of these subnets of a cluster, and no longer of those named before. */
  watch(cluster: string, subnetIds: readonly string[]): void {
    this.watched.set(cluster, subnetIds);
  }

  /** Forgets a VPC's subnets after a change, so that another cluster's run sees it. */
  forgetSubnets(vpcId: string): void {
    this.vpc(vpcId).subnets = undefined;
  }

  /** Forgets what a change to the network may have changed. */
  forgetSettings(): void {
    this.settings.clear();
  }

  private vpc(id: string): VpcMemory {
    let vpc = this.vpcs.get(id);
    if (vpc === undefined) this.vpcs.set(id, (vpc = new VpcMemory()));
    return vpc;
  }
}

interface RecollectionProps {
  readonly ec2: Ec2;
  readonly eks: Eks;
  readonly run: number;
  readonly freshness: Freshness;
}

/** The reads of one run, see {@link CloudMemory.recall}. */
export class Recollection {
  /** Age of the oldest answer from memory, in milliseconds; 0 while everything was read. */
  oldest = 0;
  readonly ec2: Ec2;
  readonly eks: Eks;

  constructor(
    private readonly props: RecollectionProps,
    private readonly settings: Map<string, Remembered<unknown>>,
    private readonly vpc: (id: string) => VpcMemory,
    private readonly watched: ReadonlySet<string>,
  ) {
    const { ec2, eks } = props;
    const setting =
      <T>(name: string, read: (id: string) => Promise<T>) =>
      (id: string): Promise<T> =>
        this.setting(`${name} ${id}`, () => read(id));
    this.ec2 = {
      ...ec2,
      subnets: (vpcId) => this.subnets(vpcId),
      forEachInterface: (filter, visit) =>
        "vpcId" in filter ? this.interfaces(filter.vpcId, visit) : ec2.forEachInterface(filter, visit),
      reservations: setting<readonly Ec2Reservation[]>("reservations", ec2.reservations),
      vpcCidrs: setting("vpcCidrs", ec2.vpcCidrs),
      routeTables: setting("routeTables", ec2.routeTables),
      networkAcls: setting("networkAcls", ec2.networkAcls),
      poolCidrs: setting("poolCidrs", ec2.poolCidrs),
      poolAllocations: setting("poolAllocations", ec2.poolAllocations),
    };
    this.eks = {
      ...eks,
      clusterVpc: setting("clusterVpc", eks.clusterVpc),
      cniAddon: setting("cniAddon", eks.cniAddon),
    };
  }

  private async setting<T>(key: string, read: () => Promise<T>): Promise<T> {
    const { run, freshness } = this.props;
    const remembered = this.settings.get(key) as Remembered<T> | undefined;
    if (remembered !== undefined && this.isFresh(remembered, freshness.settings)) return remembered.value;
    const value = await read();
    this.settings.set(key, { at: run, value });
    return value;
  }

  /** A time in the future is not fresh: the clock has moved backwards. */
  private isFresh({ at }: Remembered<unknown>, most: number): boolean {
    const age = this.props.run - at;
    if (age < 0 || age >= most) return false;
    this.oldest = Math.max(this.oldest, age);
    return true;
  }

  private async subnets(vpcId: string): Promise<readonly Ec2Subnet[]> {
    const { ec2, run } = this.props;
    const vpc = this.vpc(vpcId);
    if (vpc.subnets?.at !== run) vpc.subnets = { at: run, value: await ec2.subnets(vpcId) };
    return vpc.subnets.value;
  }

  private async interfaces(vpcId: string, visit: (eni: Ec2Interface) => void): Promise<void> {
    const vpc = this.vpc(vpcId);
    const subnets = await this.subnets(vpcId);
    const existing = new Set(subnets.map(({ id }) => id));
    for (const id of vpc.interfaces.keys()) if (!existing.has(id)) vpc.interfaces.delete(id);
    const due = subnets.filter((subnet) => this.isDue(subnet, vpc.interfaces.get(subnet.id)));
    const known = (id: string) => vpc.interfaces.get(id)?.value.length;
    await forEachConcurrent(readingGroups(due, known), CONCURRENCY, (group) => this.readGroup(group, vpc));
    for (const { id } of subnets) vpc.interfaces.get(id)?.value.forEach(visit);
  }

  private isDue({ id, availableAddresses }: Ec2Subnet, remembered: RememberedSubnet | undefined): boolean {
    const { freshness, run } = this.props;
    if (remembered === undefined || remembered.availableAddresses !== availableAddresses) return true;
    if (this.watched.has(id) && remembered.at !== run) return true;
    return !this.isFresh(remembered, remembered.reserved ? freshness.reserved : freshness.interfaces);
  }

  private async readGroup(group: readonly Ec2Subnet[], vpc: VpcMemory): Promise<void> {
    const { ec2, run } = this.props;
    const found = new Map(group.map(({ id }) => [id, [] as Ec2Interface[]]));
    await ec2.forEachInterface({ subnetId: group.map(({ id }) => id) }, (eni) =>
      found.get(eni.subnetId)?.push(eni),
    );
    for (const { id, cidr, availableAddresses } of group) {
      const value = found.get(id)!;
      const reserved = availableAddresses < addressesIn(cidr) - usedAddresses(value);
      vpc.interfaces.set(id, { at: run, availableAddresses, reserved, value });
    }
  }
}

function usedAddresses(interfaces: readonly Ec2Interface[]): number {
  return interfaces.reduce(
    (sum, { addresses, prefixes }) => sum + addresses.length + prefixes.length * ADDRESSES_PER_PREFIX,
    0,
  );
}
