import { DataAwsSubnets } from "@cdktf/provider-aws/lib/data-aws-subnets";
import { DataAwsVpc } from "@cdktf/provider-aws/lib/data-aws-vpc";
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

  /** Id of the pod subnet in a zone; Terraform fails when there is more or less than one. */
  podSubnetId(zone: string): string {
    return Fn.one(this.subnets("pod", zone).ids);
  }

  private subnets(role: SubnetRole, zone?: string): DataAwsSubnets {
    return new DataAwsSubnets(this, zone === undefined ? role : `${role}-${zone}`, {
      filter: [
        { name: "vpc-id", values: [this.vpcId] },
        ...(zone === undefined ? [] : [{ name: "availability-zone", values: [zone] }]),
      ],
      tags: { [CLUSTER_TAG]: this.network.cluster.name, [ROLE_TAG]: role },
    });
  }
}
