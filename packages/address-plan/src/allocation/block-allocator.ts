import { baseOf, numberedKey, parseClusterKey } from "../blocks/block-key";
import {
  type RequiredBlock,
  type RequiredChoice,
  type RequiredSpace,
  type ReservedRange,
} from "../blocks/required-block";
import { type RequiredPlan } from "../blocks/required-spaces";
import { vpcCidrConflict } from "../cloud/vpc-cidr";
import { LOCK_FILE, type LockedBlock, RESTORE } from "../lock/address-lock";
import { AddressPlanError } from "../message/address-plan-error";
import { addressesOf, type Prefix } from "../prefix/prefix";
import { type Addition, additionOf, byRoom, bySize, lengthOf, ROOM_BITS, sorted } from "./addition";
import { type Claims, openCidrs } from "./claims";
import { Container, type ContainerCidr } from "./container";
import { NoSpaceError } from "./no-space-error";
import { type PlacedBlock, placedBlock, type PlacedSpace } from "./placed-block";
import { prefixesInside } from "./prefixes-inside";
import { checkReserved } from "./reserved-conflict";

/** What is taken besides the required blocks. */
export interface Obstacles {
  /** Sorted. */
  readonly reserved: readonly ReservedRange[];
  /** Blocks that leave the plan. */
  readonly leaving: readonly LockedBlock[];
  /** Their prefixes, and the space that this run frees. Sorted. */
  readonly taken: readonly Prefix[];
}

/** Blocks that have no room in the CIDRs that their container has. */
interface Leftover {
  readonly container: Container;
  readonly blocks: readonly RequiredBlock[];
}

const NO_LOCK: readonly LockedBlock[] = [];

/**
 * Allocates the required blocks: first what the lock has, then the primary ranges that are widened in place, then new
 * blocks, larger ones first, in an order that depends only on the plan.
 */
export class BlockAllocator {
  /** The CIDRs of the spaces with all blocks allocated in them. Not sorted. */
  readonly spaces: PlacedSpace[] = [];
  /** The CIDRs of the spaces and of all blocks with others inside, by the key of the first CIDR. */
  readonly containers = new Map<string, Container>();
  /** The primary CIDR of every EKS cluster's VPC. */
  private readonly vpcs = new Map<string, Prefix>();
  /** The blocks in the lock that can be widened, by key. */
  private readonly widening = new Map<string, PlacedBlock>();
  /** Blocks that a choice added, by pool. */
  private readonly chosen = new Map<string, RequiredBlock[]>();

  constructor(
    private readonly claims: Claims,
    private readonly obstacles: Obstacles,
  ) {}

  /** @throws NoSpaceError, AddressPlanError if the lock contradicts itself or a reserved range */
  allocate({ spaces, choices }: RequiredPlan): void {
    for (const space of spaces) this.lockSpace(space);
    for (const choice of choices) this.choose(choice);
    for (const { children, key } of spaces) {
      this.keepRooms(key, children);
      this.addPools(key, children);
    }
    // The VPCs before their further CIDRs, which must go together with the primary one.
    for (const vpcs of [true, false])
      for (const { key, children } of spaces) this.addBlocks(key, children, vpcs);
  }

  private lockSpace({ key: space, owner, prefixes, closed, children: required }: RequiredSpace): void {
    const container = new Container(space);
    this.containers.set(space, container);
    prefixes.forEach((prefix, index) => {
      const children: PlacedBlock[] = [];
      const demand = `/${prefix.length}`;
      const key = numberedKey(space, index + 1);
      const placed: PlacedSpace = { key, space, prefix, demand, kind: "pool", owner, children };
      this.spaces.push(placed);
      container.add(placed, children);
    });
    this.lockChildren(container, required, closed);
    for (const part of closed) container.cidrOf(part)!.free.close(part);
  }

  /** The CIDRs of a block with others inside. */
  private containerOf({ key, setting }: RequiredBlock): Container {
    let container = this.containers.get(key);
    if (container === undefined) this.containers.set(key, (container = new Container(key, setting)));
    return container;
  }

  /** Takes what the lock has of the blocks in a container, then what is reserved or leaves the plan. */
  private lockChildren(
    container: Container,
    children: readonly RequiredBlock[],
    closed: readonly Prefix[],
  ): void {
    if (this.claims.size > 0) for (const block of children) this.lockBlock(container, block, closed);
    // From the outside in: the fix for a reserved range is the parts that no outer block overlaps.
    for (const cidr of container.cidrs) this.takeObstacles(cidr);
    if (this.claims.size === 0) return;
    for (const block of children)
      if (block.size.kind !== "exact") this.lockChildren(this.containerOf(block), block.children, closed);
  }

  private lockBlock(container: Container, block: RequiredBlock, closed: readonly Prefix[]): void {
    const entries = this.claimsOf(block);
    const { size, key } = block;
    const open = size.kind === "total" ? openCidrs(entries, size.length, closed) : undefined;
    for (const entry of entries) {
      this.takeLocked(container, entry);
      const placed = this.place(container, block, entry.key, entry.prefix, open?.has(entry) ?? true);
      if (block.widens) this.widening.set(key, placed);
    }
  }

  private claimsOf({ key }: RequiredBlock): readonly LockedBlock[] {
    // Without a lock, 100,000 keys need not be hashed.
    return this.claims.size === 0 ? NO_LOCK : (this.claims.get(key) ?? NO_LOCK);
  }

  private takeLocked(container: Container, { key, prefix }: LockedBlock): void {
    const path = `${LOCK_FILE}: ${key}`;
    const cidr = container.cidrOf(prefix);
    if (cidr === undefined) {
      const around = container.cidrs.map((own) => own.block.prefix.toString()).join(", ");
      throw new AddressPlanError(
        path,
        around === ""
          ? `${prefix} is in ${container.key}, which has no entry; ${RESTORE}`
          : `${prefix} is outside ${around} of ${container.key}; ${RESTORE}`,
      );
    }
    if (cidr.free.take(prefix)) return;
    const sibling = cidr.placed.find((other) => other.prefix.overlaps(prefix));
    throw new AddressPlanError(path, `${prefix} overlaps ${sibling?.prefix} of ${sibling?.key}; ${RESTORE}`);
  }

  /** A reserved range inside a pool is taken there; other blocks must not have one inside. */
  private takeObstacles(cidr: ContainerCidr): void {
    const { prefix: own } = cidr.block;
    for (const range of this.obstacles.reserved) {
      if (!own.overlaps(range.prefix)) continue;
      checkReserved(cidr, range);
      cidr.free.close(range.prefix.contains(own) ? own : range.prefix);
    }
    for (const prefix of prefixesInside(this.obstacles.taken, own)) cidr.free.close(prefix);
  }

  /** Gives a block a CIDR, which is taken already. @param open whether new blocks are allocated in it */
  private place(
    container: Container,
    block: RequiredBlock,
    key: string,
    prefix: Prefix,
    open = true,
  ): PlacedBlock {
    const inside: PlacedBlock[] | undefined = block.size.kind === "exact" ? undefined : [];
    const placed = placedBlock(block, key, prefix, inside);
    container.cidrOf(prefix)!.placed.push(placed);
    if (inside !== undefined) this.containerOf(block).add(placed, inside, open);
    if (block.kind === "cluster" && key === block.key) this.vpcs.set(block.owner, prefix);
    return placed;
  }

  /** Widens a primary range in place if the space beside it is free. Otherwise the cluster gets further blocks. */
  private choose({ widen, widened, otherwise }: RequiredChoice): void {
    const wide = widen.some(({ key, length, demand }) => {
      const placed = this.widening.get(key)!;
      const container = this.containers.get(parseClusterKey(key)!.pool)!;
      const cidr = container.cidrOf(placed.prefix)!;
      const target = placed.prefix.resized(length);
      const beside = target.subtract(placed.prefix);
      if (!cidr.block.prefix.contains(target) || !beside.every((piece) => cidr.free.isFree(piece)))
        return false;
      beside.forEach((piece) => cidr.free.take(piece));
      placed.prefix = target;
      placed.demand = demand;
      return true;
    });
    for (const { pool, block } of wide ? widened : otherwise)
      this.chosen.set(pool, [...(this.chosen.get(pool) ?? []), block]);
  }

  /** Keeps space beside the primary ranges in the lock, so that they can be widened in place. */
  private keepRooms(key: string, children: readonly RequiredBlock[]): void {
    if (this.widening.size === 0) return;
    const container = this.containers.get(key)!;
    for (const block of children)
      if (block.kind === "pool") this.keepRooms(block.key, block.children);
      else if (block.widens) {
        const placed = this.widening.get(block.key);
        if (placed !== undefined) container.keepRoom(placed.prefix, placed.prefix.length - ROOM_BITS);
      }
  }

  /** Adds the CIDRs that pools lack, from the regions' pools down. */
  private addPools(key: string, children: readonly RequiredBlock[]): void {
    const container = this.containers.get(key)!;
    const pools = children.filter(({ kind }) => kind === "pool");
    const additions = pools.flatMap((block) => this.poolAdditions(block));
    for (const addition of sorted(additions, byRoom)) this.addOne(container, addition);
    for (const block of pools) {
      const { cidrs } = this.containerOf(block);
      if (cidrs.length > 1)
        for (const cidr of cidrs) cidr.block.demand = `/${cidr.block.prefix.length}: part of ${block.demand}`;
      this.addPools(block.key, block.children);
    }
  }

  /** What a pool lacks in as few CIDRs as possible. */
  private poolAdditions(block: RequiredBlock): Addition[] {
    const own = this.containerOf(block).cidrs;
    const length = (block.size as { length: number }).length;
    let missing = addressesOf(length);
    for (const cidr of own) if (cidr.open) missing -= addressesOf(cidr.block.prefix.length);
    const additions: Addition[] = [];
    if (missing <= 0) return additions;
    for (let number = this.nextNumber(block.key, own); missing > 0; number++) {
      const size = 32 - Math.floor(Math.log2(missing));
      additions.push({ key: numberedKey(block.key, number), length: size, block, room: size });
      missing -= addressesOf(size);
    }
    return additions;
  }

  /** A number that neither the block nor one that leaves the plan has. */
  private nextNumber(base: string, cidrs: readonly ContainerCidr[]): number {
    let highest = 0;
    for (const { block } of cidrs) highest = Math.max(highest, baseOf(block.key)[1]);
    for (const { key } of this.obstacles.leaving) {
      const [own, number] = baseOf(key);
      if (own === base) highest = Math.max(highest, number);
    }
    return highest + 1;
  }

  /** Adds the blocks of clusters in a pool and in the pools inside. @param vpcs only VPCs and blocks outside of VPCs */
  private addBlocks(key: string, children: readonly RequiredBlock[], vpcs: boolean): void {
    const container = this.containers.get(key)!;
    const pools = children.filter(({ kind }) => kind === "pool");
    const additions: Addition[] = [];
    const leftovers: Leftover[] = [];
    const add = (block: RequiredBlock): void => {
      const isWanted = vpcs === (block.inVpcOf === undefined || block.kind === "cluster");
      if (block.kind === "pool" || !isWanted) return;
      if (block.size.kind === "content") this.addContent(block, additions, leftovers);
      else if (this.isNew(block)) additions.push(additionOf(block));
    };
    children.forEach(add);
    this.chosen.get(key)?.forEach(add);
    for (const addition of sorted(additions, byRoom)) this.addOne(container, addition);
    // Blocks of powers of two fit, the larger ones first.
    for (const { container: inner, blocks } of leftovers)
      for (const block of blocks) this.addOne(inner, additionOf(block));
    for (const pool of pools) this.addBlocks(pool.key, pool.children, vpcs);
  }

  /** Whether a block has exactly one CIDR, and the lock does not have it. */
  private isNew(block: RequiredBlock): boolean {
    return block.size.kind === "exact" && this.claimsOf(block).length === 0;
  }

  /**
   * Fills the CIDRs that a block has with the new blocks inside. What has no room there needs further CIDRs.
   *
   * @param additions gets these CIDRs
   * @param leftovers gets what to add to them
   */
  private addContent(block: RequiredBlock, additions: Addition[], leftovers: Leftover[]): void {
    const { largest, smallest } = block.size as { largest: number; smallest: number };
    const container = this.containerOf(block);
    let blocks = sorted(
      block.children.filter((child) => this.isNew(child)),
      bySize,
    );
    if (container.cidrs.length > 0)
      blocks = blocks.filter((child) => !this.tryAdd(container, additionOf(child)));
    if (blocks.length === 0) return;
    leftovers.push({ container, blocks });
    let number = Math.max(block.nextNumber ?? 1, this.nextNumber(block.key, container.cidrs));
    let needed = 0;
    for (const child of blocks) needed += addressesOf(lengthOf(child));
    for (; needed > 0; number++) {
      const length = Math.max(largest, Math.min(smallest, 32 - Math.ceil(Math.log2(needed))));
      additions.push({ key: numberedKey(block.key, number), length, block, room: length });
      needed -= addressesOf(length);
    }
  }

  private tryAdd(container: Container, { key, length, room, block }: Addition): boolean {
    const primary = this.primaryOf(block);
    const near = block.size.kind === "exact" ? undefined : firstCidr(this.containerOf(block));
    const accepts =
      primary === undefined ? undefined : (cidr: Prefix) => vpcCidrConflict(primary, cidr) === undefined;
    const prefix = container.allocate(length, room, near, accepts);
    if (prefix === undefined) return false;
    this.place(container, block, key, prefix);
    return true;
  }

  private primaryOf({ inVpcOf }: RequiredBlock): Prefix | undefined {
    return inVpcOf === undefined ? undefined : this.vpcs.get(inVpcOf);
  }

  /** @throws NoSpaceError */
  private addOne(container: Container, addition: Addition): void {
    if (this.tryAdd(container, addition)) return;
    const { key, setting } = container;
    const cidrs = container.cidrs.map(({ block }) => block.prefix.toString());
    throw new NoSpaceError(
      addition.key,
      addition.length,
      { key, cidrs, setting },
      this.primaryOf(addition.block),
    );
  }
}

/** The first CIDR of a block, if it has one. */
function firstCidr({ cidrs, key }: Container): Prefix | undefined {
  return cidrs.length === 0 ? undefined : cidrs.find(({ block }) => block.key === key)?.block.prefix;
}
