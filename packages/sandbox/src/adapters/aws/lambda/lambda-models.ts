import { type ResourceModels } from "../../resource-model";
import { lambdaFunction } from "./lambda-function";
import { lambdaFunctionEventInvokeConfig } from "./lambda-function-event-invoke-config";
import { lambdaPermission } from "./lambda-permission";

/** The modeled types of Lambda. */
export const lambdaModels: ResourceModels = {
  aws_lambda_function: lambdaFunction,
  aws_lambda_function_event_invoke_config: lambdaFunctionEventInvokeConfig,
  aws_lambda_permission: lambdaPermission,
};
