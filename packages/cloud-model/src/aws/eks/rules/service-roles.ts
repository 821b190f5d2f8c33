import { type RequestContext } from "../../../request-context";
import { checkTrust } from "../../iam/rules/trust-policy";
import { invalidParameter } from "./refusals";

/** @throws ServiceError if EKS cannot assume the cluster's role */
export const checkClusterRole = (context: RequestContext, arn: string): void =>
  checkTrust(context, arn, "eks.amazonaws.com", () =>
    invalidParameter(
      `Role with arn: ${arn}, could not be assumed because it does not exist or the trusted entity is not correct`,
    ),
  );

/** @throws ServiceError if nodes cannot assume their role */
export const checkNodeRole = (context: RequestContext, arn: string): void =>
  checkTrust(context, arn, "ec2.amazonaws.com", () =>
    invalidParameter(
      `Following required service principals [ec2.amazonaws.com] were not found in the trust relationships of nodeRole ${arn}`,
    ),
  );

/** @throws ServiceError if EKS cannot give the role to pods */
export const checkPodRole = (context: RequestContext, arn: string): void =>
  checkTrust(context, arn, "pods.eks.amazonaws.com", () =>
    invalidParameter(
      `Trust policy of role ${arn} does not allow the service principal pods.eks.amazonaws.com, or the role does not exist`,
    ),
  );

/** @throws ServiceError if Fargate cannot assume the role of its pods */
export const checkFargateRole = (context: RequestContext, arn: string): void =>
  checkTrust(context, arn, "eks-fargate-pods.amazonaws.com", () =>
    invalidParameter(
      `Misconfigured PodExecutionRole Trust Policy; Please add the eks-fargate-pods.amazonaws.com Service Principal to ${arn}`,
    ),
  );
