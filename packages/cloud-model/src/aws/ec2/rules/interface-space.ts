import { ADDRESSES_PER_PREFIX, SUBNET_RESERVED_ADDRESSES } from "@cluster-ipam/address-plan/cloud";
import { Prefix } from "@cluster-ipam/address-plan/prefix";
import { ServiceError } from "../../../service-error";
import { type UsedAddresses } from "../documents/network-interface";
import { invalidValue } from "../documents/refusals";

/** Who may use an address of a subnet. */
const enum Use {
  Free,
  /** Only prefixes (a subnet CIDR reservation of type `prefix`). */
  ForPrefixes,
  /** Only explicit requests (a reservation of type `explicit`). */
  ForExplicit,
  Taken,
}

/** A CIDR reservation of a subnet. */
export interface SpaceReservation {
  readonly cidr: Prefix;
  readonly type: "prefix" | "explicit";
}

const prefixLength = 28;

/**
 * The addresses of an IPv4 subnet while a request takes some. Single addresses are scattered, as by EC2, which is what
 * fragments a subnet. Prefixes take the lowest aligned free block, in reservations for prefixes first.
 */
export class InterfaceSpace {
  private readonly start: number;
  private readonly uses: Uint8Array;

  /** @param used the addresses that network interfaces use */
  constructor(
    private readonly cidr: Prefix,
    used: UsedAddresses,
    reservations: readonly SpaceReservation[] = [],
  ) {
    this.start = Number(cidr.first);
    this.uses = new Uint8Array(Number(cidr.size));
    for (const { cidr: reserved, type } of reservations)
      this.mark(reserved, type === "prefix" ? Use.ForPrefixes : Use.ForExplicit);
    for (const [first, size] of used.sizes)
      if (size === 1) this.uses[first - this.start] = Use.Taken;
      else this.uses.fill(Use.Taken, first - this.start, first - this.start + size);
    this.uses.fill(Use.Taken, 0, SUBNET_RESERVED_ADDRESSES - 1);
    this.uses[this.uses.length - 1] = Use.Taken;
  }

  /** How many single addresses EC2 can still choose. */
  get free(): number {
    let free = 0;
    for (const use of this.uses) if (use === Use.Free) free++;
    return free;
  }

  /**
   * Takes addresses of EC2's choice.
   *
   * @param seed hexadecimal; determines which addresses
   * @throws ServiceError `InsufficientFreeAddressesInSubnet`
   */
  takeAddresses(count: number, seed: string): readonly string[] {
    if (count > this.free)
      throw new ServiceError(
        "InsufficientFreeAddressesInSubnet",
        "The specified subnet does not have enough free addresses to satisfy the request.",
      );
    const from = Number.parseInt(seed.slice(0, 8), 16);
    return Array.from({ length: count }, (_, index) => {
      // An odd step, so that the addresses of one request are scattered too.
      let at = (from + index * 7919) % this.uses.length;
      while (this.uses[at] !== Use.Free) at = (at + 1) % this.uses.length;
      this.uses[at] = Use.Taken;
      return addressText(this.start + at);
    });
  }

  /** Takes /28 prefixes of EC2's choice. @throws ServiceError `InsufficientCidrBlocks` */
  takePrefixes(count: number): readonly string[] {
    return Array.from({ length: count }, () => {
      const at = this.freeBlock(Use.ForPrefixes) ?? this.freeBlock(Use.Free);
      if (at === undefined)
        throw new ServiceError(
          "InsufficientCidrBlocks",
          "The specified subnet does not have enough free cidr blocks to satisfy the request.",
        );
      const prefix = Prefix.ipv4At(this.start + at, prefixLength);
      this.mark(prefix, Use.Taken);
      return prefix.toString();
    });
  }

  /** Takes the requested address or prefix. @throws ServiceError `InvalidParameterValue`, `InvalidIPAddress.InUse` */
  takeExplicit(wanted: Prefix, spelled: string): string {
    if (!this.cidr.contains(wanted))
      throw invalidValue(`Address ${spelled} does not fall within the subnet's address range`);
    const at = Number(wanted.first) - this.start;
    const uses = this.uses.subarray(at, at + Number(wanted.size));
    if (at + Number(wanted.size) === this.uses.length || at < SUBNET_RESERVED_ADDRESSES - 1)
      throw invalidValue(`Address ${spelled} is in subnet's reserved address range`);
    if (uses.includes(Use.Taken))
      throw new ServiceError("InvalidIPAddress.InUse", `Address ${spelled} is in use.`);
    this.mark(wanted, Use.Taken);
    return spelled;
  }

  private freeBlock(use: Use): number | undefined {
    for (let at = 0; at < this.uses.length; at += ADDRESSES_PER_PREFIX)
      if (this.uses.subarray(at, at + ADDRESSES_PER_PREFIX).every((each) => each === use)) return at;
    return undefined;
  }

  private mark(prefix: Prefix, use: Use): void {
    const at = Number(prefix.first) - this.start;
    this.uses.fill(use, at, at + Number(prefix.size));
  }
}

/** The dotted form of an address. */
const addressText = (address: number): string => Prefix.ipv4At(address, 32).toString().replace("/32", "");
