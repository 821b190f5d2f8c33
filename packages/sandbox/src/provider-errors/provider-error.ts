import { randomUUID } from "node:crypto";
import { systemErrorText } from "@cluster-ipam/address-plan/repository";
import { DiagnosticError, type ObjectValue, type TerraformType } from "@cluster-ipam/terraform-provider";
import { ServiceError } from "@cluster-ipam/cloud-model";
import { interpolate } from "../computed-values/interpolate";
import { awsErrorFormat, googleErrorTitles } from "./error-formats";

/** A provider operation. */
export type Action = "create" | "update" | "delete" | "read" | "import";

const verbs: { readonly [action in Action]: string } = {
  create: "creating",
  update: "updating",
  delete: "deleting",
  read: "reading",
  import: "importing",
};

/**
 * Formats a service error as the provider would. An error of the operating system, such as a full disk, is the sentence that
 * it is; other errors are the sandbox's own and pass through.
 */
export function providerError(
  action: Action,
  { type }: TerraformType,
  value: ObjectValue,
  error: Error,
): Error {
  if (systemErrorText(error.cause) !== undefined) return new DiagnosticError({ summary: error.message });
  if (!(error instanceof ServiceError)) return error;
  if (type.startsWith("google_")) return googleError(action, type, error);
  if (type.startsWith("kubernetes_")) return new DiagnosticError({ summary: error.message });
  return awsError(action, type, value, error);
}

/** The AWS SDK for Go's format: EC2 alone has no modeled error types. */
function awsError(action: Action, type: string, value: ObjectValue, error: ServiceError): Error {
  const { title, service, operations, label } = awsErrorFormat(type);
  const id = action === "create" ? interpolate(label, value) : String(value["id"] ?? "");
  const operation = error.operation ?? operations[action === "import" ? "read" : action];
  const reason = `${service === "EC2" ? "api error " : ""}${error.code}: ${error.message}`;
  return new DiagnosticError({
    summary: `${verbs[action]} ${title}${id === "" ? "" : ` (${id})`}: operation error ${service}: ${operation}, https response error StatusCode: ${error.status}, RequestID: ${randomUUID()}, ${reason}`,
  });
}

function googleError(action: Action, type: string, error: ServiceError): Error {
  const answer = `googleapi: Error ${error.status}: ${error.message}, ${error.code}`;
  const title = googleErrorTitles[type] ?? type;
  return new DiagnosticError({
    summary: title === "" ? answer : `Error ${verbs[action]} ${title}: ${answer}`,
  });
}

/** The error for updating a resource that no longer exists. */
export const gone = ({ type }: TerraformType, { id }: ObjectValue): ServiceError =>
  type.startsWith("google_")
    ? new ServiceError("notFound", `The resource '${String(id)}' was not found`, 404)
    : new ServiceError("ResourceNotFoundException", `${String(id)} was not found.`, 404);

/** The error for an import or a data source that finds nothing. */
export const notFound = ({ type }: TerraformType, wanted: string): DiagnosticError =>
  new DiagnosticError({
    summary: `Cannot find ${type}`,
    detail: `Nothing in the sandbox's cloud matches ${wanted}. Deploy the stack that creates it first.`,
  });
