/** What stopped a run, in one sentence: where, what, and the fix. */
export class AutoscalerError extends Error {
  /**
   * @param where what was being done or read, for example `SUBNET_AUTOSCALER_CONFIG.zones[0].zone`
   * @param reason what is wrong, and the fix
   */
  constructor(
    readonly where: string,
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(`${where}: ${reason}`, options);
    this.name = "AutoscalerError";
  }
}
