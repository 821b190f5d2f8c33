/**
 * A refusal by a modelled service, in the service's own code and words: what users search for is what
 * they see. The providers and the EC2 endpoint each wrap it as the real ones do.
 */
export class ServiceError extends Error {
  /**
   * @param code `InvalidSubnet.Conflict` (AWS), `IP_SPACE_EXHAUSTED` or `invalid` (Google)
   * @param status HTTP status; 0 breaks the connection without an answer (see `noAnswer`)
   * @param operation the call that was refused, where a Terraform type uses several: `UpdateClusterVersion`.
   * @default what the type's wording names
   */
  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
    readonly operation?: string,
  ) {
    super(message);
    this.name = "ServiceError";
  }
}

/** A fault in which the caller never hears what became of its call: for `Faults.after`. */
export const noAnswer = (): ServiceError =>
  new ServiceError("RequestTimeout", "The connection broke before there was an answer.", 0);
