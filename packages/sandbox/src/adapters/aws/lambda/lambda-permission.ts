import { addPermission, findFunction, removePermission } from "@cluster-ipam/cloud-model/aws/lambda";
import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import { ConfigReader } from "../../config-reader";
import { nameOf } from "../../generated-name";
import { type ResourceContext, type ResourceModel } from "../../resource-model";

/** `aws_lambda_permission`. */
export const lambdaPermission: ResourceModel = {
  create(context, planned) {
    const StatementId = nameOf(context, planned, "statement_id");
    addPermission(context, { FunctionName: functionNameIn(planned), StatementId });
    return { statement_id: StatementId };
  },
  delete(context, state) {
    if (!exists(context, state)) return;
    removePermission(context, { FunctionName: functionNameIn(state), StatementId: statementIn(state) });
  },
  read: (context, state) => (exists(context, state) ? {} : null),
};

const functionNameIn = (values: ObjectValue): string => new ConfigReader(values).text("function_name");
const statementIn = (state: ObjectValue): string => new ConfigReader(state).text("statement_id");

const exists = ({ transaction, caller }: ResourceContext, state: ObjectValue): boolean =>
  findFunction(transaction, caller, functionNameIn(state))?.statementIds.includes(statementIn(state)) ??
  false;
