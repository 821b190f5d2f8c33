/**
 * An error of a modeled service, with the real service's code and message, so that users find it when they
 * search for it. Providers and endpoints wrap it as the real ones do.
 */
export class ServiceError extends Error {
  /**
   * @param code `InvalidSubnet.Conflict` (AWS), `IP_SPACE_EXHAUSTED` or `invalid` (Google)
   * @param status HTTP status; 0 closes the connection without a response (see `noAnswer`)
   * @param operation the API call that failed, when one change makes several: `UpdateClusterVersion`.
   * @default the caller's own
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

/** A fault for `Faults.after`: the caller never receives the response. */
export const noAnswer = (): ServiceError =>
  new ServiceError("RequestTimeout", "The connection closed before a response arrived.", 0);
