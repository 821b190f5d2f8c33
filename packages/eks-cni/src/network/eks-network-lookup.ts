import { DataAwsSubnets, type DataAwsSubnetsFilter } from "@cdktf/provider-aws/lib/data-aws-subnets";
import { DataAwsVpc } from "@cdktf/provider-aws/lib/data-aws-vpc";
import { type ZoneSubnet } from "@cluster-ipam/address-plan";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { type EksNetworkContract } from "./eks-network-contract";
import { CLUSTER_TAG, ROLE_TAG, type SubnetRole } from "./network-tags";

/** The ids of a cluster's network, found by its tags. */
export class NetworkLookup extends Construct {
  readonly vpcId: string;
  readonly controlPlaneSubnetIds: string[];
  readonly nodeSubnetIds: string[];

  constructor(
    scope: Construct,
    id: string,
    private readonly network: EksNetworkContract,
  ) {
    super(scope, id);
    this.vpcId = new DataAwsVpc(this, "vpc", { tags: { [CLUSTER_TAG]: network.cluster.name } }).id;
    this.controlPlaneSubnetIds = this.subnets("control-plane").ids;
    this.nodeSubnetIds = this.subnets("node").ids;
  }

  /** Id of the planned pod subnet of a zone; Terraform fails where it does not exist. */
  podSubnetId({ zone, cidr }: ZoneSubnet): string {
    const planned = this.subnets("pod", `pod-${zone}`, { name: "cidr-block", values: [cidr] });
    return Fn.element(planned.ids, 0);
  }

  private subnets(role: SubnetRole, id: string = role, ...filters: readonly DataAwsSubnetsFilter[]) {
    return new DataAwsSubnets(this, id, {
      filter: [{ name: "vpc-id", values: [this.vpcId] }, ...filters],
      tags: { [CLUSTER_TAG]: this.network.cluster.name, [ROLE_TAG]: role },
    });
  }
}
