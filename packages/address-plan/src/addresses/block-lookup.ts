import type { Prefix } from "../prefix/prefix";
import type { NamedBlock } from "./cluster-addresses";

/** The allocated blocks of a cluster. */
export interface BlockLookup {
  /** The prefix of a key. */
  prefixOf(key: string): Prefix;
  readonly growth: readonly NamedBlock[];
  readonly privateRanges: readonly string[];
}
