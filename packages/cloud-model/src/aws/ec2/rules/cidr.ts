import { freeBlocks, Prefix } from "@cluster-ipam/address-plan/prefix";
import { invalidValue } from "../documents/refusals";

const ipv4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/;

/**
 * Parses a CIDR as EC2 does: host bits of an IPv4 CIDR are cleared.
 *
 * @throws ServiceError `InvalidParameterValue`
 */
export function readCidr(text: string, parameter = "cidrBlock"): Prefix {
  const match = ipv4.exec(text);
  const [a, b, c, d, length] = (match ?? []).slice(1).map(Number) as [number, number, number, number, number];
  if (match && Math.max(a, b, c, d) < 256 && length <= 32)
    return Prefix.ipv4At(((a << 24) | (b << 16) | (c << 8) | d) >>> 0, length);
  if (!text.includes(":")) throw notACidr(text, parameter);
  try {
    return Prefix.parse(text, 6);
  } catch {
    throw notACidr(text, parameter);
  }
}

const blocks = new WeakMap<object, Prefix>();

/** The IPv4 block of a subnet. Cached per document, which never changes, because a VPC has hundreds. */
export function blockOf(subnet: { readonly CidrBlock: string }): Prefix {
  let block = blocks.get(subnet);
  if (!block) blocks.set(subnet, (block = readCidr(subnet.CidrBlock)));
  return block;
}

const notACidr = (text: string, parameter: string): Error =>
  invalidValue(`Value (${text}) for parameter ${parameter} is invalid. This is not a valid CIDR block.`);

/**
 * The lowest aligned block of a netmask length that overlaps none of `used`, or undefined if there is none.
 *
 * @param within the ranges to search
 */
export function lowestFree(
  within: readonly Prefix[],
  used: readonly Prefix[],
  length: number,
): Prefix | undefined {
  for (const space of [...within].sort((a, b) => a.compare(b))) {
    const block = freeBlocks(space, used).find((free) => free.length <= length);
    if (block) return Prefix.of(block.family, block.first, length);
  }
  return undefined;
}
