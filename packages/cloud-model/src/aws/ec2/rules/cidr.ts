import { freeBlocks, Prefix } from "@cluster-ipam/address-plan/prefix";
import { invalidValue } from "../documents/refusals";

const ipv4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/;

/** CIDRs that were read: the same ones are compared again with every subnet of a VPC. */
const known = new Map<string, Prefix>();

const mostKnown = 20_000;

/**
 * Parses a CIDR as EC2 does: host bits of an IPv4 CIDR are cleared.
 *
 * @throws ServiceError `InvalidParameterValue`
 */
export function readCidr(text: string, parameter = "cidrBlock"): Prefix {
  let prefix = known.get(text);
  if (!prefix) {
    prefix = parsed(text, parameter);
    if (known.size >= mostKnown) known.clear();
    known.set(text, prefix);
  }
  return prefix;
}

function parsed(text: string, parameter: string): Prefix {
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
