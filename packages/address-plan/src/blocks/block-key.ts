import { type Cloud } from "../cloud/regions";

/** Where a cluster's blocks are in the plan. */
export interface ClusterPlace {
  readonly cloud: Cloud;
  readonly region: string;
  readonly environment: string;
}

/** The key of a cluster's block, taken apart. */
export interface ClusterBlockKey {
  /** Key of the application pool, for example `aws/eu-central-1/prod/eks-pods`. */
  readonly pool: string;
  /** Name of the cluster in the plan. */
  readonly cluster: string;
  /** `vpc`, `public`, `control-plane`, `nodes`, `pods` or `growth`. */
  readonly role: string;
  /** Full name of the zone, for a subnet in one. */
  readonly zone: string | undefined;
  /** 1 for the first block of its role and zone. */
  readonly number: number;
}

/** Segments of an application pool's key: cloud, region, environment, application. */
const POOL_SEGMENTS = 4;
const NUMBER = /#([1-9]\d*)$/;

/** The space whose pools have no suffix. */
const PLAIN_SPACE = "primary";

/** The key of the n-th block: `…/growth`, then `…/growth#2`. @param number from 1 */
export function numberedKey(base: string, number: number): string {
  return number === 1 ? base : `${base}#${number}`;
}

/** The key of the first block of the same kind, and the number: `…/growth#2` is `…/growth`, 2. */
export function baseOf(key: string): readonly [base: string, number: number] {
  const match = key.includes("#") ? NUMBER.exec(key) : null;
  return match === null ? [key, 1] : [key.slice(0, match.index), Number(match[1])];
}

/** A role with its number, as names of constructs and settings have it: `pods`, `pods-2`. */
export function numberedName(role: string, number: number): string {
  return number === 1 ? role : `${role}-${number}`;
}

/** The pools of an environment in a space, from the region's down to the application's and to that of shared growth. */
export function poolKeys({ cloud, region, environment }: ClusterPlace, space: string) {
  const suffix = space === PLAIN_SPACE ? "" : `-${space}`;
  const application = cloud === "aws" ? "eks" : "gke";
  return {
    region: `${cloud}/${region}${suffix}`,
    environment: `${cloud}/${region}/${environment}${suffix}`,
    application: `${cloud}/${region}/${environment}/${application}${suffix}`,
    growth: `${cloud}/${region}/${environment}/growth${suffix}`,
  };
}

/** Whether a key is that of a growth pool that the EKS clusters of an environment and Region share. */
export function isSharedGrowth(key: string): boolean {
  return SHARED_GROWTH_POOL.test(baseOf(key)[0]);
}

const SHARED_GROWTH_POOL = /^aws\/[^/]+\/[^/]+\/growth(-[^/]+)?$/;

/** The key of a cluster's block. @param role `vpc` for the VPC itself */
export function clusterKey(pool: string, cluster: string, role: string, zone?: string, number = 1): string {
  const vpc = `${pool}/${cluster}`;
  if (role === "vpc") return numberedKey(vpc, number);
  return zone === undefined ? numberedKey(`${vpc}/${role}`, number) : subnetKey(vpc, role, zone, number);
}

/** The key of a subnet. @param vpc the key of its cluster's VPC in the same pool, whether or not that pool has it */
export function subnetKey(vpc: string, role: string, zone: string, number = 1): string {
  return numberedKey(vpc + endOf(role, zone), number);
}

/** What the keys of a role end with in each zone, for example `/nodes/eu-central-1a`. */
const ENDS = new Map<string, Map<string, string>>();

/** The same few texts for every cluster: a fleet has 100,000 keys, and a text of more pieces makes more garbage. */
function endOf(role: string, zone: string): string {
  let zones = ENDS.get(role);
  if (zones === undefined) ENDS.set(role, (zones = new Map()));
  let end = zones.get(zone);
  if (end === undefined) zones.set(zone, (end = `/${role}/${zone}`));
  return end;
}

/** Takes the key of a cluster's block apart. Undefined for a pool. */
export function parseClusterKey(key: string): ClusterBlockKey | undefined {
  // Without split(): a fleet's lock has 100,000 keys.
  let end = -1;
  for (let segment = 0; segment < POOL_SEGMENTS; segment++) {
    end = key.indexOf("/", end + 1);
    if (end < 0) return undefined;
  }
  const pool = key.slice(0, end);
  const [base, number] = baseOf(key);
  const [cluster = "", role = "vpc", zone] = base.slice(end + 1).split("/");
  return { pool, cluster, role, zone, number };
}

/** The key of a block after its cluster was renamed. @param names new names by the old ones */
export function renamedKey(key: string, names: ReadonlyMap<string, string>): string {
  const parsed = parseClusterKey(key);
  const name = parsed === undefined ? undefined : names.get(parsed.cluster);
  if (parsed === undefined || name === undefined) return key;
  return `${parsed.pool}/${name}${key.slice(parsed.pool.length + 1 + parsed.cluster.length)}`;
}

/** Where the block of a key is. Region pools and environment pools have fewer parts. */
export function placeOf(key: string): { cloud: Cloud; region: string; environment: string | undefined } {
  const [cloud, region = "", environment] = key.split("/");
  return { cloud: cloud as Cloud, region, environment };
}

/** Whether the block of one key may have the other inside: a pool its pools and clusters, a VPC its subnets. */
export function isAround(outer: string, inner: string): boolean {
  const [pool, block] = [parseClusterKey(outer), parseClusterKey(inner)];
  if (pool !== undefined)
    return (
      block?.cluster === pool.cluster &&
      block.pool === pool.pool &&
      block.zone !== undefined &&
      pool.zone === undefined &&
      (pool.role === "vpc" ? block.role !== "pods" : pool.role === block.role)
    );
  const [outerPool, innerPool] = [baseOf(outer)[0], block?.pool ?? baseOf(inner)[0]];
  const [outerSegments, innerSegments] = [outerPool.split("/"), innerPool.split("/")];
  if (outerSegments.length === POOL_SEGMENTS) return block !== undefined && outerPool === innerPool;
  return outerSegments.length < innerSegments.length && isPoolAround(outerSegments, innerSegments);
}

/** The last segment of a pool's key ends with the name of its space: `aws/eu-west-1/dev-pods` is around `…/dev/eks-pods`. */
function isPoolAround(outer: readonly string[], inner: readonly string[]): boolean {
  const last = outer.length - 1;
  const suffix = outer[last]!.slice(inner[last]!.length);
  return (
    outer.slice(0, last).every((segment, index) => segment === inner[index]) &&
    outer[last] === `${inner[last]}${suffix}` &&
    (inner.length === POOL_SEGMENTS
      ? /^(eks|gke|growth)(.*)$/.exec(inner[3]!)?.[2] === suffix
      : inner.at(-1)!.endsWith(suffix))
  );
}
