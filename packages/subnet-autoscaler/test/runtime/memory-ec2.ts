import { freeBlocks, Prefix } from "@cluster-ipam/address-plan/prefix";

import {
  ApiError,
  type Ec2,
  type Ec2Interface,
  type Ec2Reservation,
  type Ec2Subnet,
  type Eks,
} from "../../src/runtime";

type StoredSubnet = Ec2Subnet & { readonly vpcId: string; table?: string; acl: string };

/** An in-memory EC2 that refuses overlaps and subnets in use. Faults are tested in tests/autoscaler/faults. */
export class MemoryEc2 implements Ec2 {
  readonly stored = new Map<string, StoredSubnet>();
  readonly interfaces: Ec2Interface[] = [];
  readonly calls: string[] = [];
  readonly reserved: (Ec2Reservation & { readonly subnetId: string })[] = [];
  /** CIDR of the pool `ipam-pool-shared`. */
  sharedPool = "100.80.0.0/16";
  vpc = [{ associationId: "assoc-1", cidr: "100.64.0.0/16", state: "associated" }];
  private next = 1;

  add(cidr: string, zone: string, tags: Record<string, string>, table?: string, acl = "acl-default"): string {
    const id = `subnet-${this.next++}`;
    const availableAddresses = Number(Prefix.parse(cidr).size) - 5;
    this.stored.set(id, {
      id,
      cidr,
      zone,
      state: "available",
      availableAddresses,
      tags,
      vpcId: "vpc-1",
      table,
      acl,
    });
    return id;
  }

  /** Adds a node interface with one address, and with prefixes from the second /28 on. */
  attach(subnetId: string, prefixes: number): void {
    const first = Number(Prefix.parse(this.stored.get(subnetId)!.cidr).first);
    const at = (offset: number): string => String(Prefix.ipv4At(first + offset, 28));
    this.interfaces.push({
      subnetId,
      addresses: [at(0).replace("/28", "").replace(/\.0$/, ".5")],
      prefixes: Array.from({ length: prefixes }, (_, index) => at(16 * (index + 1))),
      instanceId: "i-1",
    });
    this.stored.set(subnetId, { ...this.stored.get(subnetId)!, availableAddresses: 0 });
  }

  private change<T>(call: string, effect: () => T): T {
    this.calls.push(call);
    return effect();
  }

  private refuse(action: string, code: string): never {
    throw new ApiError(`ec2:${action}`, code, "refused");
  }

  private edit(action: string, id: string, part: Partial<StoredSubnet>): void {
    const subnet = this.stored.get(id) ?? this.refuse(action, "InvalidSubnetID.NotFound");
    this.stored.set(id, { ...subnet, ...part });
  }

  subnets = async () => [...this.stored.values()];
  subnet = async (id: string) => this.stored.get(id);
  subnetsByTag = async (key: string, value: string) =>
    [...this.stored.values()].filter(({ tags }) => tags[key] === value);
  forEachInterface = async (
    filter: { vpcId: string } | { subnetId: string | readonly string[] },
    visit: (eni: Ec2Interface) => void,
  ) =>
    this.interfaces
      .filter((eni) => "vpcId" in filter || [filter.subnetId].flat().includes(eni.subnetId))
      .forEach(visit);
  reservations = async (id: string) => this.reserved.filter(({ subnetId }) => subnetId === id);
  vpcCidrs = async () => this.vpc;
  poolCidrs = async () => ["100.64.0.0/10"];
  poolAllocations: Ec2["poolAllocations"] = async () => [];
  routeTables = async () =>
    ["rtb-main", "rtb-a", "rtb-b"].map((id) => ({
      id,
      main: id === "rtb-main",
      associations: this.associations("table", id),
    }));
  networkAcls = async () =>
    ["acl-default", "acl-pods"].map((id) => ({ id, associations: this.associations("acl", id) }));
  private associations = (kind: "table" | "acl", id: string) =>
    [...this.stored.values()]
      .filter((subnet) => subnet[kind] === id)
      .map((subnet) => ({ id: `${kind}:${subnet.id}:${id}`, subnetId: subnet.id }));

  createSubnet: Ec2["createSubnet"] = async ({ cidr, zone, tags }) =>
    this.change("createSubnet", () => {
      const block = Prefix.parse(cidr);
      for (const other of this.stored.values())
        if (Prefix.parse(other.cidr).overlaps(block)) this.refuse("CreateSubnet", "InvalidSubnet.Conflict");
      return this.stored.get(this.add(cidr, zone, { ...tags }))!;
    });
  deleteSubnet = async (id: string) =>
    this.change("deleteSubnet", () => {
      if (this.interfaces.some(({ subnetId }) => subnetId === id))
        this.refuse("DeleteSubnet", "DependencyViolation");
      this.stored.delete(id);
    });
  createTags: Ec2["createTags"] = async (id, tags) =>
    this.change("createTags", () =>
      this.edit("CreateTags", id, { tags: { ...this.stored.get(id)?.tags, ...tags } }),
    );
  deleteTag = async (id: string, key: string) =>
    this.change("deleteTag", () => {
      const tags = Object.entries(this.stored.get(id)!.tags).filter(([name]) => name !== key);
      this.edit("DeleteTags", id, { tags: Object.fromEntries(tags) });
    });
  associateRouteTable = async (table: string, id: string) =>
    this.change("associateRouteTable", () => {
      if (this.stored.get(id)?.table !== undefined)
        this.refuse("AssociateRouteTable", "Resource.AlreadyAssociated");
      this.edit("AssociateRouteTable", id, { table });
    });
  replaceRouteTableAssociation = async (association: string, table: string) =>
    this.change("replaceRouteTableAssociation", () =>
      this.edit("ReplaceRouteTableAssociation", association.split(":")[1]!, { table }),
    );
  replaceNetworkAclAssociation = async (association: string, acl: string) =>
    this.change("replaceNetworkAclAssociation", () =>
      this.edit("ReplaceNetworkAclAssociation", association.split(":")[1]!, { acl }),
    );
  reservePrefixes = async (id: string, cidr: string) =>
    this.change("reservePrefixes", () => {
      const reserved = Number(Prefix.parse(cidr).size) - (Prefix.parse(cidr).last === this.last(id) ? 1 : 0);
      const { availableAddresses } = this.stored.get(id)!;
      this.edit("CreateSubnetCidrReservation", id, { availableAddresses: availableAddresses - reserved });
      this.reserved.push({ subnetId: id, cidr, type: "prefix" });
    });
  private last = (id: string): bigint => Prefix.parse(this.stored.get(id)!.cidr).last;
  associateVpcCidr: Ec2["associateVpcCidr"] = async (_, request, pool) =>
    this.change("associateVpcCidr", () => {
      const cidr = "cidr" in request ? request.cidr : this.allocate(request.netmaskLength, pool);
      this.vpc = [...this.vpc, { associationId: `assoc-${cidr}`, cidr, state: "associated" }];
      return `assoc-${cidr}`;
    });
  /** The lowest free block of the shared pool. */
  private allocate(length: number, pool: string): string {
    const used = this.vpc.map(({ cidr }) => Prefix.parse(cidr));
    const free = freeBlocks(Prefix.parse(this.sharedPool), used).find((block) => block.length <= length);
    if (pool !== "ipam-pool-shared" || free === undefined)
      this.refuse("AssociateVpcCidrBlock", "InvalidParameterValue");
    return String(Prefix.ipv4At(Number(free.first), length));
  }
  disassociateVpcCidr = async (associationId: string) =>
    this.change("disassociateVpcCidr", () => {
      this.vpc = this.vpc.filter((block) => block.associationId !== associationId);
    });
}

/** An EKS with one cluster, in vpc-1. */
export function memoryEks(version = "v1.23.1-eksbuild.1"): Eks {
  return {
    clusterVpc: async () => "vpc-1",
    subnetUsers: async () => [],
    cniAddon: async () => ({
      version,
      configuration: JSON.stringify({ env: { ENABLE_PREFIX_DELEGATION: "true" } }),
    }),
  };
}
