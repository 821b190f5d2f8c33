import { type Lookups, type ResourceModels } from "../resource-model";
import { eksLookups, eksModels } from "./eks";
import { lambdaModels } from "./lambda";
import { networkModels } from "./network";
import { ramModels } from "./ram";

/** The modelled AWS types. */
export const awsModels: ResourceModels = { ...eksModels, ...lambdaModels, ...networkModels, ...ramModels };

/** The AWS data sources answered from what stands. */
export const awsLookups: Lookups = { ...eksLookups };
