import { type RequiredBlock } from "../blocks/required-block";
import { type LockedBlock } from "../lock/address-lock";
import { type Prefix } from "../prefix/prefix";
import { FreeSpace } from "./free-space";

/** A CIDR of a required block. */
export interface PlacedBlock {
  /** Key in the lock. */
  readonly key: string;
  /** Widened in place for a block that needs more. */
  prefix: Prefix;
  /** With another demand for a block that is widened. */
  block: RequiredBlock;
  /** The entry in the lock. Absent for a new CIDR. */
  readonly entry?: LockedBlock;
}

/** One CIDR of a container. */
export interface ContainerCidr {
  /** Key in the lock. */
  readonly key: string;
  readonly prefix: Prefix;
  /** Whether new blocks are allocated in it. */
  readonly open: boolean;
  readonly free: FreeSpace;
  /** The blocks inside. */
  readonly placed: PlacedBlock[];
  /** Space beside blocks that can be widened in place. It is free, and used last. */
  readonly rooms: Prefix[];
}

/** A block with other blocks inside: one or more CIDRs, and what is taken in them. */
export class Container {
  readonly cidrs: ContainerCidr[] = [];

  /** @param key key of the first CIDR */
  constructor(readonly key: string) {}

  /** Adds a CIDR. @returns it */
  add(key: string, prefix: Prefix, open = true): ContainerCidr {
    const cidr = { key, prefix, open, free: new FreeSpace(prefix), placed: [], rooms: [] };
    this.cidrs.push(cidr);
    return cidr;
  }

  /** The CIDR that contains a prefix. */
  cidrOf(prefix: Prefix): ContainerCidr | undefined {
    return this.cidrs.length === 1
      ? this.cidrs[0]!.prefix.contains(prefix)
        ? this.cidrs[0]
        : undefined
      : this.cidrs.find((cidr) => cidr.prefix.contains(prefix));
  }

  /** Keeps the free part of the space around a block for later, as long as other space is free. */
  keepRoom(block: Prefix, length: number): void {
    const cidr = this.cidrOf(block);
    if (cidr === undefined || length < cidr.prefix.length) return;
    const room = block.resized(length);
    for (const piece of room.subtract(block)) if (cidr.free.take(piece)) cidr.rooms.push(piece);
  }

  /**
   * Allocates a block in the open CIDR with the smallest gap that fits.
   *
   * @param size its netmask length, and that of the space around it to keep free, if there is enough
   * @param near prefers the CIDR that contains this prefix @default none
   * @param accepts whether a block may have this prefix @default any
   */
  allocate(
    { length, room }: { readonly length: number; readonly room: number },
    near?: Prefix,
    accepts?: (prefix: Prefix) => boolean,
  ): Prefix | undefined {
    const prefix = this.tryAllocate(length, room, accepts, near);
    if (prefix !== undefined || this.cidrs.every(({ rooms }) => rooms.length === 0)) return prefix;
    for (const cidr of this.cidrs) for (const piece of cidr.rooms.splice(0)) cidr.free.give(piece);
    return this.tryAllocate(length, room, accepts, near);
  }

  private tryAllocate(
    length: number,
    room: number,
    accepts: ((prefix: Prefix) => boolean) | undefined,
    near: Prefix | undefined,
  ): Prefix | undefined {
    for (let around = room; around <= length; around++) {
      for (const cidr of this.cidrs.length === 1 ? this.cidrs : this.byGap(around, near)) {
        const space = cidr.open ? cidr.free.allocate(around) : undefined;
        if (space === undefined) continue;
        const prefix = around === length ? space : space.resized(length);
        if (accepts === undefined || accepts(prefix)) {
          for (const piece of around === length ? [] : space.subtract(prefix)) cidr.rooms.push(piece);
          return prefix;
        }
        cidr.free.give(space);
      }
    }
    return undefined;
  }

  /** The open CIDRs with room for a block, the smallest gap first. */
  private byGap(length: number, near: Prefix | undefined): ContainerCidr[] {
    return this.cidrs
      .filter(({ open, free }) => open && free.gapFor(length) !== undefined)
      .sort((a, b) => {
        const nearness =
          Number(near !== undefined && b.prefix.contains(near)) -
          Number(near !== undefined && a.prefix.contains(near));
        return nearness || b.free.gapFor(length)! - a.free.gapFor(length)!;
      });
  }
}
