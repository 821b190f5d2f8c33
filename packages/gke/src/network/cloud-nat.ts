import { Construct } from "constructs";
import { ComputeRouter } from "@cdktf/provider-google/lib/compute-router";
import { ComputeRouterNat } from "@cdktf/provider-google/lib/compute-router-nat";

/** Props of a {@link CloudNat}. */
export interface CloudNatProps {
  /** Name of the router and of the NAT. */
  readonly name: string;
  readonly project: string;
  readonly region: string;
  /** Network whose instances use the NAT. */
  readonly network: string;
}

/** Egress for private nodes and their pods: a Cloud Router with Cloud NAT. */
export class CloudNat extends Construct {
  constructor(scope: Construct, id: string, props: CloudNatProps) {
    super(scope, id);
    const router = new ComputeRouter(this, "router", {
      name: props.name,
      project: props.project,
      region: props.region,
      network: props.network,
    });
    new ComputeRouterNat(this, "nat", {
      name: props.name,
      project: props.project,
      region: props.region,
      router: router.name,
      natIpAllocateOption: "AUTO_ONLY",
      // Covers subnets and ranges that Auto IPAM adds later.
      sourceSubnetworkIpRangesToNat: "ALL_SUBNETWORKS_ALL_IP_RANGES",
      // All pods of a node share its ports. The static default of 64 per node is too small for a few busy pods.
      enableDynamicPortAllocation: true,
      minPortsPerVm: 64,
      maxPortsPerVm: 4096,
      logConfig: { enable: true, filter: "ERRORS_ONLY" },
    });
  }
}
