import { ServiceError } from "@cluster-ipam/cloud-model";
import { type ResourceContext } from "../../resource-model";
import { checkRole } from "../iam-role";

export const invalidParameter = (message: string, operation?: string): ServiceError =>
  new ServiceError("InvalidParameterException", message, 400, operation);

export const invalidRequest = (message: string): ServiceError =>
  new ServiceError("InvalidRequestException", message);

export const notFound = (message: string): ServiceError =>
  new ServiceError("ResourceNotFoundException", message, 404);

/** @throws ServiceError when EKS could not assume the cluster's role */
export const checkClusterRole = (context: ResourceContext, arn: string): void =>
  checkRole(context, arn, "eks.amazonaws.com", () =>
    invalidParameter(
      `Role with arn: ${arn}, could not be assumed because it does not exist or the trusted entity is not correct`,
    ),
  );

/** @throws ServiceError when nodes could not assume their role */
export const checkNodeRole = (context: ResourceContext, arn: string): void =>
  checkRole(context, arn, "ec2.amazonaws.com", () =>
    invalidParameter(
      `Following required service principals [ec2.amazonaws.com] were not found in the trust relationships of nodeRole ${arn}`,
    ),
  );

/** @throws ServiceError when EKS could not hand the role to pods */
export const checkPodRole = (context: ResourceContext, arn: string): void =>
  checkRole(context, arn, "pods.eks.amazonaws.com", () =>
    invalidParameter(
      `Trust policy of role ${arn} does not allow the service principal pods.eks.amazonaws.com, or the role does not exist`,
    ),
  );
