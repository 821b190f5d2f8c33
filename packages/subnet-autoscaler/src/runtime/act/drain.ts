import { deleteUnused, detach } from "./act";
import { type Ec2, type Ec2Subnet } from "./ec2";
import { CNI_TAG, OWNER_TAG, STATE_TAG } from "./tags";

export interface DrainProps {
  readonly ec2: Ec2;
  readonly cluster: string;
  /** VPC of the cluster, for `attachCidrs` when no subnet is left. @default the VPCs of the subnets */
  readonly vpcId?: string;
  /** Growth CIDRs the autoscaler attached, which are disassociated too. @default none */
  readonly attachCidrs?: readonly string[];
  /** Epoch milliseconds. */
  readonly now: number;
}

/** What a drain came to: nothing is left of the autoscaler when `inUse` and `attached` are empty. */
export interface Drained {
  readonly deleted: readonly Ec2Subnet[];
  /** Closed to new pods, but interfaces are still in them: drain again when they are gone. */
  readonly inUse: readonly { readonly subnet: Ec2Subnet; readonly interfaces: number }[];
  readonly detached: readonly string[];
  /** Growth CIDRs that still hold a subnet. */
  readonly attached: readonly string[];
}

/**
 * Removes what the autoscaler of a cluster made, before its network is destroyed. It asks no cluster: that may be
 * gone. Can be repeated.
 *
 * The autoscaler itself must be gone or in the mode `dry-run`, or it makes new subnets meanwhile.
 */
export async function drain({ ec2, cluster, vpcId, attachCidrs = [], now }: DrainProps): Promise<Drained> {
  const owned = await ec2.subnetsByTag(OWNER_TAG, cluster);
  const stillOwned = async (id: string): Promise<boolean> =>
    (await ec2.subnet(id))?.tags[OWNER_TAG] === cluster;
  const deleted: Ec2Subnet[] = [];
  const inUse: { subnet: Ec2Subnet; interfaces: number }[] = [];
  // All are closed first, so that pods that leave one do not go to the next.
  for (const { id, tags } of owned) {
    if (!(await stillOwned(id))) continue;
    await ec2.createTags(id, { [STATE_TAG]: `quarantined@${new Date(now).toISOString()}` });
    if (tags[CNI_TAG] !== undefined) await ec2.deleteTag(id, CNI_TAG);
  }
  for (const subnet of owned) {
    if (!(await stillOwned(subnet.id))) continue;
    let interfaces = 0;
    await ec2.eachInterface({ subnetId: subnet.id }, () => interfaces++);
    const gone = interfaces === 0 && (await deleteUnused(subnet.id, ec2)).result === "done";
    if (gone) deleted.push(subnet);
    else inUse.push({ subnet, interfaces });
  }
  const vpcIds = new Set(vpcId === undefined ? owned.map((subnet) => subnet.vpcId) : [vpcId]);
  return { deleted, inUse, ...(await detachAll(ec2, vpcIds, attachCidrs)) };
}

async function detachAll(ec2: Ec2, vpcIds: ReadonlySet<string>, attachCidrs: readonly string[]) {
  const detached: string[] = [];
  const attached: string[] = [];
  for (const vpcId of attachCidrs.length === 0 ? [] : vpcIds)
    for (const { cidr, associationId, state } of await ec2.vpcCidrs(vpcId)) {
      if (!attachCidrs.includes(cidr) || state !== "associated") continue;
      const pools = { growthPools: { cidrs: attachCidrs, attachCidrs } };
      const { result } = await detach(cidr, associationId, pools, ec2);
      (result === "done" ? detached : attached).push(cidr);
    }
  return { detached, attached };
}
