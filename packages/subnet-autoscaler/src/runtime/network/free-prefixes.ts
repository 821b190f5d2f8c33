import {
  ADDRESSES_PER_PREFIX,
  prefixReservations,
  SUBNET_RESERVED_ADDRESSES,
} from "@cluster-ipam/address-plan/cloud";
import { Prefix } from "@cluster-ipam/address-plan/prefix";

/** Leading addresses of every subnet that AWS reserves. Source: VPC user guide, "Subnet sizing". */
const RESERVED_FIRST = 4;

/**
 * The aligned /28 blocks of a subnet that are free for prefix delegation. EC2 does not report them, so they are
 * computed from the addresses and prefixes on the interfaces.
 */
export class FreePrefixes {
  private readonly start: number;
  private readonly size: number;
  private readonly taken: Uint8Array;
  /** First address of the autoscaler's own reservations; see {@link prefixReservations}. */
  private readonly reservedFrom: number;
  private used = 0;
  private usedSingles = 0;

  /** @param cidr the subnet's CIDR, /16 to /28 */
  constructor(cidr: string) {
    const prefix = Prefix.parse(cidr, 4);
    this.start = Number(prefix.first);
    this.size = Number(prefix.size);
    this.taken = new Uint8Array(this.size / ADDRESSES_PER_PREFIX);
    const [reserved] = prefixReservations(prefix);
    this.reservedFrom = reserved === undefined ? this.start + this.size : Number(reserved.first);
    this.mark(this.start, RESERVED_FIRST);
    this.mark(this.start + this.size - 1, 1);
  }

  /** Adds an address of an interface. */
  addAddress(address: string): void {
    this.take(addressOf(address), 1);
  }

  /** Adds a /28 delegated to an interface. */
  addPrefix(cidr: string): void {
    this.take(addressOf(cidr), ADDRESSES_PER_PREFIX);
  }

  /** Adds a CIDR reservation that prefix delegation cannot use. */
  addReservation(cidr: string): void {
    const prefix = Prefix.parse(cidr, 4);
    this.mark(Number(prefix.first), Number(prefix.size));
  }

  /** Number of free, aligned /28 blocks. */
  get free(): number {
    let free = 0;
    for (const block of this.taken) free += 1 - block;
    return free;
  }

  /** Addresses not used by an interface nor reserved by AWS, aligned or not, including those in CIDR reservations. */
  get unusedAddresses(): number {
    return this.size - SUBNET_RESERVED_ADDRESSES - this.used;
  }

  /** The part of `unusedAddresses` that the autoscaler's own reservations leave for single addresses. */
  get unusedSingleAddresses(): number {
    return this.reservedFrom - this.start - RESERVED_FIRST - this.usedSingles;
  }

  private take(first: number, count: number): void {
    this.used += count;
    if (first < this.reservedFrom) this.usedSingles += count;
    this.mark(first, count);
  }

  private mark(first: number, count: number): void {
    const from = Math.max(0, Math.floor((first - this.start) / ADDRESSES_PER_PREFIX));
    const to = Math.min(this.taken.length, Math.ceil((first - this.start + count) / ADDRESSES_PER_PREFIX));
    this.taken.fill(1, from, Math.max(from, to));
  }
}

/** An address, or the first address of a CIDR, as a number. Skips the checks of `Prefix`: 160,000 calls per run. */
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
 * Share of the free addresses that no prefix can use: 0 when every free address is in a free block, 1 when none
 * is; 0 for a full subnet.
 */
export function fragmentation(freePrefixes: number, availableAddresses: number): number {
  if (availableAddresses <= 0) return 0;
  return Math.max(0, 1 - (freePrefixes * ADDRESSES_PER_PREFIX) / availableAddresses);
}
