import { awsModels } from "./adapters/aws";
import { googleLookups, googleModels } from "./adapters/google";
import { kubernetesLookups, kubernetesModels } from "./adapters/kubernetes";
import { type Lookups, type ResourceModels } from "./adapters/resource-model";
import { ec2Lookups } from "./data-sources/aws-ec2";
import { eksLookups } from "./data-sources/aws-eks";

/** The Terraform types that have an adapter; the others are only stored. */
export const models: ResourceModels = { ...awsModels, ...googleModels, ...kubernetesModels };

/** The data sources that are answered from the modeled cloud. */
export const lookups: Lookups = { ...ec2Lookups, ...eksLookups, ...googleLookups, ...kubernetesLookups };
