import { type CredentialScope } from "../calls/credential-scope";
import { unsupported } from "../calls/call-runner";

/** The members of STS's answer to a query, as XML. @throws ServiceError for all but GetCallerIdentity */
export function answerSts({ account }: CredentialScope, action: string): string {
  if (action !== "GetCallerIdentity") throw unsupported(`STS's ${action}`);
  return `<Arn>arn:aws:iam::${account}:user/sandbox</Arn><UserId>AIDASANDBOX</UserId><Account>${account}</Account>`;
}
