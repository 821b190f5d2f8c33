import { Prefix } from "@cluster-ipam/address-plan";
import { subnetworksWhere } from "../cloud/google/subnetwork-store";
import { keptOf, type KeptResource } from "../cloud/kept-resource";
import { type Json } from "../store/kind";
import { type Transaction } from "../store/transaction";

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
export interface StandingBlock {
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
 * larger block first. Whoever made them: GKE adds subnetworks and secondary ranges by itself.
 */
export function standingBlocks(transaction: Transaction): readonly StandingBlock[] {
  const all = Object.entries(readers).flatMap(([type, read]) =>
    keptOf(transaction, type).flatMap((resource) => read(resource, transaction)),
  );
  // GKE makes a subnetwork for a private control plane.
  const planes = all.filter(({ use }) => use === "control plane");
  const subnetworks = googleSubnetworks(transaction).filter(
    ({ cidr, owner }) => !planes.some((plane) => plane.cidr === cidr && plane.owner === owner),
  );
  const prefixed = [...all, ...subnetworks].map((block) => ({ block, prefix: Prefix.parse(block.cidr) }));
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
const rank = ({ use }: StandingBlock): number => uses.indexOf(use);

type Reader = (resource: KeptResource, transaction: Transaction) => readonly StandingBlock[];

const readers: Readonly<Record<string, Reader>> = {
  aws_vpc_ipam_pool_cidr: (resource, transaction) => {
    const id = text(resource, "ipam_pool_id");
    const pool = keptOf(transaction, "aws_vpc_ipam_pool").find((candidate) => candidate.id === id);
    return blocks(resource, "pool", nameOf(pool) || id, text(resource, "cidr"));
  },
  aws_vpc: (resource) => blocks(resource, "VPC", nameOf(resource), text(resource, "cidr_block")),
  aws_vpc_ipv4_cidr_block_association: (resource, transaction) => {
    const id = text(resource, "vpc_id");
    const vpc = keptOf(transaction, "aws_vpc").find((candidate) => candidate.id === id);
    return blocks(resource, "VPC CIDR", nameOf(vpc) || id, text(resource, "cidr_block"));
  },
  aws_subnet: (resource) => blocks(resource, "subnet", nameOf(resource), text(resource, "cidr_block")),
  google_network_connectivity_internal_range: (resource) => {
    const use = text(resource, "usage") === "EXTERNAL_TO_VPC" ? "fence" : "internal range";
    return blocks(resource, use, text(resource, "name"), text(resource, "ip_cidr_range"));
  },
  google_container_cluster: (resource) =>
    nested(resource, "private_cluster_config").flatMap((config) =>
      blocks(resource, "control plane", text(resource, "name"), config["master_ipv4_cidr_block"]),
    ),
};

const googleSubnetworks = (transaction: Transaction): readonly StandingBlock[] =>
  subnetworksWhere(transaction, () => true).flatMap(({ project, region, name, cidr, secondary }) => {
    const place = { owner: project, region };
    const ranges = secondary.map((range) => ({
      ...place,
      use: "secondary range" as const,
      name: range.name,
      cidr: range.cidr,
    }));
    return [{ ...place, use: "subnetwork" as const, name, cidr }, ...ranges];
  });

function blocks(
  { owner, region, state }: KeptResource,
  use: BlockUse,
  name: string,
  cidr: Json | undefined,
): readonly StandingBlock[] {
  if (typeof cidr !== "string" || cidr === "") return [];
  const own = membersOf(state)["region"];
  return [{ cidr, use, name, owner, region: typeof own === "string" ? own : region }];
}

type Members = { readonly [member: string]: Json | undefined };

const membersOf = (state: Json): Members => state as Members;

function text({ state }: KeptResource, member: string): string {
  const value = membersOf(state)[member];
  return typeof value === "string" ? value : "";
}

const nested = ({ state }: KeptResource, block: string): readonly Members[] =>
  (membersOf(state)[block] ?? []) as readonly Members[];

function nameOf(resource: KeptResource | undefined): string {
  if (!resource) return "";
  const tags = (membersOf(resource.state)["tags"] ?? {}) as Members;
  return String(tags["Name"] ?? resource.id);
}
