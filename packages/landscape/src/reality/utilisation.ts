import { type AddressLock, nodesPerPodRange, nodesPerPrimaryRange } from "@cluster-ipam/address-plan";
import { lockedPrefix, parseClusterKey } from "@cluster-ipam/address-plan/adoption";
import { SUBNET_RESERVED_ADDRESSES } from "@cluster-ipam/address-plan/cloud";
import { type ExistingCluster } from "../landscape/existing-cluster";
import { type ExistingRange } from "../landscape/existing-range";
import { type Landscape } from "../landscape/landscape";
import { occupied } from "../adopt/reservations";

/** How full something is. */
export interface Utilisation {
  readonly kind: "subnet" | "pool" | "growth" | "node-range" | "pod-range";
  /** Identifies it in every snapshot: the id of a subnet, the key of a pool or block, the path of a range. */
  readonly id: string;
  /** For people. */
  readonly name: string;
  readonly cidr: string;
  /** What `used` and `size` count. */
  readonly unit: "addresses" | "nodes";
  readonly used: number;
  readonly size: number;
  /**
   * The most /28 prefixes that are free in a subnet on AWS. Fewer may be: EC2 says how many addresses are free, not where they are.
   * @default it is no subnet on AWS
   */
  readonly freePrefixesAtMost?: number;
}

const DEFAULT_PODS_PER_NODE = 110;

/** How full everything is, as far as it is known. Sorted by kind, then by id. */
export function utilisations({ ranges, clusters }: Landscape, lock: AddressLock): readonly Utilisation[] {
  return [
    ...ranges.flatMap(subnetUse),
    ...lock.allocations.flatMap(({ key, cidr }) => blockUse(key, cidr, ranges)),
    ...clusters.flatMap((cluster) => googleUse(cluster, ranges)),
  ].sort((a, b) => (`${a.kind} ${a.id}` < `${b.kind} ${b.id}` ? -1 : 1));
}

function subnetUse({ kind, cloud, id, name, prefix, free, zone }: ExistingRange): Utilisation[] {
  if (kind !== "subnet" || cloud !== "aws" || free === undefined) return [];
  const size = Number(prefix.size) - SUBNET_RESERVED_ADDRESSES;
  return [
    {
      ...{ kind: "subnet", id, cidr: prefix.toString(), unit: "addresses", size, used: size - free },
      name: [name ?? id, zone].filter((part) => part !== undefined).join(" "),
      freePrefixesAtMost: Math.floor(free / 16),
    },
  ];
}

/** Pools by the networks in them, and growth space by the subnets in it. */
function blockUse(key: string, cidr: string, ranges: readonly ExistingRange[]): Utilisation[] {
  const block = lockedPrefix({ key, cidr });
  const role = parseClusterKey(key)?.role;
  if (role !== undefined && role !== "growth") return [];
  const isUser = ({ kind, cloud, prefix }: ExistingRange) =>
    block.contains(prefix) && (role === undefined || (kind === "subnet" && cloud === "aws"));
  const users = (role === undefined ? occupied(ranges) : ranges).filter(isUser);
  // A network's ranges nest, and count once.
  const outer = users.filter(
    (range) =>
      !users.some(
        (other) =>
          other !== range && other.prefix.contains(range.prefix) && !other.prefix.equals(range.prefix),
      ),
  );
  const cidrs = new Map(outer.map(({ prefix }) => [prefix.toString(), Number(prefix.size)]));
  const used = [...cidrs.values()].reduce((sum, size) => sum + size, 0);
  return [
    {
      kind: role === undefined ? "pool" : "growth",
      id: key,
      name: key,
      cidr,
      unit: "addresses",
      used,
      size: Number(block.size),
    },
  ];
}

/** The ranges of GKE clusters, by the nodes that run. */
function googleUse(cluster: ExistingCluster, ranges: readonly ExistingRange[]): Utilisation[] {
  const { cloud, currentNodes: used, nodes, subnets, podRange, name } = cluster;
  if (cloud !== "google" || used === undefined) return [];
  const podsPerNode = Math.max(8, ...nodes.map((pool) => pool.podsPerNode ?? DEFAULT_PODS_PER_NODE));
  return ranges.flatMap(({ kind, id, subnet, prefix }): Utilisation[] => {
    const cidr = prefix.toString();
    if (kind === "subnet" && id === subnets[0])
      return [
        {
          kind: "node-range",
          id,
          name: `nodes of ${name}`,
          cidr,
          unit: "nodes",
          used,
          size: nodesPerPrimaryRange(prefix.length),
        },
      ];
    if (kind === "secondary-range" && id === podRange && subnet === subnets[0])
      return [
        {
          kind: "pod-range",
          id: `${subnet}/${id}`,
          name: `pods of ${name}`,
          cidr,
          unit: "nodes",
          used,
          size: nodesPerPodRange(prefix.length, podsPerNode),
        },
      ];
    return [];
  });
}
