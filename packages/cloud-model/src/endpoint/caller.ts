import { ServiceError } from "../service-error";

/** The account of a caller whose access key does not name one. */
export const defaultAccount = "123456789012";

/** Who calls which service where, as the signature of the request says. */
export interface Caller {
  readonly account: string;
  readonly region: string;
  /** The name that the request was signed for: `ec2`, `eks`, `sts`, `events`. */
  readonly service: string;
}

const credential = /\bCredential=([^/,\s]+)\/\d{8}\/([^/,\s]+)\/([^/,\s]+)\/aws4_request\b/;

/**
 * Reads the credential scope of a request. Nothing is verified: any secret is good. An access key id of
 * twelve digits is the account that calls; every other one belongs to the default account.
 *
 * @throws ServiceError `MissingAuthenticationToken` or `IncompleteSignature`
 */
export function callerOf(authorization: string | undefined): Caller {
  if (authorization === undefined)
    throw new ServiceError("MissingAuthenticationToken", "Request is missing Authentication Token", 403);
  const [, accessKey, region, service] = credential.exec(authorization) ?? [];
  if (accessKey === undefined || region === undefined || service === undefined)
    throw new ServiceError(
      "IncompleteSignature",
      "Authorization header requires a 'Credential' parameter of the form key/date/region/service/aws4_request.",
    );
  return { account: /^\d{12}$/.test(accessKey) ? accessKey : defaultAccount, region, service };
}
