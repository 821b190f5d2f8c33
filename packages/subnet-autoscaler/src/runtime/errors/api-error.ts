import { AutoscalerError } from "./autoscaler-error";

/** A failed AWS API call, as one sentence that names the IAM action. */
export class ApiError extends AutoscalerError {
  /**
   * @param action IAM action, for example `ec2:CreateSubnet`
   * @param code AWS error code, for example `InvalidSubnet.Conflict`; `NetworkError` when there was no response,
   * `RunEnded` when the run had no time left to wait for it
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

const DENIED = /^(UnauthorizedOperation|AccessDenied|AccessDeniedException|NotAuthorized)$/;
const CREDENTIALS =
  /^(AuthFailure|ExpiredToken|ExpiredTokenException|InvalidClientTokenId|UnrecognizedClientException|CredentialsProviderError)$/;
const THROTTLED = /^(RequestLimitExceeded|Throttling|ThrottlingException|TooManyRequestsException)$/;

function explain(action: string, code: string, message: string): string {
  if (DENIED.test(code)) {
    const resource = /on resource: (\S+)/.exec(message)?.[1];
    return `access denied${resource ? ` to ${resource}` : ""} (${code}); allow ${action} in the role's policy`;
  }
  if (CREDENTIALS.test(code)) return `the credentials are invalid (${code}); renew them`;
  if (THROTTLED.test(code)) return `throttled on every attempt (${code}); the next run tries again`;
  if (message === "Region is missing") return "no Region is set; pass --region or set AWS_REGION";
  if (code === "RunEnded")
    return "no response before the end of the run; the next run goes on with what this one has read";
  if (code === "NetworkError") return `no response (${message}); check the network path to the AWS endpoint`;
  return `${message} (${code})`;
}

/** The AWS error code of a failed call; undefined for any other error. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof ApiError ? error.code : undefined;
}

/** Whether EC2 reports that the resource does not exist. */
export function isNotFound(error: unknown): boolean {
  return errorCode(error)?.endsWith(".NotFound") ?? false;
}
