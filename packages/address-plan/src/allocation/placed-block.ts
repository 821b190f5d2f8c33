import { type RequiredBlock } from "../blocks/required-block";
import { type Prefix } from "../prefix/prefix";
import { type AllocatedBlock, type AllocatedSpace } from "./allocated-block";

/** A block with its CIDR, in which others are still allocated. */
export interface PlacedBlock extends AllocatedBlock {
  /** Widened in place for a block that needs more. */
  prefix: Prefix;
  /** Another one for a block that is widened. */
  demand: string;
  children: readonly PlacedBlock[];
}

/** The CIDR of a space, as a block. */
export type PlacedSpace = AllocatedSpace & PlacedBlock;

/** A required block with one of its CIDRs. @param children gets the blocks inside @default nothing is allocated inside */
export function placedBlock(
  block: RequiredBlock,
  key: string,
  prefix: Prefix,
  children: readonly PlacedBlock[] = NO_CHILDREN,
): PlacedBlock {
  const { kind, owner, podsPerNode, vpcCidr } = block;
  const demand = demandOf(block, prefix);
  return { key, prefix, demand, kind, owner, state: undefined, podsPerNode, vpcCidr, children };
}

const NO_CHILDREN: readonly PlacedBlock[] = [];

/** Size and reason of a CIDR, for display. */
function demandOf({ size, demand }: RequiredBlock, { length }: Prefix): string {
  if (size.kind === "content") return `/${length}: ${demand}`;
  return size.kind === "exact" && length < size.length ? demand.replace(/^\/\d+/, `/${length}`) : demand;
}
