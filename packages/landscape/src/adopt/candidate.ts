import { type ClusterDefinition } from "@cluster-ipam/address-plan/adoption";
import { type Prefix } from "@cluster-ipam/address-plan/prefix";
import { type Finding } from "./finding";

/** A block of the lock that an existing network becomes. */
export interface AdoptedBlock {
  /** `vpc`, `pods`, `nodes`, `public`, `control-plane` or `existing`. */
  readonly role: string;
  /** Full name of the zone, for a subnet. */
  readonly zone?: string;
  /** Number among those of its role and zone, from 1. */
  readonly number: number;
  /** `nodes` or `pods`: the pool that it is in. */
  readonly pool: "nodes" | "pods";
  readonly prefix: Prefix;
  /** Id of what has it: the VPC, its CIDR's association, the subnet, the range. */
  readonly id: string;
}

/** Something that exists and becomes a cluster of the plan. */
export interface Candidate {
  /** Name of the cluster in the plan. */
  readonly name: string;
  readonly cloud: "aws" | "google";
  readonly environment: string;
  readonly region: string;
  /** The VPC, or the network. */
  readonly network: string;
  /** AWS account, Google project. */
  readonly owner: string;
  /** The cluster as `addresses.yaml` has it. */
  readonly definition: ClusterDefinition;
  readonly blocks: readonly AdoptedBlock[];
  /** Route table of new subnets by zone. */
  readonly routeTables: Readonly<Record<string, string>>;
  /** Tags by id, without those that AWS sets. */
  readonly tags: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly findings: readonly Finding[];
}
