import { type Lookups, type ResourceModels } from "../resource-model";
import { ec2Lookups } from "../../data-sources/aws-ec2";
import { ec2Models } from "./ec2/ec2-models";
import { eksLookups, eksModels } from "./eks";
import { lambdaModels } from "./lambda";
import { networkModels } from "./network";
import { ramModels } from "./ram";

/** The modelled AWS types. */
export const awsModels: ResourceModels = {
  ...ec2Models,
  ...eksModels,
  ...lambdaModels,
  ...networkModels,
  ...ramModels,
};

/** The AWS data sources answered from what stands. */
export const awsLookups: Lookups = { ...ec2Lookups, ...eksLookups };
