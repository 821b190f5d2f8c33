import { Prefix } from "@cluster-ipam/address-plan/prefix";

import { type Ec2, type Ec2Subnet } from "../cloud/ec2";
import { type SharedGrowthPool } from "../config/config";
import { CNI_TAG, OWNER_TAG, STATE_TAG } from "../network/tags";
import { deleteUnused, detachCidr, isManagedCidr } from "./ec2-changes";

/** Selects growth subnets. */
export interface GrowthSubnetsProps {
  readonly ec2: Ec2;
  readonly clusterName: string;
  /** Only subnets of this VPC. @default of every VPC in the Region */
  readonly vpcId?: string;
  /** Only subnets inside these IPv4 CIDRs. @default all */
  readonly within?: readonly string[];
}

/** Input of {@link drain}. */
export interface DrainProps extends GrowthSubnetsProps {
  /** Growth CIDRs that the autoscaler attached and that are detached too. @default none */
  readonly attachCidrs?: readonly string[];
  /** The shared growth pool; the CIDRs that the autoscaler drew from it are detached too. @default none */
  readonly shared?: SharedGrowthPool;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Result of a drain. It is complete when `inUse` and `attached` are empty. */
export interface DrainResult {
  readonly deleted: readonly Ec2Subnet[];
  /** Closed to new pods, but still with interfaces: drain again when those are gone. */
  readonly inUse: readonly { readonly subnet: Ec2Subnet; readonly interfaces: number }[];
  readonly detached: readonly string[];
  /** Growth CIDRs that still have a subnet. */
  readonly attached: readonly string[];
}

/** The subnets that the autoscaler of a cluster created. It does not read the cluster, which may no longer exist. */
export async function growthSubnets({ ec2, clusterName, vpcId, within }: GrowthSubnetsProps) {
  const prefixes = within?.map((cidr) => Prefix.parse(cidr));
  return (await ec2.subnetsByTag(OWNER_TAG, clusterName)).filter(
    (subnet) =>
      (vpcId === undefined || subnet.vpcId === vpcId) &&
      (prefixes?.some((prefix) => prefix.contains(Prefix.parse(subnet.cidr))) ?? true),
  );
}

/**
 * Removes the autoscaler's growth subnets and CIDRs before the cluster's network is destroyed. It does not read the
 * cluster, which may no longer exist. Can be repeated.
 *
 * The autoscaler itself must be destroyed, in mode `dry-run`, or without the CIDRs `within` in its configuration;
 * otherwise it creates new subnets meanwhile.
 */
export async function drain(props: DrainProps): Promise<DrainResult> {
  const { ec2, clusterName, vpcId, now } = props;
  const owned = await growthSubnets(props);
  const isStillOwned = async (id: string): Promise<boolean> =>
    (await ec2.subnet(id))?.tags[OWNER_TAG] === clusterName;
  const deleted: Ec2Subnet[] = [];
  const inUse: { subnet: Ec2Subnet; interfaces: number }[] = [];
  // All are closed first, so that pods that leave one do not move to the next.
  for (const { id, tags } of owned) {
    if (!(await isStillOwned(id))) continue;
    await ec2.createTags(id, { [STATE_TAG]: `quarantined@${new Date(now).toISOString()}` });
    if (tags[CNI_TAG] !== undefined) await ec2.deleteTag(id, CNI_TAG);
  }
  for (const subnet of owned) {
    if (!(await isStillOwned(subnet.id))) continue;
    let interfaces = 0;
    await ec2.forEachInterface({ subnetId: subnet.id }, () => interfaces++);
    const isDeleted = interfaces === 0 && (await deleteUnused(subnet.id, ec2)).status === "done";
    if (isDeleted) deleted.push(subnet);
    else inUse.push({ subnet, interfaces });
  }
  const vpcIds = new Set(vpcId === undefined ? owned.map((subnet) => subnet.vpcId) : [vpcId]);
  return { deleted, inUse, ...(await detachAll(vpcIds, props)) };
}

async function detachAll(vpcIds: ReadonlySet<string>, { ec2, attachCidrs = [], shared }: DrainProps) {
  const detached: string[] = [];
  const attached: string[] = [];
  const growthPools = { cidrs: attachCidrs, attachCidrs, ...(shared && { shared }) };
  for (const vpcId of attachCidrs.length === 0 && shared === undefined ? [] : vpcIds)
    for (const { cidr, associationId, state } of await ec2.vpcCidrs(vpcId)) {
      if (!isManagedCidr(cidr, growthPools) || state !== "associated") continue;
      const { status } = await detachCidr(cidr, associationId, { growthPools }, ec2);
      (status === "done" ? detached : attached).push(cidr);
    }
  return { detached, attached };
}
