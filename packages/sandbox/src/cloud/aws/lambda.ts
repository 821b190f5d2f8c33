import { Asked } from "../asked";
import { kept } from "../kept-resource";
import { type ResourceModel, type ResourceModels } from "../resource-model";
import { ServiceError } from "../service-error";
import { checkRole } from "./iam-role";

const lambdaFunction: ResourceModel = {
  create(scene, planned) {
    const role = new Asked(planned).text("role");
    checkRole(scene, role, "lambda.amazonaws.com", () => unassumable());
    return {};
  },
  update(scene, _prior, planned) {
    const role = new Asked(planned).text("role");
    checkRole(scene, role, "lambda.amazonaws.com", () => unassumable());
    return {};
  },
};

const unassumable = (): ServiceError =>
  new ServiceError(
    "InvalidParameterValueException",
    "The role defined for the function cannot be assumed by Lambda.",
  );

const ofFunction: ResourceModel = {
  create({ transaction, place }, planned) {
    const asked = new Asked(planned);
    const name = asked.text("function_name").replace(/^arn:.*:function:([^:]+).*$/, "$1");
    if (!kept(transaction, "aws_lambda_function", place, name)) {
      const arn = `arn:aws:lambda:${place.region}:${place.owner}:function:${name}`;
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
