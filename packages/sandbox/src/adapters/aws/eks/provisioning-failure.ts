import { ProvisioningError } from "@cluster-ipam/cloud-model/aws/eks";
import { DiagnosticError } from "@cluster-ipam/terraform-provider";

/**
 * Runs a request of EKS, and reports a failure after its acceptance as the provider does, which waits for a status.
 *
 * @param resource `EKS Cluster (name)`
 * @param status that the resource ends in: `FAILED`
 * @throws DiagnosticError
 */
export function waitFor<T>(resource: string, status: string, request: () => T): T {
  try {
    return request();
  } catch (error) {
    if (!(error instanceof ProvisioningError)) throw error;
    throw new DiagnosticError({
      summary: `waiting for ${resource} create: unexpected state '${status}', wanted target 'ACTIVE'. last error: ${error.code}: ${error.message}`,
    });
  }
}
