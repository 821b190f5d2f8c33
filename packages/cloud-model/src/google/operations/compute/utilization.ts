import { Prefix } from "@cluster-ipam/address-plan/prefix";
import { type RequestContext } from "../../../request-context";
import { addressesIn } from "../../documents/address";
import { poolsOn } from "../../documents/node-pool";
import { existingSubnetwork } from "../../rules/existing";

/** Addresses of a primary range that Google keeps. */
const KEPT = 4;

/** How many addresses of a range are taken. */
export interface RangeUtilization {
  /** Name of the secondary range; empty for the primary one. */
  readonly rangeName: string;
  readonly allocated: number;
  readonly free: number;
}

/** How full the ranges of a subnetwork are: nodes and reserved addresses, and the blocks of pods. @throws ServiceError notFound */
export function subnetworkUtilization(
  { transaction }: RequestContext,
  id: string,
): readonly RangeUtilization[] {
  const { cidr, secondary } = existingSubnetwork(transaction, id);
  const pools = poolsOn(transaction, id);
  const nodes = pools.flatMap((pool) => pool.nodes);
  const primary = nodes.length + addressesIn(transaction, id).length;
  const rangeOf = (rangeName: string, size: number, allocated: number): RangeUtilization => ({
    ...{ rangeName, allocated, free: Math.max(0, size - allocated) },
  });
  return [
    rangeOf("", sizeOf(cidr) - KEPT, primary),
    ...secondary.map((range) => {
      const blocks = pools.filter(({ podRange }) => podRange === range.name).flatMap((pool) => pool.nodes);
      const allocated = blocks.reduce((sum, { pods }) => sum + (pods === undefined ? 0 : sizeOf(pods)), 0);
      return rangeOf(range.name, sizeOf(range.cidr), allocated);
    }),
  ];
}

const sizeOf = (cidr: string): number => 2 ** (32 - Prefix.parse(cidr).length);
