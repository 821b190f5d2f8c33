import { type CredentialScope } from "../calls/credential-scope";
import { ServiceError } from "../../service-error";
import { unsupported } from "../calls/call-runner";

/** The members of STS's response, as XML. @throws ServiceError for any action but GetCallerIdentity, which has no parameters */
export function answerSts({ account }: CredentialScope, action: string, form: URLSearchParams): string {
  if (action !== "GetCallerIdentity") throw unsupported(`STS's ${action}`);
  const unknown = [...form.keys()].find((name) => name !== "Action" && name !== "Version");
  if (unknown !== undefined)
    throw new ServiceError("UnknownParameter", `The parameter ${unknown} is not recognized`);
  return `<Arn>arn:aws:iam::${account}:user/sandbox</Arn><UserId>AIDASANDBOX</UserId><Account>${account}</Account>`;
}
