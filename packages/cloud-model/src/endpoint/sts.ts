import { type Caller } from "./caller";
import { unsupported } from "./call-runner";

/** The members of STS's answer to a query, as XML. @throws ServiceError for all but GetCallerIdentity */
export function answerSts({ account }: Caller, action: string): string {
  if (action !== "GetCallerIdentity") throw unsupported(`STS's ${action}`);
  return `<Arn>arn:aws:iam::${account}:user/sandbox</Arn><UserId>AIDASANDBOX</UserId><Account>${account}</Account>`;
}
