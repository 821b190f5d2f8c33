import { type Lookups, type ResourceModels } from "../resource-model";
import { ec2Lookups } from "./ec2-lookups";
import { ec2Models } from "./ec2-models";

/** The modelled AWS types. */
export const awsModels: ResourceModels = {
  ...ec2Models,
};

/** The AWS data sources answered from what stands. */
export const awsLookups: Lookups = {
  ...ec2Lookups,
};
