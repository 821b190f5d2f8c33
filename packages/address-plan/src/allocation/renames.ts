import { type PlanDefinition } from "../demand/plan-definition";
import { parseClusterKey, placeOf, renamedKey } from "../blocks/block-key";
import { type AddressLock, type LockedRename, type LockEntry } from "../lock/address-lock";
import { type LockedBlocks } from "../lock/locked-blocks";
import { AddressPlanError } from "../message/address-plan-error";
import { suggestion } from "../message/suggestion";
import { type LockChange } from "./leaving/lock-change";

/** A lock after renaming. */
export interface RenamedLock {
  readonly lock: AddressLock;
  readonly changes: readonly LockChange[];
}

/**
 * Gives the blocks of renamed clusters the keys of their new names. The lock records the name in the cloud, which stays.
 *
 * @throws AddressPlanError if `renamedFrom` names no cluster of the lock
 */
export function applyRenames(plan: PlanDefinition, lock: AddressLock): RenamedLock {
  const renames = new Map<string, string>();
  for (const name of Object.keys(plan.clusters)) {
    const { renamedFrom } = plan.clusters[name]!;
    if (renamedFrom !== undefined) renames.set(nameInLock(plan, lock, renamedFrom), name);
  }
  if (renames.size === 0) return { lock, changes: [] };
  const clusters = new Set(lock.allocations.map(({ key }) => parseClusterKey(key)?.cluster));
  for (const [from, to] of renames) {
    if (clusters.has(to)) renames.delete(from);
    else if (!clusters.has(from))
      throw new AddressPlanError(
        `clusters.${to}.renamedFrom`,
        `the lock has no cluster ${from}${suggestion(
          from,
          [...clusters].filter((name) => name !== undefined),
        )}; remove renamedFrom if ${to} is new`,
      );
  }
  const changes: LockChange[] = [];
  const allocations = lock.allocations.map((entry): LockEntry => {
    const key = renamedKey(entry.key, renames);
    if (key === entry.key) return entry;
    changes.push({ kind: "renamed", key, cidr: entry.cidr, demand: entry.key });
    return { ...entry, key };
  });
  const known = lock.renamed.map(({ cluster, createdAs }): LockedRename => ({
    cluster: renames.get(cluster) ?? cluster,
    createdAs,
  }));
  const fresh = [...renames]
    .filter(([, to]) => !known.some(({ cluster }) => cluster === to))
    .map(([from, to]): LockedRename => ({ cluster: to, createdAs: from }));
  return { lock: { ...lock, allocations, renamed: [...known, ...fresh] }, changes };
}

/** The name of a cluster in the lock. After a merge, a cluster may have another name there than `renamedFrom` has. */
function nameInLock(plan: PlanDefinition, lock: AddressLock, renamedFrom: string): string {
  const rename = lock.renamed.find(({ createdAs }) => createdAs === renamedFrom);
  return rename === undefined || Object.hasOwn(plan.clusters, rename.cluster) ? renamedFrom : rename.cluster;
}

/** The renames of clusters that the plan or the lock has. A name in the cloud is available again when its cluster is gone. */
export function renamesInUse(
  plan: PlanDefinition,
  renamed: readonly LockedRename[],
  allocations: readonly LockEntry[],
): readonly LockedRename[] {
  if (renamed.length === 0) return renamed;
  const clusters = new Set(allocations.map(({ key }) => parseClusterKey(key)?.cluster));
  return renamed.filter(({ cluster }) => Object.hasOwn(plan.clusters, cluster) || clusters.has(cluster));
}

/** The name of a cluster in the cloud: the one it was created with. */
export function cloudName(lock: AddressLock, cluster: string): string {
  return lock.renamed.find((rename) => rename.cluster === cluster)?.createdAs ?? cluster;
}

/**
 * Checks the clusters against the lock: a cluster cannot move, its VPC keeps its pool, and no two have the same name in the cloud.
 *
 * @throws AddressPlanError
 */
export function checkClusters(plan: PlanDefinition, locked: LockedBlocks): void {
  for (const name of Object.keys(plan.clusters)) {
    const blocks = locked.clusters.get(name);
    if (blocks === undefined) continue;
    const { cloud, region, environment } = plan.clusters[name]!;
    const place = `${cloud}/${region}/${environment}/`;
    const block = blocks.find(({ key }) => !key.startsWith(place));
    if (block === undefined) continue;
    const old = placeOf(block.key);
    const where = `environment ${old.environment} of ${old.cloud} ${old.region}`;
    throw new AddressPlanError(
      `clusters.${name}`,
      `the lock has its addresses in ${where}, and a cluster cannot move; add it under another name, and ${name} leaves the plan`,
    );
  }
  checkVpcMode(plan, locked);
  for (const { cluster, createdAs } of locked.lock.renamed)
    if (Object.hasOwn(plan.clusters, createdAs))
      throw new AddressPlanError(
        `clusters.${createdAs}`,
        `${createdAs} is the name in the cloud of ${cluster}, which was renamed; use another name`,
      );
}

/** A VPC keeps its IPAM pool: another one would replace it. A lock of version 1 does not say which pool it is. */
function checkVpcMode({ clusters }: PlanDefinition, locked: LockedBlocks): void {
  if (locked.lock.spaces.length === 0) return;
  for (const [name, cluster] of Object.entries(clusters)) {
    const vpc = locked.clusters.get(name)?.find(({ role }) => role === "vpc");
    if (cluster.cloud !== "aws" || vpc === undefined) continue;
    const { vpcCidr: created = "planned" } = vpc;
    if (created !== cluster.vpcCidr)
      throw new AddressPlanError(
        `clusters.${name}.vpcCidr`,
        `its VPC was created with vpcCidr: ${created}, and another IPAM pool would replace it; set clusters.${name}.vpcCidr to ${created}, or add the cluster under another name`,
      );
  }
}
