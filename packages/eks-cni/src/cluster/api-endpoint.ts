import { ValidationError } from "@cluster-ipam/blueprint-core";
import { type Construct } from "constructs";
import { literalCidr } from "../literal-cidr";

/** Who reaches the cluster's Kubernetes API. The private endpoint in the VPC is always on. */
export interface ApiEndpoint {
  /**
   * IPv4 CIDRs that reach the private endpoint, beside the cluster's own nodes and pods.
   * @default every private range of the address plan
   */
  readonly privateCidrs?: readonly string[];
  /** IPv4 CIDRs that reach a public endpoint, never the whole internet. @default none: there is no public endpoint */
  readonly publicCidrs?: readonly string[];
}

/** @throws ValidationError on a CIDR that is none, on an empty public list and on one that lets everybody in */
export function checkApiEndpoint(where: Construct, { privateCidrs = [], publicCidrs }: ApiEndpoint): void {
  for (const cidr of privateCidrs) literalCidr(where, "endpoint.privateCidrs", cidr);
  if (publicCidrs?.length === 0) {
    throw new ValidationError(
      where,
      "endpoint.publicCidrs is empty, which EKS takes for 0.0.0.0/0; name the CIDRs or leave it out for a private cluster",
    );
  }
  const open = publicCidrs?.find((cidr) => literalCidr(where, "endpoint.publicCidrs", cidr).length === 0);
  if (open !== undefined) {
    throw new ValidationError(
      where,
      `endpoint.publicCidrs has ${open}, the whole internet; name the CIDRs of your offices or leave it out for a private cluster`,
    );
  }
}
