import { freeBlocks, Prefix, summarise } from "@cluster-ipam/address-plan";

import { type GrowthPools } from "./config";
import { type Observation } from "./observation";

/** States in which a VPC CIDR can hold subnets, or soon will. */
const ATTACHED = /^(associated|associating)$/;

/** The growth space of one run; what a decision takes is taken for the next. */
export class GrowthSpace {
  /** Growth CIDRs in which EC2 makes subnets, lowest first. */
  readonly attached: readonly Prefix[];
  private readonly taken: Prefix[];
  private readonly subnets: readonly Prefix[];

  constructor(pools: GrowthPools, observation: Observation) {
    const inVpc = observation.vpcCidrs
      .filter(({ state }) => state === "associated")
      .map(({ cidr }) => Prefix.parse(cidr));
    const space = summarise(inVpc);
    this.attached = pools.cidrs
      .map((cidr) => Prefix.parse(cidr))
      .filter((block) => space.some((cidr) => cidr.contains(block)))
      .sort((a, b) => a.compare(b));
    this.subnets = observation.subnets.map(({ cidr }) => Prefix.parse(cidr));
    this.taken = [...this.subnets, ...observation.foreignCidrs.map((cidr) => Prefix.parse(cidr))];
  }

  /** Takes the lowest aligned free block of this netmask length; undefined when there is none. */
  take(length: number): Prefix | undefined {
    for (const block of this.attached) {
      const free = freeBlocks(block, this.taken).find((candidate) => candidate.length <= length);
      if (free === undefined) continue;
      const chosen = Prefix.ipv4At(Number(free.first), length);
      this.taken.push(chosen);
      return chosen;
    }
    return undefined;
  }

  /** The part of these attached growth CIDRs that subnets fill, 0 to 1; 1 when there are none. */
  usedShare(blocks: readonly Prefix[] = this.attached): number {
    const size = blocks.reduce((sum, block) => sum + Number(block.size), 0);
    if (size === 0) return 1;
    const used = this.taken.filter((cidr) => blocks.some((block) => block.contains(cidr)));
    return summarise(used).reduce((sum, cidr) => sum + Number(cidr.size), 0) / size;
  }

  /** Addresses of the attached growth CIDRs that no subnet and no foreign allocation holds. */
  get freeAddresses(): number {
    return this.attached
      .flatMap((block) => freeBlocks(block, this.taken))
      .reduce((sum, block) => sum + Number(block.size), 0);
  }

  /** Whether a subnet, or one that this run decided on, lies in this CIDR. */
  isUsed(block: Prefix): boolean {
    return this.taken.some((cidr) => cidr.overlaps(block));
  }
}

/** A CIDR the autoscaler attaches itself, and how it stands. */
export interface AttachCidr {
  readonly cidr: string;
  /** Absent while it is not associated. */
  readonly associationId?: string;
  /** The association is made or undone right now. */
  readonly changing: boolean;
  /** The growth pool can give it: provisioned, and nobody else's. */
  readonly givable: boolean;
}

/** The CIDRs the autoscaler attaches itself, lowest first. */
export function attachCidrs(pools: GrowthPools, observation: Observation): readonly AttachCidr[] {
  const provisioned = (observation.poolCidrs ?? []).map((cidr) => Prefix.parse(cidr));
  const foreign = observation.foreignCidrs.map((cidr) => Prefix.parse(cidr));
  return [...(pools.attachCidrs ?? [])]
    .map((cidr) => Prefix.parse(cidr))
    .sort((a, b) => a.compare(b))
    .map((block) => {
      const association = observation.vpcCidrs.find(
        ({ cidr, state }) => cidr === String(block) && !/^(disassociated|failed)$/.test(state),
      );
      return {
        cidr: String(block),
        ...(association?.state === "associated" && { associationId: association.associationId }),
        changing: association !== undefined && association.state !== "associated",
        givable:
          provisioned.some((cidr) => cidr.contains(block)) && !foreign.some((cidr) => cidr.overlaps(block)),
      };
    });
}

/** IPv4 CIDRs that count against the VPC's quota. */
export function attachedCidrCount({ vpcCidrs }: Observation): number {
  return vpcCidrs.filter(({ state }) => ATTACHED.test(state)).length;
}
