import {
  createFunction,
  deleteFunction,
  findFunction,
  updateFunctionConfiguration,
} from "@cluster-ipam/cloud-model/aws/lambda";
import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import { ConfigReader } from "../../config-reader";
import { type ResourceContext, type ResourceModel } from "../../resource-model";

/** `aws_lambda_function`. */
export const lambdaFunction: ResourceModel = {
  create(context, planned) {
    createFunction(context, requestFrom(planned));
    return {};
  },
  update(context, _prior, planned) {
    updateFunctionConfiguration(context, requestFrom(planned));
    return {};
  },
  delete(context, state) {
    if (functionExists(context, state)) deleteFunction(context, requestFrom(state));
  },
  read: (context, state) => (functionExists(context, state) ? {} : null),
};

function requestFrom(values: ObjectValue) {
  const config = new ConfigReader(values);
  return { FunctionName: config.text("function_name"), Role: config.text("role") };
}

/** Whether the function that `function_name` names exists. */
export const functionExists = ({ transaction, caller }: ResourceContext, values: ObjectValue): boolean =>
  findFunction(transaction, caller, new ConfigReader(values).text("function_name")) !== undefined;
