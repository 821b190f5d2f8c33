import { Prefix } from "@cluster-ipam/address-plan";
import { type ClusterBlockKey, parseClusterKey } from "../../packages/address-plan/src/blocks/block-key";

const prefixes = new Map<string, Prefix>();
const keys = new Map<string, ClusterBlockKey | undefined>();

/** A prefix. Histories have few different ones, and parse them all the time. */
export function prefixOf(cidr: string): Prefix {
  let prefix = prefixes.get(cidr);
  if (prefix === undefined) prefixes.set(cidr, (prefix = Prefix.parse(cidr)));
  return prefix;
}

/** The key of a cluster's block, taken apart. Undefined for a pool. */
export function parsedKey(key: string): ClusterBlockKey | undefined {
  if (!keys.has(key)) keys.set(key, parseClusterKey(key));
  return keys.get(key);
}
