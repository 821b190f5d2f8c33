import { ec2Lookups } from "../../data-sources/aws-ec2";
import { type Lookups, type ResourceModels } from "../resource-model";
import { ec2Models } from "./ec2/ec2-models";
import { eksLookups, eksModels } from "./eks";
import { iamRole } from "./iam/iam-role";
import { lambdaModels } from "./lambda/lambda-models";
import { ramModels } from "./ram/ram-models";

/** The modelled AWS types. */
export const awsModels: ResourceModels = {
  ...ec2Models,
  ...eksModels,
  ...lambdaModels,
  ...ramModels,
  aws_iam_role: iamRole,
};

/** The AWS data sources that are answered from the modelled cloud. */
export const awsLookups: Lookups = { ...ec2Lookups, ...eksLookups };
