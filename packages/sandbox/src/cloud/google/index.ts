import { type Lookups, type ResourceModels } from "../resource-model";

/** The modelled Google types. */
export const googleModels: ResourceModels = {};

/** The Google data sources answered from what stands. */
export const googleLookups: Lookups = {};
