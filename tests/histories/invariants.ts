import { type AddressLock, type LockEntry, type Prefix } from "@cluster-ipam/address-plan";
import { prefixOf, parsedKey } from "./parsed";
import { isAround } from "../../packages/address-plan/src/blocks/block-key";
import { type Destroyed } from "./cloud/stack";
import { type World } from "./cloud/world";
import { type Plan } from "./plan";

/** Something that is deployed, with the addresses that it occupies. */
export interface Occupied {
  readonly what: string;
  readonly prefix: Prefix;
  /** Name in the cloud of the cluster. Absent for an IPAM pool. */
  readonly cluster?: string;
  /** Key of the IPAM pool. Absent for a cluster's resource. */
  readonly pool?: string;
}

interface Entry extends LockEntry {
  readonly prefix: Prefix;
}

const entriesOf = (lock: AddressLock): Entry[] =>
  lock.allocations.map((entry) => ({ ...entry, prefix: prefixOf(entry.cidr) }));

/** The name in the cloud of the cluster of a key. Undefined for a pool. */
export function clusterOf(lock: AddressLock, key: string): string | undefined {
  const cluster = parsedKey(key)?.cluster;
  return lock.renamed.find((rename) => rename.cluster === cluster)?.createdAs ?? cluster;
}

const isPool = (key: string): boolean => parsedKey(key) === undefined;

/** Everything that occupies addresses. Reservations of Google networks and of IPAM do not. */
export function occupied(world: World): Occupied[] {
  return world.resources.flatMap(({ stack, address, attributes }): Occupied[] => {
    const type = address.slice(0, address.indexOf("."));
    const what = `${stack.id}/${address}`;
    const at = (cidr: unknown): Occupied => ({
      what,
      prefix: prefixOf(cidr as string),
      ...(stack.cluster === undefined ? { pool: attributes["key"] as string } : { cluster: stack.cluster }),
    });
    if (type === "aws_vpc_ipam_pool_cidr")
      return (attributes["key"] as string).endsWith("/reserved") ? [] : [at(attributes["cidr"])];
    if (["aws_vpc", "aws_vpc_ipv4_cidr_block_association", "aws_subnet"].includes(type))
      return [at(attributes["cidr_block"])];
    if (type === "google_container_cluster") return [at(attributes["master_ipv4_cidr_block"])];
    if (type !== "google_compute_subnetwork") return [];
    const pods = attributes["secondary_ip_range"] as { ip_cidr_range: string }[];
    return [attributes["ip_cidr_range"], ...pods.map((range) => range.ip_cidr_range)].map(at);
  });
}

/** No two blocks of a lock overlap, unless one is part of the other by plan; and none is in a reserved range. */
export function overlaps(lock: AddressLock, plan: Plan): string[] {
  const entries = entriesOf(lock).sort((a, b) => a.prefix.compare(b.prefix));
  const problems: string[] = [];
  const around: Entry[] = [];
  for (const entry of entries) {
    while (around.length > 0 && !around.at(-1)!.prefix.contains(entry.prefix)) around.pop();
    for (const outer of around)
      if (!isAround(outer.key, entry.key))
        problems.push(`${entry.key} ${entry.cidr} is in ${outer.key} ${outer.cidr}`);
    around.push(entry);
    if (!lock.spaces.some(({ cidr }) => prefixOf(cidr).contains(entry.prefix)))
      problems.push(`${entry.key} ${entry.cidr} is in no space`);
  }
  for (const { cidr } of plan.reserved) {
    const range = prefixOf(cidr);
    for (const { key, prefix } of entries)
      if (prefix.overlaps(range) && !(isPool(key) && prefix.contains(range) && !prefix.equals(range)))
        problems.push(`${key} ${prefix} is in the reserved range ${cidr}`);
  }
  return problems;
}

/** No block of a cluster that stays has other addresses, except a wider range around the old one. */
export function moves(before: AddressLock, after: AddressLock, released: ReadonlySet<string>): string[] {
  const old = new Map(
    before.allocations
      .filter(({ key }) => !released.has(key))
      .map((entry) => [cloudKey(before, entry.key), entry]),
  );
  return after.allocations.flatMap((entry) => {
    const previous = old.get(cloudKey(after, entry.key));
    if (previous === undefined || previous.cidr === entry.cidr) return [];
    const widened = prefixOf(entry.cidr).contains(prefixOf(previous.cidr));
    const widens = parsedKey(entry.key) !== undefined && /\/nodes(#\d+)?$/.test(entry.key);
    return widened && widens ? [] : [`${entry.key} moved from ${previous.cidr} to ${entry.cidr}`];
  });
}

/** A key with the name in the cloud, which no rename changes. */
function cloudKey(lock: AddressLock, key: string): string {
  const parsed = parsedKey(key);
  if (parsed === undefined) return key;
  const rest = key.slice(parsed.pool.length + 1 + parsed.cluster.length);
  return `${parsed.pool}/${clusterOf(lock, key)}${rest}`;
}

/** Every block that left the lock was free in the cloud. */
export function freedInUse(
  before: AddressLock,
  after: AddressLock,
  world: World,
  released: ReadonlySet<string>,
): string[] {
  const kept = new Set(after.allocations.map(({ key }) => cloudKey(after, key)));
  const deployed = occupied(world);
  return entriesOf(before)
    .filter(({ key }) => !kept.has(cloudKey(before, key)) && !released.has(key))
    .flatMap(({ key, prefix }) => {
      const pool = isPool(key);
      const user = deployed.find((other) =>
        pool
          ? other.pool === key.replace(/#\d+$/, "") && other.prefix.overlaps(prefix)
          : other.pool === undefined &&
            other.prefix.overlaps(prefix) &&
            !(other.cluster === clusterOf(before, key) && isAroundSubnet(other.prefix, prefix)),
      );
      return user === undefined ? [] : [`${key} ${prefix} was freed, but ${user.what} has ${user.prefix}`];
    });
}

/** The CIDR of a VPC stays when a subnet in it is freed. */
function isAroundSubnet(outer: Prefix, inner: Prefix): boolean {
  return outer.contains(inner) && !outer.equals(inner);
}

/**
 * Everything that is deployed is in the lock, under the key of its cluster or pool. The CIDR of a root pool that left its
 * space without blocks is not, nor is the pool of a VPC that is gone: nothing else has these addresses, and the next
 * deployment of the pools removes them.
 */
export function unknownDeployments(lock: AddressLock, world: World): string[] {
  const byOwner = new Map<string, Prefix[]>();
  const add = (owner: string, cidr: string) =>
    byOwner.set(owner, [...(byOwner.get(owner) ?? []), prefixOf(cidr)]);
  for (const { key, cidr } of lock.allocations) {
    const cluster = clusterOf(lock, key);
    if (cluster !== undefined) add(`cluster ${cluster}`, cidr);
    add(`pool ${cloudKey(lock, key).replace(/#\d+$/, "")}`, cidr);
  }
  return occupied(world).flatMap(({ what, prefix, cluster, pool }) => {
    if (pool !== undefined && (!pool.includes("/") || parsedKey(pool) !== undefined)) return [];
    const own = byOwner.get(cluster === undefined ? `pool ${pool}` : `cluster ${cluster}`) ?? [];
    return own.some((block) => block.contains(prefix))
      ? []
      : [`${what} has ${prefix}, which the lock does not know`];
  });
}

/** Types that compositions replace in the ordinary course: nodes, and reservations without users. */
const REPLACEABLE = [
  "aws_eks_node_group",
  "google_container_node_pool",
  "google_network_connectivity_internal_range",
  "aws_vpc_ipam_pool_cidr_allocation",
];

/** What a deployment destroyed of clusters in the plan although the lock has it in use or draining. */
export function destroyedInUse(destroyed: readonly Destroyed[], lock: AddressLock): string[] {
  const living = entriesOf(lock).filter(({ state }) => state !== "retired");
  return destroyed.flatMap(({ stack, resource, replaced }) => {
    const { address, attributes } = resource;
    const type = address.slice(0, address.indexOf("."));
    if (REPLACEABLE.includes(type) || address.includes("/reserved")) return [];
    const cidr = (attributes["cidr_block"] ?? attributes["cidr"] ?? attributes["ip_cidr_range"]) as
      string | undefined;
    const used = living.some(
      ({ key, prefix }) =>
        cidr !== undefined &&
        (stack.cluster === undefined
          ? key.replace(/#\d+$/, "") === attributes["key"] && prefix.equals(prefixOf(cidr))
          : clusterOf(lock, key) === stack.cluster && isOwnBlock(key, prefix, type, prefixOf(cidr))),
    );
    const whole = [
      "aws_vpc",
      "aws_eks_cluster",
      "google_compute_network",
      "google_container_cluster",
    ].includes(type);
    return used || whole ? [`${stack.id}/${address} was ${replaced ? "replaced" : "destroyed"}`] : [];
  });
}

/** Whether a resource is that of a block: a subnet has the same CIDR, the CIDR of a VPC may be a part of a block. */
function isOwnBlock(key: string, block: Prefix, type: string, cidr: Prefix): boolean {
  if (type === "aws_vpc_ipv4_cidr_block_association")
    return parsedKey(key)?.zone === undefined && block.contains(cidr);
  return block.equals(cidr);
}
