import { type RequestContext } from "../../../request-context";
import { ServiceError } from "../../../service-error";
import { checkTrust } from "../../iam/rules/trust-policy";
import {
  findFunction,
  functionArn,
  type LambdaFunction,
  putFunction,
  removeFunction,
} from "../documents/function";

/** `CreateFunction` and `UpdateFunctionConfiguration`, as far as they are modeled. */
export interface FunctionRequest {
  readonly FunctionName: string;
  /** ARN of the execution role. */
  readonly Role: string;
}

/** A request about one function, by its name or ARN. */
export interface FunctionName {
  readonly FunctionName: string;
}

/** `AddPermission` and `RemovePermission`, as far as they are modeled. */
export interface PermissionRequest extends FunctionName {
  readonly StatementId: string;
}

/** Creates a function. @throws ServiceError if the name is taken or Lambda cannot assume the role */
export function createFunction(context: RequestContext, { FunctionName, Role }: FunctionRequest): void {
  if (findFunction(context.transaction, context.caller, FunctionName))
    throw new ServiceError("ResourceConflictException", `Function already exist: ${FunctionName}`, 409);
  checkExecutionRole(context, Role);
  putFunction(context.transaction, {
    owner: context.caller.owner,
    region: context.caller.region,
    functionName: FunctionName,
    role: Role,
    statementIds: [],
  });
}

/** Gives a function another role. @throws ServiceError if Lambda cannot assume it */
export function updateFunctionConfiguration(context: RequestContext, request: FunctionRequest): void {
  const document = getFunction(context, request.FunctionName);
  checkExecutionRole(context, request.Role);
  putFunction(context.transaction, { ...document, role: request.Role });
}

/** Deletes a function with its resource policy. */
export function deleteFunction(context: RequestContext, { FunctionName }: FunctionName): void {
  removeFunction(context.transaction, getFunction(context, FunctionName));
}

/** Adds a statement to a function's resource policy. @throws ServiceError if its id is taken */
export function addPermission(context: RequestContext, request: PermissionRequest): void {
  const { FunctionName, StatementId } = request;
  const document = getFunction(context, FunctionName);
  if (document.statementIds.includes(StatementId))
    throw new ServiceError(
      "ResourceConflictException",
      `The statement id (${StatementId}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
      409,
    );
  putFunction(context.transaction, { ...document, statementIds: [...document.statementIds, StatementId] });
}

/** Removes a statement from a function's resource policy. @throws ServiceError if there is none */
export function removePermission(context: RequestContext, request: PermissionRequest): void {
  const { FunctionName, StatementId } = request;
  const document = getFunction(context, FunctionName);
  if (!document.statementIds.includes(StatementId))
    throw new ServiceError(
      "ResourceNotFoundException",
      `Statement ${StatementId} is not found in resource policy.`,
      404,
    );
  const statementIds = document.statementIds.filter((id) => id !== StatementId);
  putFunction(context.transaction, { ...document, statementIds });
}

/** The function of that name or ARN. @throws ServiceError `ResourceNotFoundException` */
export function getFunction({ transaction, caller }: RequestContext, nameOrArn: string): LambdaFunction {
  const document = findFunction(transaction, caller, nameOrArn);
  if (!document)
    throw new ServiceError(
      "ResourceNotFoundException",
      `Function not found: ${functionArn(caller, nameOrArn)}`,
      404,
    );
  return document;
}

const checkExecutionRole = (context: RequestContext, roleArn: string): void =>
  checkTrust(
    context,
    roleArn,
    "lambda.amazonaws.com",
    () =>
      new ServiceError(
        "InvalidParameterValueException",
        "The role defined for the function cannot be assumed by Lambda.",
      ),
  );
