import { ADDRESSES_PER_PREFIX, SUBNET_RESERVED_ADDRESSES } from "@cluster-ipam/address-plan/cloud";
import { Prefix } from "@cluster-ipam/address-plan/prefix";
import { ServiceError } from "../../../service-error";
import { type NetworkInterface } from "../documents/network-interface";
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

/** Consecutive addresses, as numbers. */
interface Span {
  readonly first: number;
  readonly size: number;
}

const spans = new WeakMap<NetworkInterface, readonly Span[]>();

/** The addresses of an interface. Cached per document, which never changes, because a subnet has thousands. */
function spansOf(eni: NetworkInterface): readonly Span[] {
  let found = spans.get(eni);
  if (!found) {
    found = [
      ...eni.PrivateIpAddresses.map(({ PrivateIpAddress }) => ({
        first: addressNumber(PrivateIpAddress),
        size: 1,
      })),
      ...eni.Ipv4Prefixes.map(({ Ipv4Prefix }) => ({
        first: addressNumber(Ipv4Prefix.slice(0, Ipv4Prefix.indexOf("/"))),
        size: ADDRESSES_PER_PREFIX,
      })),
    ];
    spans.set(eni, found);
  }
  return found;
}

/** The number of an address in its dotted form. */
function addressNumber(address: string): number {
  const [a = 0, b = 0, c = 0, d = 0] = address.split(".").map(Number);
  return ((a * 256 + b) * 256 + c) * 256 + d;
}

/** The uses of a subnet's addresses by interfaces that were seen before, and by its reservations. */
interface Occupied {
  readonly interfaces: readonly NetworkInterface[];
  readonly uses: Uint8Array;
}

const occupied = new WeakMap<object, Occupied>();

/** Whether a list begins with another one. Documents are values: an interface that changed is another one. */
const beginsWith = <T>(list: readonly T[], start: readonly T[]): boolean =>
  start.length <= list.length && start.every((item, index) => list[index] === item);

/**
 * The addresses of an IPv4 subnet while a request takes some. Single addresses are scattered, as by EC2, which is what
 * fragments a subnet. Prefixes take the lowest aligned free block, in reservations for prefixes first.
 */
export class InterfaceSpace {
  private readonly start: number;
  private readonly uses: Uint8Array;

  /**
   * @param interfaces the network interfaces in the subnet
   * @param subnet the document of a subnet without reservations, to begin with what was computed for it before
   */
  constructor(
    private readonly cidr: Prefix,
    interfaces: readonly NetworkInterface[],
    reservations: readonly SpaceReservation[] = [],
    subnet?: object,
  ) {
    this.start = Number(cidr.first);
    const seen = subnet && reservations.length === 0 ? occupied.get(subnet) : undefined;
    const known = seen && beginsWith(interfaces, seen.interfaces) ? seen : undefined;
    this.uses = known ? known.uses.slice() : new Uint8Array(Number(cidr.size));
    for (const { cidr: reserved, type } of reservations)
      this.mark(reserved, type === "prefix" ? Use.ForPrefixes : Use.ForExplicit);
    for (const eni of known ? interfaces.slice(known.interfaces.length) : interfaces)
      for (const { first, size } of spansOf(eni))
        this.uses.fill(Use.Taken, first - this.start, first - this.start + size);
    this.uses.fill(Use.Taken, 0, SUBNET_RESERVED_ADDRESSES - 1);
    this.uses[this.uses.length - 1] = Use.Taken;
    if (subnet && reservations.length === 0) occupied.set(subnet, { interfaces, uses: this.uses.slice() });
  }

  /**
   * Takes addresses of EC2's choice.
   *
   * @param seed hexadecimal; determines which addresses
   * @throws ServiceError `InsufficientFreeAddressesInSubnet`
   */
  takeAddresses(count: number, seed: string): readonly string[] {
    const from = Number.parseInt(seed.slice(0, 8), 16);
    return Array.from({ length: count }, (_, index) => {
      // An odd step, so that the addresses of one request are scattered too.
      let at = (from + index * 7919) % this.uses.length;
      for (let tried = 0; this.uses[at] !== Use.Free; tried++) {
        if (tried === this.uses.length) throw noFreeAddress();
        at = (at + 1) % this.uses.length;
      }
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

const noFreeAddress = (): ServiceError =>
  new ServiceError(
    "InsufficientFreeAddressesInSubnet",
    "The specified subnet does not have enough free addresses to satisfy the request.",
  );

/** The dotted form of an address. */
const addressText = (address: number): string => Prefix.ipv4At(address, 32).toString().replace("/32", "");
