import { ServiceError } from "../../service-error";

/** The account of a caller whose access key is not an account id. */
export const defaultAccount = "123456789012";

/** The caller's account, and the Region and service that a request was signed for. */
export interface CredentialScope {
  readonly account: string;
  readonly region: string;
  /** Signing name of the service: `ec2`, `eks`, `sts`, `events`. */
  readonly service: string;
}

const credential = /\bCredential=([^/,\s]+)\/\d{8}\/([^/,\s]+)\/([^/,\s]+)\/aws4_request\b/;

/** The authorization of a request: its header, or that of a presigned URL in the form of the header. */
export function authorizationOf(header: string | undefined, url: URL): string | undefined {
  const presigned = url.searchParams.get("X-Amz-Credential");
  return header ?? (presigned === null ? undefined : `Credential=${presigned}`);
}

/**
 * Reads the credential scope of a request. The signature is not verified: any secret works. An access key id
 * of twelve digits is the caller's account; any other belongs to the default account.
 *
 * @throws ServiceError `MissingAuthenticationToken` or `IncompleteSignature`
 */
export function credentialScopeOf(authorization: string | undefined): CredentialScope {
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
