import { freeBlocks, Prefix, summarize } from "@cluster-ipam/address-plan/prefix";

import { type AutoscalerConfig } from "../config/config";
import { type Observation } from "../observe/observation";
import { mergingCidrs, sharedCidrs } from "./merging";

/** The attached growth space during one run; a block that a decision allocates is taken for the next one. */
export class GrowthSpace {
  /** The cluster's own growth CIDRs associated with the VPC, lowest first. */
  readonly attached: readonly Prefix[];
  /** CIDRs of the shared growth pool associated with the VPC, without those that are merged into larger ones. */
  readonly shared: readonly Prefix[];
  /** The subnets of the VPC, and those decided in this run. */
  private readonly subnets: Prefix[];
  /** What IPAM allocated to others. A shared CIDR of the VPC is allocated to the VPC alone. */
  private readonly foreign: readonly Prefix[];

  constructor(config: AutoscalerConfig, observation: Observation) {
    const inVpc = observation.vpcCidrs
      .filter(({ state }) => state === "associated")
      .map(({ cidr }) => Prefix.parse(cidr));
    const space = summarize(inVpc);
    this.attached = config.growthPools.cidrs
      .map((cidr) => Prefix.parse(cidr))
      .filter((block) => space.some((cidr) => cidr.contains(block)))
      .sort((a, b) => a.compare(b));
    const merging = mergingCidrs(config, observation);
    this.shared = sharedCidrs(config, observation)
      .filter(({ cidr }) => !merging.includes(cidr))
      .map(({ cidr }) => Prefix.parse(cidr));
    this.subnets = observation.subnets.map(({ cidr }) => Prefix.parse(cidr));
    this.foreign = observation.foreignCidrs.map((cidr) => Prefix.parse(cidr));
  }

  /** Allocates the lowest aligned free block of the cluster's own CIDRs; undefined when there is none. */
  allocate(length: number): Prefix | undefined {
    return this.take(
      this.freeOwn().find((candidate) => candidate.length <= length),
      length,
    );
  }

  /** Allocates from the smallest free block of the shared CIDRs that is large enough, so that large ones stay whole. */
  allocateShared(length: number): Prefix | undefined {
    const [free] = this.freeShared()
      .filter((candidate) => candidate.length <= length)
      .sort((a, b) => b.length - a.length || a.compare(b));
    return this.take(free, length);
  }

  private freeOwn(): readonly Prefix[] {
    return this.attached.flatMap((block) => freeBlocks(block, [...this.subnets, ...this.foreign]));
  }

  private freeShared(): readonly Prefix[] {
    return this.shared.flatMap((block) => freeBlocks(block, this.subnets));
  }

  private take(free: Prefix | undefined, length: number): Prefix | undefined {
    if (free === undefined) return undefined;
    const chosen = Prefix.ipv4At(Number(free.first), length);
    this.subnets.push(chosen);
    return chosen;
  }

  /** Share of the cluster's own attached growth CIDRs in use, 0 to 1; 1 when `blocks` is empty. */
  usedShare(blocks: readonly Prefix[] = this.attached): number {
    const size = blocks.reduce((sum, block) => sum + Number(block.size), 0);
    if (size === 0) return 1;
    const used = [...this.subnets, ...this.foreign].filter((cidr) =>
      blocks.some((block) => block.contains(cidr)),
    );
    return summarize(used).reduce((sum, cidr) => sum + Number(cidr.size), 0) / size;
  }

  /** Addresses of the attached growth CIDRs in neither a subnet nor a foreign allocation. */
  get freeAddresses(): number {
    return [...this.freeOwn(), ...this.freeShared()].reduce((sum, block) => sum + Number(block.size), 0);
  }

  /** Whether a subnet, existing or decided in this run, or a foreign allocation overlaps a CIDR of the cluster's own. */
  isUsed(block: Prefix): boolean {
    return this.hasSubnet(block) || this.foreign.some((cidr) => cidr.overlaps(block));
  }

  /** Whether a subnet, existing or decided in this run, overlaps this CIDR. */
  hasSubnet(block: Prefix): boolean {
    return this.subnets.some((cidr) => cidr.overlaps(block));
  }
}
