import { Prefix } from "@cluster-ipam/address-plan";
import {
  ipamPoolCidrs,
  ipamPools,
  type Located,
  subnets,
  tagValues,
  vpcs,
} from "@cluster-ipam/cloud-model/aws/ec2";
import { type Subnetwork, subnetworksWhere } from "@cluster-ipam/cloud-model/google";
import { type Json, type Transaction } from "@cluster-ipam/cloud-model";
import { keptOf, type StoredResource } from "../resource-store/resource-store";

/** What a block of addresses is in its cloud. */
export type BlockUse =
  | "pool"
  | "VPC"
  | "VPC CIDR"
  | "subnet"
  | "internal range"
  | "fence"
  | "subnetwork"
  | "secondary range"
  | "control plane";

/** A block of IPv4 addresses that something in the cloud holds. */
export interface AllocatedBlock {
  readonly cidr: string;
  readonly use: BlockUse;
  /** For people: its name, or that of what it belongs to. */
  readonly name: string;
  /** AWS account id or Google project. */
  readonly owner: string;
  /** Empty for what is global. */
  readonly region: string;
}

/**
 * Every block of addresses that stands: what IPAM pools were given, VPCs and their further CIDRs, subnets, Google's
 * ranges, subnetworks, their secondary ranges and private control planes. In the order of the addresses, the
 * larger block first. Whoever made them: Terraform, another client of AWS, or GKE by itself.
 */
export function allocatedBlocks(transaction: Transaction): readonly AllocatedBlock[] {
  const all = readers.flatMap((read) => read(transaction)).filter(({ cidr }) => !cidr.includes(":"));
  const prefixed = all.map((block) => ({ block, prefix: Prefix.parse(block.cidr) }));
  return prefixed
    .sort((a, b) => a.prefix.compare(b.prefix) || rank(a.block) - rank(b.block))
    .map(({ block }) => block);
}

const uses: readonly BlockUse[] = [
  "pool",
  "fence",
  "internal range",
  "VPC",
  "VPC CIDR",
  "subnet",
  "subnetwork",
  "secondary range",
  "control plane",
];
const rank = ({ use }: AllocatedBlock): number => uses.indexOf(use);

const readers: readonly ((transaction: Transaction) => readonly AllocatedBlock[])[] = [
  (transaction) =>
    [...transaction.all(ipamPoolCidrs)].flatMap(({ IpamPoolId, Cidr }) => {
      const pool = transaction.get(ipamPools, IpamPoolId);
      return pool
        ? [{ ...awsPlace(pool), cidr: Cidr, use: "pool", name: nameOf(transaction, IpamPoolId) }]
        : [];
    }),
  (transaction) =>
    [...transaction.all(vpcs)].flatMap((vpc) =>
      vpc.Cidrs.map(({ CidrBlock }, at) => ({
        ...awsPlace(vpc),
        cidr: CidrBlock,
        use: at === 0 ? "VPC" : "VPC CIDR",
        name: nameOf(transaction, vpc.VpcId),
      })),
    ),
  (transaction) =>
    [...transaction.all(subnets)].map((subnet) => ({
      ...awsPlace(subnet),
      cidr: subnet.CidrBlock,
      use: "subnet",
      name: nameOf(transaction, subnet.SubnetId),
    })),
  (transaction) =>
    keptOf(transaction, "google_network_connectivity_internal_range").map((range) => ({
      owner: range.owner,
      region: range.region,
      cidr: text(range, "ip_cidr_range"),
      use: text(range, "usage") === "EXTERNAL_TO_VPC" ? "fence" : "internal range",
      name: text(range, "name"),
    })),
  (transaction) => {
    const planes = controlPlanes(transaction);
    // GKE makes a subnetwork for a private control plane.
    const isPlane = ({ cidr, project }: Subnetwork) =>
      planes.some((plane) => plane.cidr === cidr && plane.owner === project);
    return [...planes, ...subnetworksWhere(transaction, (one) => !isPlane(one)).flatMap(rangesOf)];
  },
];

const awsPlace = ({ OwnerId, Region }: Located) => ({ owner: OwnerId, region: Region });

const nameOf = (transaction: Transaction, id: string): string => tagValues(transaction, id)["Name"] ?? id;

const controlPlanes = (transaction: Transaction): readonly AllocatedBlock[] =>
  keptOf(transaction, "google_container_cluster").flatMap((cluster) =>
    nested(cluster, "private_cluster_config").flatMap(({ master_ipv4_cidr_block: cidr }) => {
      if (typeof cidr !== "string" || cidr === "") return [];
      const caller = { owner: cluster.owner, region: cluster.region };
      return [{ ...caller, cidr, use: "control plane" as const, name: text(cluster, "name") }];
    }),
  );

const rangesOf = ({ project, region, name, cidr, secondary }: Subnetwork): readonly AllocatedBlock[] => [
  { owner: project, region, use: "subnetwork", name, cidr },
  ...secondary.map((range) => ({
    owner: project,
    region,
    use: "secondary range" as const,
    name: range.name,
    cidr: range.cidr,
  })),
];

type Members = { readonly [member: string]: Json | undefined };

const membersOf = ({ state }: StoredResource): Members => state as Members;

function text(resource: StoredResource, member: string): string {
  const value = membersOf(resource)[member];
  return typeof value === "string" ? value : "";
}

const nested = (resource: StoredResource, block: string): readonly Members[] =>
  (membersOf(resource)[block] ?? []) as readonly Members[];
