import { placeOf } from "../blocks/block-key";
import { type LockEntry } from "../lock/address-lock";
import { Prefix } from "../prefix/prefix";
import { type IpamPool, type RecordedAws, type RecordedVpc } from "./recorded-aws";

/** The lists of AWS that may have something in blocks that leave the plan. */
export interface AwsQueries {
  readonly pools: readonly Pick<IpamPool, "id" | "region">[];
  readonly vpcs: readonly { readonly id: string; readonly region: string }[];
}

/** The lists to read before AWS blocks are freed or leave their VPC. @param entries of the lock, each in AWS */
export function awsQueries(entries: readonly LockEntry[], recorded: RecordedAws): AwsQueries {
  const pools = new Map<string, IpamPool>();
  const vpcs = new Map<string, AwsQueries["vpcs"][number]>();
  for (const entry of entries) {
    const block = Prefix.parse(entry.cidr);
    for (const pool of poolsAround(block, recorded)) pools.set(pool.id, pool);
    const vpc = entry.state === "draining" ? vpcWith(block, recorded) : undefined;
    if (vpc !== undefined) vpcs.set(vpc.id, { id: vpc.id, region: placeOf(entry.key).region });
  }
  return { pools: [...pools.values()], vpcs: [...vpcs.values()] };
}

/**
 * The pools that could have allocated something in a block: the innermost one around it, because its CIDR is allocated
 * in all pools around that one, and the pool of subnets in the same space.
 */
export function poolsAround(block: Prefix, { pools }: RecordedAws): readonly IpamPool[] {
  const around = pools.filter(({ cidrs }) => cidrs.some((cidr) => cidr.contains(block)));
  return around.filter(({ id }) => !around.some(({ parent, isPlanning }) => parent === id && !isPlanning));
}

/** The VPC that has a block, or a part of it, as a CIDR: one that is larger than /16 has several. */
export function vpcWith(block: Prefix, { vpcs }: RecordedAws): RecordedVpc | undefined {
  return vpcs.find(({ cidrs }) => cidrs.some((cidr) => cidr.overlaps(block)));
}
