import { type Cloud } from "../cloud/regions";
import { type PlanDefinition } from "../demand/plan-definition";
import { blockSize, poolSettings, SHARED_GROWTH } from "../demand/pool-settings";
import { type Prefix } from "../prefix/prefix";
import { freeBlocks } from "../prefix/prefix-set";
import { type ClusterPlace, poolKeys } from "./block-key";
import { eksPodBlocks, eksVpc } from "./eks-blocks";
import { addToGroup } from "./group";
import { gkeBlocks } from "./gke-blocks";
import { type LockedClusterBlock, type LockedClusters } from "./locked-cluster";
import {
  type RequiredBlock,
  type RequiredChoice,
  type RequiredSpace,
  type SizeSetting,
} from "./required-block";

/** What the plan requires. */
export interface RequiredPlan {
  readonly spaces: readonly RequiredSpace[];
  /** Decisions that depend on free space. */
  readonly choices: readonly RequiredChoice[];
}

const NONE: readonly LockedClusterBlock[] = [];

/** A CIDR of a space that the lock has. */
export interface LockedSpaceCidr {
  readonly space: string;
  readonly prefix: Prefix;
  /** Whether the lock has blocks inside. */
  readonly inUse: boolean;
}

/** What the lock has. */
export interface LockedPlan {
  readonly clusters: LockedClusters;
  readonly spaces: readonly LockedSpaceCidr[];
}

/**
 * All blocks that the plan requires, as a tree in each space.
 *
 * @param lock the blocks that the lock has, to which growth only adds
 */
export function requiredPlan(plan: PlanDefinition, lock: LockedPlan): RequiredPlan {
  const { clusters: locked } = lock;
  const inPools = new Map<string, RequiredBlock[]>();
  const choices: RequiredChoice[] = [];
  const pools = new PoolTree(plan, lock.spaces);
  for (const name of Object.keys(plan.clusters)) {
    const definition = plan.clusters[name]!;
    const { nodes, pods } = pools.ofClusters(definition);
    const blocks = locked.get(name) ?? NONE;
    for (const { pool } of blocks) pools.requireKey(definition, pool);
    if (definition.cloud === "aws") {
      const cluster = { name, definition, locked: blocks };
      const vpc = eksVpc(cluster, nodes);
      addToGroup(inPools, vpc.pool, vpc.block);
      for (const { pool, block } of eksPodBlocks(cluster, pods)) addToGroup(inPools, pool, block);
    } else {
      const gke = gkeBlocks({ name, definition, locked: blocks }, { nodes, pods });
      for (const { pool, block } of gke.blocks) addToGroup(inPools, pool, block);
      choices.push(...gke.choices);
    }
  }
  return { spaces: pools.spaces(inPools), choices };
}

/** A pool that the plan requires: a region's, an environment's or an application's. */
interface Pool {
  readonly key: string;
  readonly space: string;
  readonly parent: string | undefined;
  /** Netmask length. Undefined for a pool that has lost its setting and has blocks: it stays as it is. */
  readonly length: number | undefined;
  readonly owner: string;
  readonly setting?: SizeSetting;
}

/** The keys of the application pools that clusters get new blocks from. */
interface ClusterPools {
  readonly nodes: string;
  readonly pods: string;
}

/** The pools of the plan: those of every region, and those that its clusters need. */
class PoolTree {
  private readonly pools = new Map<string, Pool>();
  private readonly byPlace = new Map<string, ClusterPools>();

  constructor(
    private readonly plan: PlanDefinition,
    private readonly lockedSpaces: readonly LockedSpaceCidr[],
  ) {
    for (const cloud of ["aws", "google"] as const)
      for (const [region, sizes] of Object.entries(plan.regions[cloud]))
        for (const space of Object.keys(sizes)) this.requireRegion(cloud, region, space);
  }

  /** The application pools of new blocks of the clusters of an environment in a region. */
  ofClusters({ cloud, region, environment }: ClusterPlace): ClusterPools {
    const place = `${cloud}/${region}/${environment}`;
    let pools = this.byPlace.get(place);
    if (pools === undefined) {
      const { nodesFrom, podsFrom, sharesGrowth } = poolSettings(this.plan, environment, cloud)!;
      const require = (space: string) => this.require({ cloud, region, environment }, space);
      this.byPlace.set(place, (pools = { nodes: require(nodesFrom), pods: require(podsFrom) }));
      if (sharesGrowth) this.requireSharedGrowth({ cloud, region, environment }, podsFrom);
    }
    return pools;
  }

  /** The application pool of an environment in a space, with the pools around it. @returns its key */
  private require(place: ClusterPlace, space: string): string {
    const { cloud, region, environment } = place;
    const keys = poolKeys(place, space);
    if (this.pools.has(keys.application)) return keys.application;
    this.requireRegion(cloud, region, space);
    const sizes = this.plan.environments[environment]?.[cloud];
    const application = poolSettings(this.plan, environment, cloud)?.applicationSetting(space);
    const setting = (name: string): SizeSetting => ({ path: ["environments", environment, cloud, name] });
    this.add({
      key: keys.environment,
      space,
      parent: keys.region,
      length: blockSize(sizes, space),
      owner: environment,
      setting: setting(space),
    });
    this.add({
      key: keys.application,
      space,
      parent: keys.environment,
      length: blockSize(sizes, application),
      owner: `${environment} ${cloud === "aws" ? "EKS" : "GKE"}`,
      ...(application !== undefined && { setting: setting(application) }),
    });
    return keys.application;
  }

  /** The growth pool that the environment's clusters in a Region share. It has no blocks: clusters draw CIDRs from it. */
  private requireSharedGrowth(place: ClusterPlace, space: string): void {
    const { cloud, environment } = place;
    const keys = poolKeys(place, space);
    this.add({
      key: keys.growth,
      space,
      parent: keys.environment,
      length: blockSize(this.plan.environments[environment]?.[cloud], SHARED_GROWTH),
      owner: `${environment} EKS growth`,
      setting: { path: ["environments", environment, cloud, SHARED_GROWTH] },
    });
  }

  /** The application pool with this key: a cluster keeps the blocks that it has in a space it no longer grows from. */
  requireKey(place: ClusterPlace, key: string): void {
    if (this.pools.has(key)) return;
    for (const space of this.spaceNames())
      if (poolKeys(place, space).application === key) this.require(place, space);
  }

  /** The pools as a tree in each space, with the clusters' blocks in them. */
  spaces(inPools: ReadonlyMap<string, readonly RequiredBlock[]>): RequiredSpace[] {
    const children = new Map<string, Pool[]>();
    for (const pool of this.pools.values()) addToGroup(children, pool.parent ?? `space ${pool.space}`, pool);
    const block = ({ key, length, owner, setting }: Pool): RequiredBlock => ({
      key,
      size: { kind: "total", length: length ?? 32 },
      demand: length === undefined ? "no longer in the plan" : `/${length}`,
      kind: "pool",
      owner,
      setting,
      children: (children.get(key) ?? []).map(block).concat(inPools.get(key) ?? []),
    });
    return this.spaceNames().flatMap((name) => {
      const cidrs = this.cidrsOf(name);
      if (cidrs.prefixes.length === 0) return [];
      const owner = `${this.plan.organisation}: ${this.contentOf(name)}`;
      return [{ key: name, owner, ...cidrs, children: (children.get(`space ${name}`) ?? []).map(block) }];
    });
  }

  private spaceNames(): string[] {
    return [...new Set([...Object.keys(this.plan.spaces), ...this.lockedSpaces.map(({ space }) => space)])];
  }

  /**
   * The CIDRs of a space. One in the lock stays, whole, as long as the plan has a part of it or it has blocks, because
   * the cloud's pools cannot shrink. What is no longer in the plan is closed.
   */
  private cidrsOf(space: string): Pick<RequiredSpace, "prefixes" | "closed"> {
    const planned = this.plan.spaces[space] ?? [];
    const locked = this.lockedSpaces
      .filter((cidr) => cidr.space === space)
      .filter(({ prefix, inUse }) => inUse || planned.some((cidr) => cidr.overlaps(prefix)))
      .map(({ prefix }) => prefix);
    const added = planned.flatMap((cidr) => freeBlocks(cidr, locked));
    const prefixes = [...locked, ...added];
    return { prefixes, closed: prefixes.flatMap((prefix) => freeBlocks(prefix, planned)) };
  }

  /** What the environments take from a space, for display. */
  private contentOf(space: string): string {
    if (space === "primary") return "nodes and GKE";
    if (space === "pods") return "pods of EKS";
    return `space ${space}`;
  }

  private requireRegion(cloud: Cloud, region: string, space: string): void {
    const key = poolKeys({ cloud, region, environment: "" }, space).region;
    this.add({
      key,
      space,
      parent: undefined,
      length: blockSize(this.plan.regions[cloud][region], space),
      owner: `${cloud} ${region}`,
      setting: { path: ["regions", cloud, region, space] },
    });
  }

  private add(pool: Pool): void {
    if (!this.pools.has(pool.key)) this.pools.set(pool.key, pool);
  }
}
