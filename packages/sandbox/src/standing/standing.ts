import { keptCounts } from "../cloud/kept-resource";
import { Journal } from "../store/journal";
import { Store } from "../store/store";
import { type StandingBlock, standingBlocks } from "./standing-block";

/**
 * The blocks of addresses that stand in a kept cloud, in the order of the addresses, the larger block first.
 *
 * @param state folder of the cloud; one that does not exist is an empty cloud
 */
export const standing = (state: string): readonly StandingBlock[] =>
  new Store({ journal: new Journal(state) }).view(standingBlocks);

/**
 * How many resources of each Terraform type stand in a kept cloud.
 *
 * @param state folder of the cloud; one that does not exist is an empty cloud
 */
export const standingCounts = (state: string): Readonly<Record<string, number>> =>
  new Store({ journal: new Journal(state) }).view(keptCounts);
