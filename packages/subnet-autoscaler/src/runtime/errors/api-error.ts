import { AutoscalerError } from "./autoscaler-error";

/** A call to AWS that failed, in one sentence that names the action. */
export class ApiError extends AutoscalerError {
  /**
   * @param action IAM action, for example `ec2:CreateSubnet`
   * @param code AWS's error code, for example `InvalidSubnet.Conflict`; `NetworkError` when there was no answer
   */
  constructor(
    readonly action: string,
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(action, explain(action, code, message), options);
    this.name = "ApiError";
  }
}

const REFUSED = /^(UnauthorizedOperation|AccessDenied|AccessDeniedException|NotAuthorized)$/;
const CREDENTIALS =
  /^(AuthFailure|ExpiredToken|ExpiredTokenException|InvalidClientTokenId|UnrecognizedClientException|CredentialsProviderError)$/;
const THROTTLED = /^(RequestLimitExceeded|Throttling|ThrottlingException|TooManyRequestsException)$/;

function explain(action: string, code: string, message: string): string {
  if (REFUSED.test(code)) {
    const on = /on resource: (\S+)/.exec(message)?.[1];
    return `the role may not do this${on ? ` on ${on}` : ""} (${code}); allow ${action} in its policy`;
  }
  if (CREDENTIALS.test(code)) return `the credentials are not valid (${code}); renew them`;
  if (THROTTLED.test(code)) return `AWS throttled it to the end (${code}); the next run tries again`;
  if (message === "Region is missing") return "no Region is set; give --region or set AWS_REGION";
  if (code === "NetworkError") return `no answer (${message}); check the way to AWS's endpoint`;
  return `${message} (${code})`;
}

/** The error's code when it is AWS's answer to a call. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof ApiError ? error.code : undefined;
}

/** Whether EC2 says that the thing is not there, or not there any more. */
export function isGone(error: unknown): boolean {
  return codeOf(error)?.endsWith(".NotFound") ?? false;
}
