import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import { ConfigReader } from "../../config-reader";
import { keptOf } from "../../../resource-store/resource-store";
import { type ResourceContext } from "../../resource-model";

/** What stands of a Terraform type in the caller's account and Region. */
export const standing = ({ transaction, caller }: ResourceContext, type: string): readonly ConfigReader[] =>
  keptOf(transaction, type)
    .filter(({ owner, region }) => owner === caller.owner && region === caller.region)
    .map(({ state }) => new ConfigReader(state as ObjectValue));

/** The one with that id, or undefined. */
export const standingById = (context: ResourceContext, type: string, id: string): ConfigReader | undefined =>
  standing(context, type).find((resource) => resource.text("id") === id);
