import { type ExistingCluster } from "./existing-cluster";
import { type ExistingRange } from "./existing-range";

/** Something that could not be seen. It is not known to be fine. */
export interface Unseen {
  /** For example `aws 111111111111 eu-west-1: DescribeIpamPools`. */
  readonly what: string;
  /** The reason, as the cloud gives it. */
  readonly why: string;
}

/** A part of a cloud that was seen whole: what the lock has there, and the landscape has not, is gone. */
export interface Seen {
  readonly cloud: "aws" | "google";
  /** AWS account or Google project. Empty for an account without VPCs: AWS names it nowhere. */
  readonly owner: string;
  /** `*` on Google, where a list has all regions. */
  readonly region: string;
}

/** Everything that exists, as far as it was seen: plain data, whatever it was read from. */
export interface Landscape {
  readonly ranges: readonly ExistingRange[];
  readonly clusters: readonly ExistingCluster[];
  /** Route tables on AWS, by the subnet that is associated with them. */
  readonly routeTables: ReadonlyMap<string, string>;
  readonly seen: readonly Seen[];
  readonly unseen: readonly Unseen[];
  /** Entries that were left out, by the reason, for example `IPv6`. */
  readonly skipped: ReadonlyMap<string, number>;
}
