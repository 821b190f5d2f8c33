import { type SizeSetting } from "../blocks/required-block";
import { type Prefix } from "../prefix/prefix";
import { FreeSpace } from "./free-space";
import { type PlacedBlock } from "./placed-block";

/** One CIDR of a container. */
export interface ContainerCidr {
  /** The block that has this CIDR. */
  readonly block: PlacedBlock;
  /** The blocks inside, as they are allocated. */
  readonly placed: PlacedBlock[];
  /** Whether new blocks are allocated in it. */
  readonly open: boolean;
  readonly free: FreeSpace;
  /** Space beside blocks that can be widened in place. It is free, and used last. @default none */
  rooms: Prefix[] | undefined;
}

const NO_CIDRS: readonly ContainerCidr[] = [];

/** A block with other blocks inside: one or more CIDRs, and what is taken in them. */
export class Container {
  cidrs: readonly ContainerCidr[] = NO_CIDRS;

  /**
   * @param key key of the first CIDR
   * @param setting setting of the size @default none
   */
  constructor(
    readonly key: string,
    readonly setting?: SizeSetting,
  ) {}

  /** Adds the CIDR of a block. @param placed its list of children */
  add(block: PlacedBlock, placed: PlacedBlock[], open = true): void {
    const cidr = { block, placed, open, free: new FreeSpace(block.prefix), rooms: undefined };
    // Nearly always the only one, and push() reserves room for 16 more.
    this.cidrs = this.cidrs.length === 0 ? [cidr] : [...this.cidrs, cidr];
  }

  /** The CIDR that contains a prefix. */
  cidrOf(prefix: Prefix): ContainerCidr | undefined {
    for (const cidr of this.cidrs) if (cidr.block.prefix.contains(prefix)) return cidr;
    return undefined;
  }

  /** Keeps the free part of the space around a block for later, as long as other space is free. */
  keepRoom(block: Prefix, length: number): void {
    const cidr = this.cidrOf(block);
    if (cidr === undefined || length < cidr.block.prefix.length) return;
    const room = block.resized(length);
    for (const piece of room.subtract(block)) if (cidr.free.take(piece)) addRoom(cidr, piece);
  }

  /**
   * Allocates a block in the open CIDR with the smallest gap that fits.
   *
   * @param length its netmask length
   * @param room that of the space around it to keep free, if there is enough
   * @param near prefers the CIDR that contains this prefix @default none
   * @param accepts whether a block may have this prefix @default any
   * @returns undefined if no space is free
   */
  allocate(
    length: number,
    room: number,
    near: Prefix | undefined,
    accepts: ((prefix: Prefix) => boolean) | undefined,
  ): Prefix | undefined {
    const prefix = this.tryAllocate(length, room, near, accepts);
    if (prefix !== undefined || this.cidrs.every(({ rooms }) => rooms === undefined)) return prefix;
    for (const cidr of this.cidrs) {
      for (const piece of cidr.rooms ?? []) cidr.free.give(piece);
      cidr.rooms = undefined;
    }
    return this.tryAllocate(length, room, near, accepts);
  }

  private tryAllocate(
    length: number,
    room: number,
    near: Prefix | undefined,
    accepts: ((prefix: Prefix) => boolean) | undefined,
  ): Prefix | undefined {
    for (let around = room; around <= length; around++) {
      for (const cidr of this.cidrs.length === 1 ? this.cidrs : this.byGap(around, near)) {
        const space = cidr.open ? cidr.free.allocate(around) : undefined;
        if (space === undefined) continue;
        const prefix = around === length ? space : space.resized(length);
        if (accepts === undefined || accepts(prefix)) {
          if (around !== length) for (const piece of space.subtract(prefix)) addRoom(cidr, piece);
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
          Number(near !== undefined && b.block.prefix.contains(near)) -
          Number(near !== undefined && a.block.prefix.contains(near));
        return nearness || b.free.gapFor(length)! - a.free.gapFor(length)!;
      });
  }
}

function addRoom(cidr: ContainerCidr, room: Prefix): void {
  if (cidr.rooms === undefined) cidr.rooms = [room];
  else cidr.rooms.push(room);
}
