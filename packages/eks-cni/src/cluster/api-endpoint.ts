import { literalCidr, ValidationError } from "@cluster-ipam/blueprint-core";
import { type Construct } from "constructs";

/** Network access to the Kubernetes API. The private endpoint in the VPC is always enabled. */
export interface ApiEndpointOptions {
  /**
   * IPv4 CIDRs that may reach the private endpoint, in addition to the cluster's nodes and pods.
   * @default every private range of the address plan
   */
  readonly privateCidrs?: readonly string[];
  /** IPv4 CIDRs that may reach a public endpoint, but not the whole internet. @default none; no public endpoint */
  readonly publicCidrs?: readonly string[];
}

/**
 * @throws ValidationError for an invalid CIDR, an empty list of public CIDRs, and one that opens the endpoint to the
 * internet
 */
export function checkApiEndpoint(
  where: Construct,
  { privateCidrs = [], publicCidrs }: ApiEndpointOptions,
): void {
  for (const cidr of privateCidrs) literalCidr(where, "endpoint.privateCidrs", cidr);
  if (publicCidrs?.length === 0) {
    throw new ValidationError(
      where,
      "endpoint.publicCidrs is empty, which EKS treats as 0.0.0.0/0; list CIDRs, or remove it for a private cluster",
    );
  }
  const open = publicCidrs?.find((cidr) => literalCidr(where, "endpoint.publicCidrs", cidr).length === 0);
  if (open !== undefined) {
    throw new ValidationError(
      where,
      `endpoint.publicCidrs has ${open}, the whole internet; list the CIDRs of your offices, or remove it for a private cluster`,
    );
  }
}
