import { type AddressLock, EMPTY_LOCK } from "../lock/address-lock";
import { AddressPlanError } from "../message/address-plan-error";
import { addressNode, type AddressNode } from "./address-tree";
import { type AllocatedBlock, type AllocatedSpace, type Allocation, allocateTree } from "../allocation/allocation";
import { awsPoolsOf } from "./aws-pools";
import {
  type ClusterAddresses,
  type EksClusterAddresses,
  type GkeClusterAddresses,
  type GrowthBlock,
  type Places,
} from "./cluster-addresses";
import { checkDefinition } from "../demand/definition-check";
import { eksAddresses } from "./eks-addresses";
import { fencesAround } from "./fences";
import { gkeAddresses } from "./gke-addresses";
import { lockedGrowth } from "../blocks/growth-blocks";
import { type IpamPoolPlan } from "./ipam-pool";
import { checkFresh } from "../lock/lock-check";
import { readPlanFiles } from "../lock/plan-files";
import { type PlanDefinition, type PlanDefinitionInput } from "../demand/plan-definition";
import { type Prefix } from "../prefix/prefix";
import { summarise } from "../prefix/prefix-set";
import { suggestion } from "../message/suggestion";
import { wantedTree } from "../blocks/required-spaces";

/**
 * Gives every block of a plan its place, keeping what the lock already holds.
 *
 * @param lock what was allocated before @default nothing
 * @throws AddressPlanError if the plan is wrong, the lock damaged or the space too small
 */
export function allocate(definition: PlanDefinitionInput, lock: AddressLock = EMPTY_LOCK): Allocation {
  return allocateTree(wantedTree(checkDefinition(definition), lockedGrowth(lock)), lock);
}

/** The addresses of every cluster on both clouds: the plan, verified against its lock. */
export class AddressPlan {
  private readonly blocks = new Map<string, AllocatedBlock>();
  /** By cluster. */
  private readonly growth = new Map<string, GrowthBlock[]>();
  private readonly made = new Map<string, ClusterAddresses>();

  private constructor(
    private readonly definition: PlanDefinition,
    private readonly spaces: readonly AllocatedSpace[],
  ) {
    const index = (block: AllocatedBlock): void => {
      this.blocks.set(block.key, block);
      if (block.kind === "growth")
        this.growth.set(block.owner, [...this.growthOf(block.owner), growthBlock(block)]);
      block.children.forEach(index);
    };
    spaces.forEach(index);
  }

  /**
   * Reads `addresses.yaml` and `addresses.lock.json`.
   *
   * @param options.directory where the search for `addresses.yaml` starts; it goes on upwards
   * @default the working directory
   * @throws AddressPlanError if a file is missing or wrong, or the lock is not the outcome of the plan
   */
  static load(options: { readonly directory?: string } = {}): AddressPlan {
    const { definition, lock } = readPlanFiles(options.directory ?? process.cwd());
    return AddressPlan.verified(definition, lock);
  }

  /**
   * A plan and its lock from memory; `allocate(definition).lock` makes one.
   *
   * @throws AddressPlanError if the plan is wrong or the lock is not its outcome
   */
  static from(definition: PlanDefinitionInput, lock: AddressLock): AddressPlan {
    return AddressPlan.verified(checkDefinition(definition), lock);
  }

  private static verified(definition: PlanDefinition, lock: AddressLock): AddressPlan {
    const wanted = wantedTree(definition, lockedGrowth(lock));
    checkFresh(wanted, lock);
    return new AddressPlan(definition, allocateTree(wanted, lock).spaces);
  }

  /** Who owns the address space, for people. */
  get organisation(): string {
    return this.definition.organisation;
  }

  /** All clusters, sorted by name. */
  get clusters(): readonly ClusterAddresses[] {
    return Object.keys(this.definition.clusters)
      .sort()
      .map((name) => this.cluster(name));
  }

  /** The addresses of a cluster of either cloud. @throws AddressPlanError if the plan has no such cluster */
  cluster(name: string): ClusterAddresses {
    const made = this.made.get(name) ?? this.addressesOf(name);
    this.made.set(name, made);
    return made;
  }

  /** The addresses of an EKS cluster. @throws AddressPlanError if the plan has no such cluster on AWS */
  eks(name: string): EksClusterAddresses {
    const cluster = this.cluster(name);
    if (cluster.cloud === "aws") return cluster;
    throw new AddressPlanError(name, "a cluster on google in the address plan, not on aws; use gke()");
  }

  /** The addresses of a GKE cluster. @throws AddressPlanError if the plan has no such cluster on Google */
  gke(name: string): GkeClusterAddresses {
    const cluster = this.cluster(name);
    if (cluster.cloud === "google") return cluster;
    throw new AddressPlanError(name, "a cluster on aws in the address plan, not on google; use eks()");
  }

  /**
   * Every private range, summarised: the spaces and what is reserved and routed. Traffic to them keeps the
   * pod's address.
   */
  get privateRanges(): readonly string[] {
    return summarise([
      ...this.spaces.map((space) => space.prefix),
      ...this.outside().map(({ prefix }) => prefix),
    ]).map(String);
  }

  /** The AWS IPAM hierarchy, parents before children. */
  awsPools(): readonly IpamPoolPlan[] {
    return this.spaces.flatMap(awsPoolsOf);
  }

  /** The spaces with everything in them, free space included, and the reserved ranges outside, for reports. */
  tree(): readonly AddressNode[] {
    const outside = this.definition.reserved
      .filter(({ cidr }) => !this.spaces.some((space) => space.prefix.overlaps(cidr)))
      .map(({ cidr, owner }): AddressNode => {
        const text = cidr.toString();
        return { key: `reserved/${text}`, cidr: text, owner, kind: "reserved", children: [] };
      });
    return [...this.spaces.map(addressNode), ...outside];
  }

  /** Reserved ranges outside the spaces that private traffic reaches. */
  private outside(): { prefix: Prefix; owner: string }[] {
    return this.definition.reserved
      .filter(({ cidr, routed }) => routed && !this.spaces.some((space) => space.prefix.overlaps(cidr)))
      .map(({ cidr, owner }) => ({ prefix: cidr, owner }));
  }

  private addressesOf(name: string): ClusterAddresses {
    const { clusters } = this.definition;
    const cluster = Object.hasOwn(clusters, name) ? clusters[name] : undefined;
    if (cluster === undefined)
      throw new AddressPlanError(
        name,
        `no such cluster in the address plan${suggestion(name, Object.keys(clusters))}`,
      );
    const places: Places = {
      of: (key) => this.blocks.get(key)!.prefix,
      growth: this.growthOf(name),
      privateRanges: this.privateRanges,
    };
    if (cluster.cloud === "aws") return eksAddresses(name, cluster, places);
    return gkeAddresses(name, cluster, places, (own) => fencesAround(this.spaces, own, this.outside()));
  }

  /** In the order in which they were added. */
  private growthOf(cluster: string): readonly GrowthBlock[] {
    const number = ({ name }: GrowthBlock) => Number(name.slice("growth-".length) || 1);
    return [...(this.growth.get(cluster) ?? [])].sort((a, b) => number(a) - number(b));
  }
}

function growthBlock({ key, prefix }: AllocatedBlock): GrowthBlock {
  return { name: key.slice(key.lastIndexOf("/") + 1), cidr: prefix.toString() };
}
