import { awsLookups, awsModels } from "./aws";
import { googleLookups, googleModels } from "./google";
import { kubernetesLookups, kubernetesModels } from "./kubernetes";
import { type Lookups, type ResourceModels } from "./resource-model";

/** The types that are modelled beyond being kept. */
export const models: ResourceModels = { ...awsModels, ...googleModels, ...kubernetesModels };

/** The data sources answered from what stands. */
export const lookups: Lookups = { ...awsLookups, ...googleLookups, ...kubernetesLookups };
