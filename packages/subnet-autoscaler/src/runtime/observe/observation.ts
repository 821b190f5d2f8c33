import { type Ec2VpcCidr, type Tags } from "../cloud/ec2";
import { type Cni } from "../network/cni";
import { type RecordedState } from "../network/tags";

/** A subnet of the VPC as a run observes it. */
export interface ObservedSubnet {
  readonly id: string;
  readonly cidr: string;
  readonly zone: string;
  /** EC2's state: `pending` or `available`. */
  readonly state: string;
  readonly tags: Tags;
  /** Free addresses, aligned or not, without those in CIDR reservations. */
  readonly availableAddresses: number;
  /** Free addresses in CIDR reservations. */
  readonly reservedAddresses: number;
  /** CIDR reservations that are not the autoscaler's: a person made them. */
  readonly foreignReservations: readonly string[];
  /** CIDRs that the autoscaler reserves for prefixes in its subnets, and that are not reserved yet. */
  readonly missingReservations: readonly string[];
  /** Free, aligned /28 blocks. */
  readonly freePrefixes: number;
  /** Interfaces in the subnet, regardless of their owner. */
  readonly interfaces: number;
  /** Whether it is a growth subnet of this cluster's autoscaler. */
  readonly owned: boolean;
  /** Whether the cluster's CNI uses it for pods. */
  readonly discoverable: boolean;
  /** Whether it has the wiring of the zone's reference subnet; false when there is no reference subnet. */
  readonly wired: boolean;
  /** State that its tag records; meaningful for growth subnets only. */
  readonly recorded: RecordedState;
}

/** A zone as a run observes it. */
export interface ObservedZone {
  readonly zone: string;
  /** Pod subnet whose wiring growth subnets get; absent when the zone has none. */
  readonly referenceSubnetId?: string;
  /** Instances with an interface in the zone's pod subnets. */
  readonly nodes: number;
  /** Nodes whose interfaces and slots are all in use; 0 when the node shape is not configured. */
  readonly fullNodes: number;
  /**
   * IDs of the nodes that have all their interfaces, slots left on them, and no free prefix in the subnets of these
   * interfaces: no new subnet helps them. Empty when the node shape is not configured.
   */
  readonly strandedNodes: readonly string[];
  /**
   * Prefixes that nodes ask for and did not get: what a typical node of the cluster has, less what each node has that has none, or
   * fewer while the zone has no free prefix. What a full zone used says nothing about what it asks for.
   */
  readonly lackingPrefixes: number;
  /** Prefixes on interfaces in the zone's pod subnets. */
  readonly usedPrefixes: number;
  /** Net growth of the prefixes in use, per minute; 0 when they shrink. */
  readonly prefixesPerMinute: number;
  /** Prefixes that the zone is expected to use within the lead time, see {@link History.expected}. */
  readonly expectedPrefixes: number;
}

/** Input of a decision. */
export interface Observation {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly cni: Cni;
  readonly subnets: readonly ObservedSubnet[];
  readonly zones: readonly ObservedZone[];
  readonly vpcCidrs: readonly Ec2VpcCidr[];
  /** CIDRs that IPAM has allocated to anything other than this VPC. */
  readonly foreignCidrs: readonly string[];
  /** CIDRs provisioned to the growth pool; absent when no pool is configured. */
  readonly poolCidrs?: readonly string[];
}
