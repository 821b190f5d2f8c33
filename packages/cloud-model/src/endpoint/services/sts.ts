import { type CredentialScope } from "../calls/credential-scope";
import { unsupported } from "../calls/call-runner";
import { isSignature } from "../query/query-form";

/**
 * The members of STS's response, as XML.
 *
 * @throws ServiceError for any action but GetCallerIdentity, and for any parameter, as it has none
 */
export function answerSts({ account }: CredentialScope, action: string, form: URLSearchParams): string {
  if (action !== "GetCallerIdentity") throw unsupported(`STS's ${action}`);
  const unknown = [...form.keys()].find(
    (name) => !["Action", "Version"].includes(name) && !isSignature(name),
  );
  if (unknown !== undefined) throw unsupported(`the parameter ${unknown} of STS's ${action}`);
  return `<Arn>arn:aws:iam::${account}:user/sandbox</Arn><UserId>AIDASANDBOX</UserId><Account>${account}</Account>`;
}
