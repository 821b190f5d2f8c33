import { type Cni } from "./cni";
import { type Ec2VpcCidr } from "./ec2";
import { type RecordedState, type Tags } from "./tags";

/** A subnet of the VPC, as one run sees it. */
export interface ObservedSubnet {
  readonly id: string;
  readonly cidr: string;
  readonly zone: string;
  /** EC2's state: `pending` or `available`. */
  readonly state: string;
  readonly tags: Tags;
  /** Free addresses, aligned or not. */
  readonly availableAddresses: number;
  /** Free, aligned /28 blocks. */
  readonly freePrefixes: number;
  /** Interfaces in it, whoever owns them. */
  readonly interfaces: number;
  /** The autoscaler of this cluster made it. */
  readonly owned: boolean;
  /** Pods of this cluster can get addresses from it. */
  readonly discoverable: boolean;
  /** Same route table and network ACL as the zone's reference subnet; false where there is none. */
  readonly wired: boolean;
  readonly recorded: RecordedState;
}

/** A zone, as one run sees it. */
export interface ObservedZone {
  readonly zone: string;
  /** Absent when the zone has no pod subnet to copy the wiring of. */
  readonly referenceSubnetId?: string;
  /** Instances with an interface in the zone's pod subnets. */
  readonly nodes: number;
  /** Those whose every interface and every slot is taken; 0 when the node's shape is not configured. */
  readonly fullNodes: number;
  /** Net growth of the prefixes that are taken, per minute; 0 when they shrink. */
  readonly prefixesPerMinute: number;
}

/** Everything a decision depends on. */
export interface Observation {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly cni: Cni;
  readonly subnets: readonly ObservedSubnet[];
  readonly zones: readonly ObservedZone[];
  readonly vpcCidrs: readonly Ec2VpcCidr[];
  /** CIDRs that IPAM has given to others than this VPC's subnets. */
  readonly foreignCidrs: readonly string[];
  /** CIDRs provisioned to the growth pool; absent without one. */
  readonly poolCidrs?: readonly string[];
}
