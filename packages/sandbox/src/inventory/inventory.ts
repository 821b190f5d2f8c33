import { Journal, Store } from "@cluster-ipam/cloud-model";
import { countResources } from "../resource-store/resource-store";
import { type AllocatedBlock, allocatedBlocks } from "./allocated-block";

/**
 * The allocated address blocks of a saved cloud, by address, larger blocks first.
 *
 * @param state folder of the cloud; one that does not exist is an empty cloud
 */
export const inventory = (state: string): readonly AllocatedBlock[] =>
  new Store({ journal: new Journal(state) }).view(allocatedBlocks);

/**
 * Number of resources per Terraform type in a saved cloud.
 *
 * @param state folder of the cloud; one that does not exist is an empty cloud
 */
export const resourceCounts = (state: string): Readonly<Record<string, number>> =>
  new Store({ journal: new Journal(state) }).view(countResources);
