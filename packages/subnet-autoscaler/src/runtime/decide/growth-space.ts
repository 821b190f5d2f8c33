import { freeBlocks, Prefix, summarize } from "@cluster-ipam/address-plan/prefix";

import { type GrowthPools } from "../config/config";
import { type Observation } from "../observe/observation";

/** The attached growth space during one run; a block that a decision allocates is taken for the next one. */
export class GrowthSpace {
  /** Growth CIDRs associated with the VPC, lowest first. */
  readonly attached: readonly Prefix[];
  private readonly taken: Prefix[];

  constructor(pools: GrowthPools, observation: Observation) {
    const inVpc = observation.vpcCidrs
      .filter(({ state }) => state === "associated")
      .map(({ cidr }) => Prefix.parse(cidr));
    const space = summarize(inVpc);
    this.attached = pools.cidrs
      .map((cidr) => Prefix.parse(cidr))
      .filter((block) => space.some((cidr) => cidr.contains(block)))
      .sort((a, b) => a.compare(b));
    this.taken = [...observation.subnets.map(({ cidr }) => cidr), ...observation.foreignCidrs].map((cidr) =>
      Prefix.parse(cidr),
    );
  }

  /** Allocates the lowest aligned free block of this netmask length; undefined when there is none. */
  allocate(length: number): Prefix | undefined {
    for (const block of this.attached) {
      const free = freeBlocks(block, this.taken).find((candidate) => candidate.length <= length);
      if (free === undefined) continue;
      const chosen = Prefix.ipv4At(Number(free.first), length);
      this.taken.push(chosen);
      return chosen;
    }
    return undefined;
  }

  /** Share of attached growth CIDRs in use, 0 to 1; 1 when `blocks` is empty. */
  usedShare(blocks: readonly Prefix[] = this.attached): number {
    const size = blocks.reduce((sum, block) => sum + Number(block.size), 0);
    if (size === 0) return 1;
    const used = this.taken.filter((cidr) => blocks.some((block) => block.contains(cidr)));
    return summarize(used).reduce((sum, cidr) => sum + Number(cidr.size), 0) / size;
  }

  /** Addresses of the attached growth CIDRs in neither a subnet nor a foreign allocation. */
  get freeAddresses(): number {
    return this.attached
      .flatMap((block) => freeBlocks(block, this.taken))
      .reduce((sum, block) => sum + Number(block.size), 0);
  }

  /** Whether a subnet, existing or decided in this run, overlaps this CIDR. */
  isUsed(block: Prefix): boolean {
    return this.taken.some((cidr) => cidr.overlaps(block));
  }
}
