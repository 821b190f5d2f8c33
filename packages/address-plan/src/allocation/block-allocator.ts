import { baseOf, numberedKey, parseClusterKey } from "../blocks/block-key";
import {
  type RequiredBlock,
  type RequiredChoice,
  type RequiredSpace,
  type ReservedRange,
  type SizeSetting,
} from "../blocks/required-block";
import { type RequiredPlan } from "../blocks/required-spaces";
import { vpcCidrConflict } from "../cloud/vpc-cidr";
import { LOCK_FILE, type LockedBlock, RESTORE } from "../lock/address-lock";
import { AddressPlanError } from "../message/address-plan-error";
import { type Prefix } from "../prefix/prefix";
import { type Claims, openCidrs } from "./claims";
import { Container, type ContainerCidr, type PlacedBlock } from "./container";
import { NoSpaceError } from "./no-space-error";
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

/** A CIDR to allocate. */
interface Addition {
  readonly key: string;
  readonly length: number;
  readonly block: RequiredBlock;
  /** Netmask length of the space around it to keep free. */
  readonly room: number;
}

/** Space around the primary range of a GKE cluster that stays free while other space is: room for four times the nodes. */
const ROOM_BITS = 2;

const NO_LOCK: readonly LockedBlock[] = [];
const NO_ADDITIONS: readonly Addition[] = [];

/**
 * Allocates the required blocks: first what the lock has, then the primary ranges that are widened in place, then new
 * blocks, larger ones first, in an order that depends only on the plan.
 */
export class BlockAllocator {
  /** The CIDRs of the spaces and of all blocks with others inside, by the key of the first CIDR. */
  readonly containers = new Map<string, Container>();
  /** The primary CIDR of every EKS cluster's VPC. */
  private readonly vpcs = new Map<string, Prefix>();
  /** The blocks in the lock, and those with others inside. */
  private readonly placedByKey = new Map<string, PlacedBlock>();
  private readonly settings = new Map<string, SizeSetting | undefined>();
  /** What has no room in the CIDRs that a block has, by its key. */
  private readonly left = new Map<string, readonly Addition[]>();
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

  private lockSpace(space: RequiredSpace): void {
    const container = this.container(space.key);
    space.prefixes.forEach((prefix, index) => container.add(numberedKey(space.key, index + 1), prefix));
    this.lockChildren(container, space.children, space.closed);
    for (const closed of space.closed) container.cidrOf(closed)!.free.close(closed);
  }

  private container(key: string): Container {
    const container = new Container(key);
    this.containers.set(key, container);
    return container;
  }

  /** Takes what the lock has of the blocks in a container, then what is reserved or leaves the plan. */
  private lockChildren(
    container: Container,
    children: readonly RequiredBlock[],
    closed: readonly Prefix[],
  ): void {
    for (const block of children) {
      const entries = this.claimsOf(block);
      if (block.size.kind === "exact" && entries.length === 0) continue;
      const inner = block.size.kind === "exact" ? undefined : this.container(block.key);
      if (block.kind === "pool") this.settings.set(block.key, block.setting);
      const open = block.size.kind === "total" ? openCidrs(entries, block.size.length, closed) : undefined;
      for (const entry of entries) {
        this.takeLocked(container, entry);
        this.place(container, { key: entry.key, prefix: entry.prefix, block, entry });
        inner?.add(entry.key, entry.prefix, open?.has(entry) ?? true);
      }
    }
    // From the outside in: the fix for a reserved range is the parts that no outer block overlaps.
    for (const cidr of container.cidrs) this.takeObstacles(cidr);
    for (const { size, key, children: inside } of children)
      if (size.kind !== "exact") this.lockChildren(this.containers.get(key)!, inside, closed);
  }

  private claimsOf({ key }: RequiredBlock): readonly LockedBlock[] {
    // Without a lock, 100,000 keys need not be hashed.
    return this.claims.size === 0 ? NO_LOCK : (this.claims.get(key) ?? NO_LOCK);
  }

  private takeLocked(container: Container, { key, prefix }: LockedBlock): void {
    const path = `${LOCK_FILE}: ${key}`;
    const cidr = container.cidrOf(prefix);
    if (cidr === undefined) {
      const around = container.cidrs.map((own) => own.prefix.toString()).join(", ");
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
    for (const range of this.obstacles.reserved) {
      if (!cidr.prefix.overlaps(range.prefix)) continue;
      checkReserved(cidr, range);
      cidr.free.close(range.prefix.contains(cidr.prefix) ? cidr.prefix : range.prefix);
    }
    for (const prefix of prefixesInside(this.obstacles.taken, cidr.prefix)) cidr.free.close(prefix);
  }

  private place(container: Container, placed: PlacedBlock): void {
    container.cidrOf(placed.prefix)?.placed.push(placed);
    const { block, entry } = placed;
    if (entry !== undefined || block.size.kind !== "exact") this.placedByKey.set(placed.key, placed);
    if (block.kind === "cluster" && placed.key === block.key) this.vpcs.set(block.owner, placed.prefix);
  }

  /** Widens a primary range in place if the space beside it is free. Otherwise the cluster gets further blocks. */
  private choose({ widen, widened, otherwise }: RequiredChoice): void {
    const wide = widen.some(({ key, length, demand }) => {
      const placed = this.placedByKey.get(key)!;
      const container = this.containers.get(parseClusterKey(key)!.pool)!;
      const cidr = container.cidrOf(placed.prefix)!;
      const target = placed.prefix.resized(length);
      const beside = target.subtract(placed.prefix);
      if (!cidr.prefix.contains(target) || !beside.every((piece) => cidr.free.isFree(piece))) return false;
      beside.forEach((piece) => cidr.free.take(piece));
      placed.prefix = target;
      placed.block = { ...placed.block, demand };
      return true;
    });
    for (const { pool, block } of wide ? widened : otherwise)
      this.chosen.set(pool, [...(this.chosen.get(pool) ?? []), block]);
  }

  /** Keeps space beside the primary ranges in the lock, so that they can be widened in place. */
  private keepRooms(key: string, children: readonly RequiredBlock[]): void {
    const container = this.containers.get(key)!;
    if (this.claims.size === 0) return;
    for (const block of children)
      if (block.kind === "pool") this.keepRooms(block.key, block.children);
      else if (block.widens) {
        const placed = this.placedByKey.get(block.key);
        if (placed !== undefined) container.keepRoom(placed.prefix, placed.prefix.length - ROOM_BITS);
      }
  }

  /** Adds the CIDRs that pools lack, from the regions' pools down. */
  private addPools(key: string, children: readonly RequiredBlock[]): void {
    const container = this.containers.get(key)!;
    const pools = children.filter(({ kind }) => kind === "pool");
    const additions = pools.flatMap((block) => this.poolAdditions(block));
    for (const addition of sorted(additions)) this.addOne(container, addition);
    for (const block of pools) this.addPools(block.key, block.children);
  }

  /** What a pool lacks in as few CIDRs as possible. */
  private poolAdditions(block: RequiredBlock): Addition[] {
    const own = this.containers.get(block.key)!.cidrs;
    const length = (block.size as { length: number }).length;
    let missing = 2 ** (32 - length);
    for (const { prefix, open } of own) if (open) missing -= 2 ** (32 - prefix.length);
    const additions: Addition[] = [];
    if (missing <= 0) return additions;
    for (let number = this.nextNumber(block.key, own); missing > 0; number++) {
      const size = 32 - Math.floor(Math.log2(missing));
      additions.push({ key: numberedKey(block.key, number), length: size, block, room: size });
      missing -= 2 ** (32 - size);
    }
    return additions;
  }

  /** A number that neither the block nor one that leaves the plan has. */
  private nextNumber(base: string, cidrs: readonly ContainerCidr[]): number {
    const leaving = this.obstacles.leaving.filter(({ key }) => baseOf(key)[0] === base);
    if (cidrs.length + leaving.length === 0) return 1;
    return 1 + Math.max(0, ...[...cidrs, ...leaving].map(({ key }) => baseOf(key)[1]));
  }

  /** Adds the blocks of clusters in a pool and in the pools inside. @param vpcs only VPCs and blocks outside of VPCs */
  private addBlocks(key: string, children: readonly RequiredBlock[], vpcs: boolean): void {
    const container = this.containers.get(key)!;
    const [pools, blocks]: [RequiredBlock[], RequiredBlock[]] = [[], []];
    const sort = (block: RequiredBlock): void => {
      if (block.kind === "pool") pools.push(block);
      else if (vpcs === (block.inVpcOf === undefined || block.kind === "cluster")) blocks.push(block);
    };
    children.forEach(sort);
    this.chosen.get(key)?.forEach(sort);
    const additions = this.exactAdditions(blocks);
    for (const block of blocks)
      if (block.size.kind === "content") additions.push(...this.contentAdditions(block));
    for (const addition of sorted(additions)) this.addOne(container, addition);
    for (const block of blocks) if (block.size.kind === "content") this.fill(block);
    for (const pool of pools) this.addBlocks(pool.key, pool.children, vpcs);
  }

  /** The blocks with exactly one CIDR that the lock does not have. */
  private exactAdditions(blocks: readonly RequiredBlock[]): Addition[] {
    const additions: Addition[] = [];
    for (const block of blocks) {
      const { size, key, widens } = block;
      if (size.kind !== "exact" || this.claimsOf(block).length > 0) continue;
      const { length } = size;
      additions.push({ key, length, block, room: widens ? length - ROOM_BITS : length });
    }
    return additions;
  }

  /** Fills the CIDRs that a block has with the new blocks inside. What has no room there needs further CIDRs. */
  private contentAdditions(block: RequiredBlock): readonly Addition[] {
    const { largest, smallest } = block.size as { largest: number; smallest: number };
    const container = this.containers.get(block.key)!;
    let left = sorted(this.exactAdditions(block.children));
    if (container.cidrs.length > 0) left = left.filter((addition) => !this.tryAdd(container, addition));
    if (left.length === 0) return NO_ADDITIONS;
    const additions: Addition[] = [];
    this.left.set(block.key, left);
    let number = Math.max(block.nextNumber ?? 1, this.nextNumber(block.key, container.cidrs));
    let needed = left.reduce((sum, { length }) => sum + 2 ** (32 - length), 0);
    for (; needed > 0; number++) {
      const length = Math.max(largest, Math.min(smallest, 32 - Math.ceil(Math.log2(needed))));
      additions.push({ key: numberedKey(block.key, number), length, block, room: length });
      needed -= 2 ** (32 - length);
    }
    return additions;
  }

  /** Adds what is left to the CIDRs that a block got: blocks of powers of two fit, the larger ones first. */
  private fill(block: RequiredBlock): void {
    const container = this.containers.get(block.key)!;
    for (const addition of this.left.get(block.key) ?? NO_ADDITIONS) this.addOne(container, addition);
  }

  private tryAdd(container: Container, addition: Addition): boolean {
    const { key, block } = addition;
    const primary = this.primaryOf(block);
    const first = block.size.kind === "exact" ? undefined : this.placedByKey.get(block.key)?.prefix;
    const accepts =
      primary === undefined ? undefined : (cidr: Prefix) => vpcCidrConflict(primary, cidr) === undefined;
    const prefix = container.allocate(addition, first, accepts);
    if (prefix === undefined) return false;
    this.place(container, { key, prefix, block });
    if (block.size.kind !== "exact") this.containers.get(block.key)!.add(key, prefix);
    return true;
  }

  private primaryOf({ inVpcOf }: RequiredBlock): Prefix | undefined {
    return inVpcOf === undefined ? undefined : this.vpcs.get(inVpcOf);
  }

  /** @throws NoSpaceError */
  private addOne(container: Container, addition: Addition): void {
    if (this.tryAdd(container, addition)) return;
    const cidrs = container.cidrs.map(({ prefix }) => prefix.toString());
    const pool = { key: container.key, cidrs, setting: this.settings.get(container.key) };
    throw new NoSpaceError(addition.key, addition.length, pool, this.primaryOf(addition.block));
  }
}

/** Larger blocks first. No two have the same key. */
function sorted(additions: Addition[]): Addition[] {
  const isBefore = (a: Addition, b: Addition) => a.room < b.room || (a.room === b.room && a.key < b.key);
  // A fleet has 10,000 lists of ten, and each sort() makes 1.4 kB of garbage.
  if (additions.length > 20) return additions.sort((a, b) => (isBefore(a, b) ? -1 : 1));
  for (let end = 1; end < additions.length; end++) {
    const next = additions[end]!;
    let at = end;
    for (; at > 0 && isBefore(next, additions[at - 1]!); at--) additions[at] = additions[at - 1]!;
    additions[at] = next;
  }
  return additions;
}
