import { Prefix } from "@cluster-ipam/address-plan/prefix";
import {
  ipamPoolCidrs,
  ipamPools,
  type Located,
  subnets,
  tagValues,
  vpcs,
} from "@cluster-ipam/cloud-model/aws/ec2";
import {
  allClusters,
  allInternalRanges,
  type Cluster,
  internalRangePath,
  type Subnetwork,
  subnetworksWhere,
} from "@cluster-ipam/cloud-model/google";
import { type Transaction } from "@cluster-ipam/cloud-model";

/** What an address block is used for. */
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

/** An allocated block of IPv4 addresses. */
export interface AllocatedBlock {
  readonly cidr: string;
  readonly use: BlockUse;
  /** Display name: its own, or that of the resource it belongs to. */
  readonly name: string;
  /** AWS account id or Google project. */
  readonly owner: string;
  /** Empty for a global resource. */
  readonly region: string;
}

/**
 * Every allocated block: CIDRs of IPAM pools, VPC CIDRs and subnets; internal ranges, subnetworks, secondary ranges
 * and private control planes; whether Terraform, another client or GKE created them. Sorted by address, larger
 * blocks first.
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
        ? [{ ...awsOwner(pool), cidr: Cidr, use: "pool", name: nameOf(transaction, IpamPoolId) }]
        : [];
    }),
  (transaction) =>
    [...transaction.all(vpcs)].flatMap((vpc) =>
      vpc.Cidrs.map(({ CidrBlock }, at) => ({
        ...awsOwner(vpc),
        cidr: CidrBlock,
        use: at === 0 ? "VPC" : "VPC CIDR",
        name: nameOf(transaction, vpc.VpcId),
      })),
    ),
  (transaction) =>
    [...transaction.all(subnets)].map((subnet) => ({
      ...awsOwner(subnet),
      cidr: subnet.CidrBlock,
      use: "subnet",
      name: nameOf(transaction, subnet.SubnetId),
    })),
  (transaction) =>
    allInternalRanges(transaction).map(({ id, cidr, usage }) => {
      const { project, name } = internalRangePath.parse(id, {})!;
      const use = usage === "EXTERNAL_TO_VPC" ? "fence" : "internal range";
      return { owner: project, region: "", cidr, use, name };
    }),
  (transaction) => {
    const clusters = allClusters(transaction);
    const isControlPlane = ({ cidr, madeBy }: Subnetwork) =>
      clusters.some(({ id, masterCidr }) => id === madeBy && masterCidr === cidr);
    const subnetworks = subnetworksWhere(transaction, (one) => !isControlPlane(one));
    return [...clusters.flatMap(controlPlaneOf), ...subnetworks.flatMap(rangesOf)];
  },
];

const awsOwner = ({ OwnerId, Region }: Located) => ({ owner: OwnerId, region: Region });

const nameOf = (transaction: Transaction, id: string): string => tagValues(transaction, id)["Name"] ?? id;

/** The range of a private control plane. */
const controlPlaneOf = ({ project, region, name, masterCidr }: Cluster): readonly AllocatedBlock[] =>
  masterCidr === undefined ? [] : [{ owner: project, region, use: "control plane", name, cidr: masterCidr }];

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
