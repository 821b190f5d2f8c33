import { AddressPlan, type NamedBlock } from "@cluster-ipam/address-plan";
import { readStackRecord } from "@cluster-ipam/address-plan/stacks";
import {
  drainGrowthSubnets,
  type GrowthSubnets,
  listAttachedCidrs,
  listGrowthSubnets,
} from "./growth-subnets";
import { type RetiredStack } from "./retired-stacks";
import { type Progress } from "./retired-stack";

/**
 * The growth subnets in growth CIDRs that the plan marks as draining, and what was drawn from a shared pool there, of the
 * clusters that an app still composes.
 *
 * @param app absolute path of the app's folder
 * @throws AddressPlanError if the plan or the record is invalid
 */
export function drainingGrowth(app: string, retired: readonly RetiredStack[]): readonly GrowthSubnets[] {
  const composed = (readStackRecord(app)?.stacks ?? []).filter(
    ({ id, kind }) => kind === "network" && !retired.some((stack) => stack.id === id),
  );
  if (composed.length === 0) return [];
  return AddressPlan.load({ directory: app }).clusters.flatMap((cluster) => {
    if (cluster.cloud !== "aws" || !composed.some(({ cluster: name }) => name === cluster.name)) return [];
    const drawnFrom = drainingCidrs(cluster.sharedGrowth);
    const within = [...drainingCidrs(cluster.growth), ...drawnFrom];
    return within.length === 0
      ? []
      : [{ clusterName: cluster.name, region: cluster.region, within, drawnFrom }];
  });
}

const drainingCidrs = (blocks: readonly NamedBlock[]) =>
  blocks.filter(({ state }) => state === "draining").map(({ cidr }) => cidr);

/** Prints what {@link drainGrowth} would do. @throws RetirementError if AWS refuses */
export async function describeGrowth(growth: GrowthSubnets, onProgress: Progress): Promise<void> {
  for (const cidr of await listGrowthSubnets(growth))
    onProgress(`${growth.clusterName}: would close and delete the growth subnet ${cidr}`);
  for (const cidr of await listAttachedCidrs(growth))
    onProgress(`${growth.clusterName}: would detach ${cidr}, drawn from the growth pool`);
}

/**
 * Closes the growth subnets to new pods, deletes those that no pod uses, and detaches CIDRs of the growth pool that are empty.
 *
 * @returns whether all are deleted and detached
 * @throws RetirementError if AWS refuses
 */
export async function drainGrowth(growth: GrowthSubnets, onProgress: Progress): Promise<boolean> {
  const { deleted, inUse, detached, attached } = await drainGrowthSubnets(growth);
  for (const { cidr } of deleted) onProgress(`${growth.clusterName}: deleted the growth subnet ${cidr}`);
  for (const { subnet, interfaces } of inUse)
    onProgress(
      `${growth.clusterName}: closed the growth subnet ${subnet.cidr}, which still has ${interfaces} network ` +
        `interfaces; run the command again when its nodes are replaced`,
    );
  for (const cidr of detached)
    onProgress(`${growth.clusterName}: detached ${cidr}, which returns to the growth pool`);
  for (const cidr of attached)
    onProgress(`${growth.clusterName}: ${cidr} of the growth pool still has a subnet, so it stays attached`);
  return inUse.length + attached.length === 0;
}
