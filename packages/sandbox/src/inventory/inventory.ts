import { Journal, Store } from "@cluster-ipam/cloud-model";
import { keptCounts } from "../resource-store/resource-store";
import { type AllocatedBlock, allocatedBlocks } from "./allocated-block";

/**
 * The blocks of addresses that stand in a kept cloud, in the order of the addresses, the larger block first.
 *
 * @param state folder of the cloud; one that does not exist is an empty cloud
 */
export const standing = (state: string): readonly AllocatedBlock[] =>
  new Store({ journal: new Journal(state) }).view(allocatedBlocks);

/**
 * How many resources of each Terraform type stand in a kept cloud.
 *
 * @param state folder of the cloud; one that does not exist is an empty cloud
 */
export const resourceCounts = (state: string): Readonly<Record<string, number>> =>
  new Store({ journal: new Journal(state) }).view(keptCounts);
