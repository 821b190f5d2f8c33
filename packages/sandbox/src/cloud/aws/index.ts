import { type Lookups, type ResourceModels } from "../resource-model";

/** The modelled AWS types. */
export const awsModels: ResourceModels = {};

/** The AWS data sources answered from what stands. */
export const awsLookups: Lookups = {};
