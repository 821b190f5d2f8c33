import { type Lookups, type ResourceModels } from "../resource-model";

/** The modelled Kubernetes types. */
export const kubernetesModels: ResourceModels = {};

/** The Kubernetes data sources answered from what stands. */
export const kubernetesLookups: Lookups = {};
