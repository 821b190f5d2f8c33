import { type Prefix } from "../prefix/prefix";
import { type Fence, type SharedGrowthCidr } from "./cluster-addresses";
import { type ClusterBlock } from "./cluster-blocks";

/** What the plan knows of a cluster besides its definition. */
export interface ClusterContext {
  /** Name in the cloud. */
  readonly name: string;
  /** All its blocks, those that leave the plan included. */
  readonly blocks: readonly ClusterBlock[];
  readonly privateRanges: readonly string[];
  /** The growth pool of its environment and Region. */
  readonly sharedGrowth: readonly SharedGrowthCidr[];
  /** The fences around the cluster's own blocks. */
  fencesAround(own: readonly Prefix[]): readonly Fence[];
}
