/** An error that stops a run, as one sentence: the location, what is wrong, and the fix. */
export class AutoscalerError extends Error {
  /**
   * @param location what was being read or done, for example `SUBNET_AUTOSCALER_CONFIG.zones[0].zone`
   * @param reason what is wrong, and the fix
   */
  constructor(
    readonly location: string,
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(`${location}: ${reason}`, options);
    this.name = "AutoscalerError";
  }
}
