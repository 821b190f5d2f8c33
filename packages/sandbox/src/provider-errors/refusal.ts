import { randomUUID } from "node:crypto";
import { DiagnosticError, type ObjectValue, type TerraformType } from "@cluster-ipam/terraform-provider";
import { ServiceError } from "@cluster-ipam/cloud-model";
import { interpolate } from "../computed-values/interpolate";
import { awsWording, googleWording } from "./wording";

/** What Terraform has a provider do. */
export type Action = "create" | "update" | "delete" | "read" | "import";

const verbs: { readonly [action in Action]: string } = {
  create: "creating",
  update: "updating",
  delete: "deleting",
  read: "reading",
  import: "importing",
};

/** An error in the form in which the provider shows it; errors that are no refusals stay as they are. */
export function refusal(action: Action, { type }: TerraformType, value: ObjectValue, error: Error): Error {
  if (!(error instanceof ServiceError)) return error;
  if (type.startsWith("google_")) return googleRefusal(action, type, error);
  if (type.startsWith("kubernetes_")) return new DiagnosticError({ summary: error.message });
  return awsRefusal(action, type, value, error);
}

/** In the form of the AWS SDK for Go: only EC2 has no errors of its own type. */
function awsRefusal(action: Action, type: string, value: ObjectValue, error: ServiceError): Error {
  const { title, service, operations, label } = awsWording(type);
  const id = action === "create" ? interpolate(label, value) : String(value["id"] ?? "");
  const operation = error.operation ?? operations[action === "import" ? "read" : action];
  const reason = `${service === "EC2" ? "api error " : ""}${error.code}: ${error.message}`;
  return new DiagnosticError({
    summary: `${verbs[action]} ${title}${id === "" ? "" : ` (${id})`}: operation error ${service}: ${operation}, https response error StatusCode: ${error.status}, RequestID: ${randomUUID()}, ${reason}`,
  });
}

function googleRefusal(action: Action, type: string, error: ServiceError): Error {
  const answer = `googleapi: Error ${error.status}: ${error.message}, ${error.code}`;
  const title = googleWording[type] ?? type;
  return new DiagnosticError({
    summary: title === "" ? answer : `Error ${verbs[action]} ${title}: ${answer}`,
  });
}

/** What Terraform says of an update of something that does not stand any more. */
export const gone = ({ type }: TerraformType, { id }: ObjectValue): ServiceError =>
  type.startsWith("google_")
    ? new ServiceError("notFound", `The resource '${String(id)}' was not found`, 404)
    : new ServiceError("ResourceNotFoundException", `${String(id)} was not found.`, 404);

/** What Terraform says of an import or a lookup without a subject. */
export const notFound = ({ type }: TerraformType, wanted: string): DiagnosticError =>
  new DiagnosticError({
    summary: `Cannot find ${type}`,
    detail: `Nothing in the sandbox's cloud answers to ${wanted}. Deploy what makes it first.`,
  });
