import { Construct } from "constructs";
import { ComputeRouter } from "@cdktf/provider-google/lib/compute-router";
import { ComputeRouterNat } from "@cdktf/provider-google/lib/compute-router-nat";

export interface CloudNatProps {
  /** Name of the router and of the NAT. */
  readonly name: string;
  readonly project: string;
  readonly region: string;
  /** Network whose instances reach the internet through the NAT. */
  readonly network: string;
}

/** The way out for private nodes and their pods: a Cloud Router with a Cloud NAT. */
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
      // Subnets and ranges that Auto IPAM adds have a way out from the start.
      sourceSubnetworkIpRangesToNat: "ALL_SUBNETWORKS_ALL_IP_RANGES",
      // All pods of a node share its ports: the static default of 64 a node runs dry with a handful of busy pods.
      enableDynamicPortAllocation: true,
      minPortsPerVm: 64,
      maxPortsPerVm: 4096,
      logConfig: { enable: true, filter: "ERRORS_ONLY" },
    });
  }
}
