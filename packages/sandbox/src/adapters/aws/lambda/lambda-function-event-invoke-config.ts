import { getFunction } from "@cluster-ipam/cloud-model/aws/lambda";
import { ConfigReader } from "../../config-reader";
import { type ResourceModel } from "../../resource-model";
import { functionExists } from "./lambda-function";

/** `aws_lambda_function_event_invoke_config`: the model checks that its function exists. */
export const lambdaFunctionEventInvokeConfig: ResourceModel = {
  create(context, planned) {
    getFunction(context, new ConfigReader(planned).text("function_name"));
    return {};
  },
  read: (context, state) => (functionExists(context, state) ? {} : null),
};
