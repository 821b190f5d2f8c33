import { type Prefix } from "@cluster-ipam/address-plan/prefix";
import { type ExistingRange } from "../landscape/existing-range";
import { type Landscape } from "../landscape/landscape";

/** Tag of what the plan's stacks create for a cluster. */
const CLUSTER_TAG = "cluster-ipam/cluster";

/** What exists, to be asked for. */
export class ExistingNetworks {
  constructor(readonly landscape: Landscape) {}

  /** Whether anything of a cloud's region was seen. */
  isSeen(cloud: "aws" | "google", region: string): boolean {
    return this.landscape.seen.some(
      (seen) => seen.cloud === cloud && (seen.region === "*" || seen.region === region),
    );
  }

  /** The primary CIDR of the VPC of a cluster: by its CIDR, or else by the tag that the cluster's stacks set. */
  vpc(cluster: string, region: string, cidr: Prefix): ExistingRange | undefined {
    const primaries = this.landscape.ranges.filter(
      (range) => range.kind === "vpc" && range.primary !== false && range.region === region,
    );
    const same = primaries.filter(({ prefix }) => prefix.equals(cidr));
    const isOwn = ({ tags }: ExistingRange) => tags[CLUSTER_TAG] === cluster;
    return same.find(isOwn) ?? primaries.find(isOwn) ?? same[0];
  }

  /** The CIDRs of a VPC besides its primary one. */
  furtherCidrs(network: string): readonly ExistingRange[] {
    return this.ofNetwork(network).filter((range) => range.kind === "vpc" && range.primary === false);
  }

  /** The subnets of a network on AWS. */
  subnets(network: string): readonly ExistingRange[] {
    return this.ofNetwork(network).filter(({ kind }) => kind === "subnet");
  }

  /** The ranges of Google's subnetworks in a region. */
  googleRanges(kind: "subnet" | "secondary-range", region: string): readonly ExistingRange[] {
    return this.landscape.ranges.filter(
      (range) => range.cloud === "google" && range.kind === kind && range.region === region,
    );
  }

  private ofNetwork(network: string): readonly ExistingRange[] {
    return this.landscape.ranges.filter((range) => range.network === network);
  }
}
