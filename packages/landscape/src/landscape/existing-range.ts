import { type Prefix } from "@cluster-ipam/address-plan/prefix";

/** What an address range is where it exists. */
export type RangeKind =
  /** A CIDR of a VPC on AWS. */
  | "vpc"
  /** A subnet on either cloud: on Google Cloud, its primary range. */
  | "subnet"
  /** A secondary range of a subnetwork, for Pods and Services. */
  | "secondary-range"
  /** The Pods of a routes-based GKE cluster, which are in no subnetwork. */
  | "pod-range"
  /** The control plane of a private GKE cluster. */
  | "control-plane"
  /** An internal range of Network Connectivity. */
  | "internal-range"
  /** A CIDR of an IPAM pool on AWS: it contains what was allocated from it. */
  | "ipam-pool"
  /** An allocation from an IPAM pool for something that is not a VPC. */
  | "allocation"
  /** A line of a table or of NetBox: a document, or a network outside both clouds. */
  | "documented";

/** Where a range was read. */
export interface Source {
  /** A file, or the service that was asked. */
  readonly file: string;
  /** The entry in it, for example `Vpcs[3]`. */
  readonly entry: string;
}

/** One address range that exists. */
export interface ExistingRange {
  readonly kind: RangeKind;
  readonly prefix: Prefix;
  /** Id or name of what has the range, for example `vpc-0a1b2c3d`; a secondary range's name. */
  readonly id: string;
  /** Name for people. @default none */
  readonly name?: string;
  /** @default neither: an export says nothing of a cloud */
  readonly cloud?: "aws" | "google";
  /** AWS account, Google project, or owner of a documented range. */
  readonly owner: string;
  /** @default not known */
  readonly region?: string;
  /** Full name of the zone of a subnet on AWS. */
  readonly zone?: string;
  /** The VPC or the Google network around it: `vpc-0a1b2c3d`, `projects/p/global/networks/n`. */
  readonly network?: string;
  /** The subnetwork of a secondary range. */
  readonly subnet?: string;
  /** Id of the association of a VPC's CIDR. The primary CIDR has one too. */
  readonly association?: string;
  /** Whether it is the primary CIDR of its VPC. */
  readonly primary?: boolean;
  /** Free addresses, where the cloud says so. */
  readonly free?: number;
  /** States that IPAM gives the range, for example `noncompliant`, `overlapping`. */
  readonly states?: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly source: Source;
}
