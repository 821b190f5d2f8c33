import { type ResourceModels } from "../resource-model";
import { ec2Models } from "./ec2/ec2-models";
import { eksModels } from "./eks";
import { iamRole } from "./iam/iam-role";
import { lambdaModels } from "./lambda/lambda-models";
import { ramModels } from "./ram/ram-models";

/** The modeled AWS types. */
export const awsModels: ResourceModels = {
  ...ec2Models,
  ...eksModels,
  ...lambdaModels,
  ...ramModels,
  aws_iam_role: iamRole,
};
