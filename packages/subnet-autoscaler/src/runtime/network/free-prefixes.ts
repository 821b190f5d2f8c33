import { Prefix } from "@cluster-ipam/address-plan";

/** First addresses of a subnet that AWS keeps (VPC: "Subnet sizing"). */
const RESERVED_FIRST = 4;
/** Addresses of every subnet that AWS keeps: the first four and the last. */
export const RESERVED_ADDRESSES = 5;
/** Addresses of a delegated prefix. */
export const PREFIX_ADDRESSES = 16;

/**
 * The aligned /28 blocks of one subnet: which are free for prefix delegation. EC2 does not say; it follows from
 * what the interfaces use.
 */
export class FreePrefixes {
  private readonly start: number;
  private readonly size: number;
  private readonly taken: Uint8Array;
  private used = 0;

  /** @param cidr the subnet's CIDR, /16 to /28 */
  constructor(cidr: string) {
    const prefix = Prefix.parse(cidr, 4);
    this.start = Number(prefix.first);
    this.size = Number(prefix.size);
    this.taken = new Uint8Array(this.size / PREFIX_ADDRESSES);
    this.mark(this.start, RESERVED_FIRST);
    this.mark(this.start + this.size - 1, 1);
  }

  /** An interface's own address. */
  takeAddress(address: string): void {
    this.used += 1;
    this.mark(addressOf(address), 1);
  }

  /** A /28 delegated to an interface. */
  takePrefix(cidr: string): void {
    this.used += PREFIX_ADDRESSES;
    this.mark(addressOf(cidr), PREFIX_ADDRESSES);
  }

  /** A reservation that prefix delegation cannot use. */
  reserve(cidr: string): void {
    const prefix = Prefix.parse(cidr, 4);
    this.mark(Number(prefix.first), Number(prefix.size));
  }

  /** Free, aligned /28 blocks. */
  get free(): number {
    let free = 0;
    for (const block of this.taken) free += 1 - block;
    return free;
  }

  /** Addresses that are neither used by an interface nor kept by AWS, aligned or not, reservations included. */
  get unusedAddresses(): number {
    return this.size - RESERVED_ADDRESSES - this.used;
  }

  private mark(first: number, count: number): void {
    const from = Math.max(0, Math.floor((first - this.start) / PREFIX_ADDRESSES));
    const to = Math.min(this.taken.length, Math.ceil((first - this.start + count) / PREFIX_ADDRESSES));
    this.taken.fill(1, from, Math.max(from, to));
  }
}

/** The number of an address, or of the first address of a CIDR, without the checks of `Prefix`: 160,000 a run. */
function addressOf(text: string): number {
  let value = 0;
  let octet = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 46) {
      value = value * 256 + octet;
      octet = 0;
    } else if (code === 47) break;
    else octet = octet * 10 + code - 48;
  }
  return value * 256 + octet;
}

/**
 * The part of the free addresses that no prefix can use: 0 when every free address is in a free block, 1 when
 * none is. 0 for a full subnet.
 */
export function fragmentation(freePrefixes: number, availableAddresses: number): number {
  if (availableAddresses <= 0) return 0;
  return Math.max(0, 1 - (freePrefixes * PREFIX_ADDRESSES) / availableAddresses);
}
