import { type CredentialScope } from "../calls/credential-scope";
import { unsupported } from "../calls/call-runner";

/** The members of STS's response, as XML. @throws ServiceError for any action but GetCallerIdentity */
export function answerSts({ account }: CredentialScope, action: string): string {
  if (action !== "GetCallerIdentity") throw unsupported(`STS's ${action}`);
  return `<Arn>arn:aws:iam::${account}:user/sandbox</Arn><UserId>AIDASANDBOX</UserId><Account>${account}</Account>`;
}
