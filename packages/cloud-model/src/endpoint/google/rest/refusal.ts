import { ServiceError } from "../../../service-error";

/** An error of a Google API with the details that its JSON form adds. */
export class GoogleRefusal extends ServiceError {
  constructor(
    code: string,
    message: string,
    status: number,
    /** `error.details`, as JSON. */
    readonly details: readonly object[] = [],
  ) {
    super(code, message, status);
  }
}

/** The canonical code of an error, where its HTTP status does not say it. */
const canonical: Readonly<Record<string, string>> = {
  conditionNotMet: "FAILED_PRECONDITION",
  failedPrecondition: "FAILED_PRECONDITION",
  resourceInUseByAnotherResource: "FAILED_PRECONDITION",
  RESOURCE_EXHAUSTED: "RESOURCE_EXHAUSTED",
  aborted: "ABORTED",
};

const byStatus: Readonly<Record<number, string>> = {
  400: "INVALID_ARGUMENT",
  401: "UNAUTHENTICATED",
  403: "PERMISSION_DENIED",
  404: "NOT_FOUND",
  409: "ALREADY_EXISTS",
  412: "FAILED_PRECONDITION",
  429: "RESOURCE_EXHAUSTED",
  501: "UNIMPLEMENTED",
  503: "UNAVAILABLE",
};

/** An error in the JSON form of Google's APIs (AIP-193, and `errors` of the older ones). */
export function refusalBody(error: ServiceError): object {
  const { code: reason, message, status } = error;
  const details = error instanceof GoogleRefusal ? error.details : [];
  return {
    error: {
      code: status,
      message,
      errors: [{ message, domain: "global", reason }],
      status: canonical[reason] ?? byStatus[status] ?? "INTERNAL",
      ...(details.length > 0 ? { details } : {}),
    },
  };
}

/** A request whose fields have invalid names or values. */
export const violations = (
  found: readonly { readonly field: string; readonly description: string }[],
): GoogleRefusal =>
  new GoogleRefusal("badRequest", found.map(({ description }) => description).join("\n"), 400, [
    {
      "@type": "type.googleapis.com/google.rpc.BadRequest",
      fieldViolations: found.map(({ field, description }) =>
        field ? { field, description } : { description },
      ),
    },
  ]);

/** There is no such method. */
export const noMethod = (method: string, path: string): GoogleRefusal =>
  new GoogleRefusal("notFound", `The requested URL ${path} was not found on this server for ${method}.`, 404);

/** The fingerprint of a request is not the resource's. */
export const conditionNotMet = (what: string): GoogleRefusal =>
  new GoogleRefusal("conditionNotMet", `Supplied ${what} does not match current metadata ${what}.`, 412);

/** A request without credentials. */
export const unauthenticated = (): GoogleRefusal =>
  new GoogleRefusal(
    "required",
    "Request is missing required authentication credential. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.",
    401,
    [
      {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        reason: "CREDENTIALS_MISSING",
        domain: "googleapis.com",
      },
    ],
  );
