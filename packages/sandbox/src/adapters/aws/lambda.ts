import { ServiceError } from "@cluster-ipam/cloud-model";
import { ConfigReader } from "../config-reader";
import { kept } from "../../resource-store/resource-store";
import { type ResourceModel, type ResourceModels } from "../resource-model";
import { checkRole } from "./iam-role";

const lambdaFunction: ResourceModel = {
  create(context, planned) {
    const role = new ConfigReader(planned).text("role");
    checkRole(context, role, "lambda.amazonaws.com", () => unassumable());
    return {};
  },
  update(context, _prior, planned) {
    const role = new ConfigReader(planned).text("role");
    checkRole(context, role, "lambda.amazonaws.com", () => unassumable());
    return {};
  },
};

const unassumable = (): ServiceError =>
  new ServiceError(
    "InvalidParameterValueException",
    "The role defined for the function cannot be assumed by Lambda.",
  );

const ofFunction: ResourceModel = {
  create({ transaction, caller }, planned) {
    const asked = new ConfigReader(planned);
    const name = asked.text("function_name").replace(/^arn:.*:function:([^:]+).*$/, "$1");
    if (!kept(transaction, "aws_lambda_function", caller, name)) {
      const arn = `arn:aws:lambda:${caller.region}:${caller.owner}:function:${name}`;
      throw new ServiceError("ResourceNotFoundException", `Function not found: ${arn}`, 404);
    }
    return {};
  },
};

/** The modelled types of Lambda. */
export const lambdaModels: ResourceModels = {
  aws_lambda_function: lambdaFunction,
  aws_lambda_function_event_invoke_config: ofFunction,
  aws_lambda_permission: ofFunction,
};
