import { DiagnosticError } from "../plugin/diagnostic";
import { type Subject } from "./cloud";
import { ServiceError } from "./service-error";

const verbs: { readonly [action: string]: string } = {
  create: "creating",
  update: "updating",
  delete: "deleting",
  read: "reading",
  import: "importing",
};

/** An error in the form in which the provider shows it; errors that are no refusals stay as they are. */
export function refusal(action: string, { type }: Subject, error: Error): Error {
  if (!(error instanceof ServiceError)) return error;
  const summary = type.startsWith("google_")
    ? `Error ${verbs[action]} ${type}: googleapi: Error ${error.status}: ${error.message}, ${error.code}`
    : `${verbs[action]} ${type}: api error ${error.code}: ${error.message}`;
  return new DiagnosticError({ summary });
}

/** What Terraform says of an import or a lookup without a subject. */
export const notFound = ({ type }: Subject, wanted: string): DiagnosticError =>
  new DiagnosticError({
    summary: `Cannot find ${type}`,
    detail: `Nothing in the sandbox's cloud answers to ${wanted}. Deploy what makes it first.`,
  });
