import { type AllocatedSpace } from "../allocation/allocated-block";
import { allocatePlan } from "../allocation/allocation";
import { cloudName } from "../allocation/renames";
import { baseOf } from "../blocks/block-key";
import { checkDefinition } from "../demand/definition-check";
import { type PlanDefinition, type PlanDefinitionInput } from "../demand/plan-definition";
import { type AddressLock } from "../lock/address-lock";
import { readPlanFiles } from "../lock/plan-files";
import { AddressPlanError } from "../message/address-plan-error";
import { suggestion } from "../message/suggestion";
import { type Prefix } from "../prefix/prefix";
import { summarize } from "../prefix/prefix-set";
import { addressNode, type AddressNode } from "./address-tree";
import { awsPoolsOf } from "./aws-pools";
import {
  type ClusterAddresses,
  type EksClusterAddresses,
  type GkeClusterAddresses,
} from "./cluster-addresses";
import { type ClusterBlock, clusterBlocks, rangesOf } from "./cluster-blocks";
import { type ClusterContext } from "./cluster-context";
import { eksAddresses } from "./eks-addresses";
import { fencesAround } from "./fences";
import { gkeAddresses } from "./gke-addresses";
import { type IpamPoolPlan } from "./ipam-pool";
import { type SharedGrowthPools, sharedGrowthPools } from "./shared-growth";
import { checkUpToDate } from "../allocation/lock-check";

/** The addresses of every cluster on both clouds: an address plan, verified against its lock. */
export class AddressPlan {
  private readonly blocksOf: ReadonlyMap<string, readonly ClusterBlock[]>;
  private readonly sharedGrowth: SharedGrowthPools;
  private readonly cachedAddresses = new Map<string, ClusterAddresses>();

  private constructor(
    private readonly definition: PlanDefinition,
    private readonly lock: AddressLock,
    private readonly spaces: readonly AllocatedSpace[],
  ) {
    this.blocksOf = clusterBlocks(spaces);
    this.sharedGrowth = sharedGrowthPools(spaces);
  }

  /**
   * Reads `addresses.yaml` and `addresses.lock.json`.
   *
   * @param options.directory searched for `addresses.yaml`, and then its parents @default the working directory
   * @throws AddressPlanError if a file is missing or invalid, or the lock does not match the plan
   */
  static load(options: { readonly directory?: string } = {}): AddressPlan {
    const { definition, lock } = readPlanFiles(options.directory ?? process.cwd());
    return AddressPlan.verified(definition, lock);
  }

  /**
   * Creates a plan from memory; `allocate(definition).lock` creates a lock.
   *
   * @throws AddressPlanError if the plan is invalid or the lock does not match it
   */
  static from(definition: PlanDefinitionInput, lock: AddressLock): AddressPlan {
    return AddressPlan.verified(checkDefinition(definition), lock);
  }

  private static verified(definition: PlanDefinition, lock: AddressLock): AddressPlan {
    const allocation = allocatePlan(definition, lock);
    checkUpToDate(allocation.changes);
    return new AddressPlan(definition, allocation.lock, allocation.spaces);
  }

  /** Owner of the address space, for display. */
  get organisation(): string {
    return this.definition.organisation;
  }

  /** All clusters, sorted by name. */
  get clusters(): readonly ClusterAddresses[] {
    return Object.keys(this.definition.clusters)
      .sort()
      .map((name) => this.cluster(name));
  }

  /** The addresses of a cluster on either cloud. @throws AddressPlanError if the plan has no such cluster */
  cluster(name: string): ClusterAddresses {
    const addresses = this.cachedAddresses.get(name) ?? this.addressesOf(name);
    this.cachedAddresses.set(name, addresses);
    return addresses;
  }

  /** The addresses of an EKS cluster. @throws AddressPlanError if the plan has no such cluster on AWS */
  eks(name: string): EksClusterAddresses {
    const cluster = this.cluster(name);
    if (cluster.cloud === "aws") return cluster;
    throw new AddressPlanError(name, "is a cluster on google, not on aws; use gke()");
  }

  /** The addresses of a GKE cluster. @throws AddressPlanError if the plan has no such cluster on Google */
  gke(name: string): GkeClusterAddresses {
    const cluster = this.cluster(name);
    if (cluster.cloud === "google") return cluster;
    throw new AddressPlanError(name, "is a cluster on aws, not on google; use eks()");
  }

  /**
   * All private ranges, summarized: the spaces and the routed reserved ranges. Traffic to them keeps the pod's address.
   */
  get privateRanges(): readonly string[] {
    return summarize([
      ...this.spaces.map((space) => space.prefix),
      ...this.routedOutside().map(({ prefix }) => prefix),
    ]).map(String);
  }

  /**
   * The AWS IPAM hierarchy, parents before children. The pool of a VPC that IPAM assigned stays until the VPC is gone.
   */
  awsPools(): readonly IpamPoolPlan[] {
    const assigned = new Map<string, string>();
    for (const [cluster, blocks] of this.blocksOf)
      for (const { block, pool } of rangesOf(blocks, "vpc"))
        if (block.vpcCidr !== undefined && (block.state !== "retired" || this.hasCluster(cluster)))
          assigned.set(baseOf(block.key)[0], `${pool}/${cloudName(this.lock, cluster)}`);
    const names = [...new Set(this.spaces.map(({ space }) => space))];
    return names.flatMap((name) =>
      awsPoolsOf(
        this.spaces.filter(({ space }) => space === name),
        assigned,
      ),
    );
  }

  /** The spaces with all their blocks, free space included, and the reserved ranges outside them, for reports. */
  tree(): readonly AddressNode[] {
    const outside = this.definition.reserved
      .filter(({ cidr }) => !this.spaces.some((space) => space.prefix.overlaps(cidr)))
      .map(({ cidr, owner }): AddressNode => {
        const text = cidr.toString();
        return { key: `reserved/${text}`, cidr: text, owner, kind: "reserved", children: [] };
      });
    return [...this.spaces.map(addressNode), ...outside];
  }

  /** Routed reserved ranges outside the spaces. */
  private routedOutside(): { prefix: Prefix; owner: string }[] {
    return this.definition.reserved
      .filter(({ cidr, routed }) => routed && !this.spaces.some((space) => space.prefix.overlaps(cidr)))
      .map(({ cidr, owner }) => ({ prefix: cidr, owner }));
  }

  private hasCluster(key: string): boolean {
    return Object.hasOwn(this.definition.clusters, key);
  }

  private addressesOf(name: string): ClusterAddresses {
    const { clusters } = this.definition;
    const cluster = this.hasCluster(name) ? clusters[name] : undefined;
    if (cluster === undefined)
      throw new AddressPlanError(
        name,
        `no such cluster in the address plan${suggestion(name, Object.keys(clusters))}`,
      );
    const context: ClusterContext = {
      name: cloudName(this.lock, name),
      blocks: this.blocksOf.get(name) ?? [],
      privateRanges: this.privateRanges,
      sharedGrowth: this.sharedGrowth.get(`${cluster.region}/${cluster.environment}`) ?? [],
      fencesAround: (own) => fencesAround(this.spaces, own, this.routedOutside()),
    };
    return cluster.cloud === "aws"
      ? eksAddresses(name, cluster, context)
      : gkeAddresses(name, cluster, context);
  }
}
