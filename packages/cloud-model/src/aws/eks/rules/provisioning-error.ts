/**
 * A failure that EKS finds after it accepted a request: the resource's status becomes `FAILED`, with this health issue.
 * The model provisions within the request, so a failed request leaves nothing behind.
 */
export class ProvisioningError extends Error {
  /** @param code of the health issue: `InsufficientFreeAddresses`, `AsgInstanceLaunchFailures` */
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = "ProvisioningError";
  }
}
