import { DataAwsSubnets } from "@cdktf/provider-aws/lib/data-aws-subnets";
import { DataAwsVpc } from "@cdktf/provider-aws/lib/data-aws-vpc";
import { CLUSTER_TAG, type EksNetworkContract, ROLE_TAG } from "@cluster-ipam/eks-cni";
import { Fn } from "cdktf";
import { Construct } from "constructs";

/** Looks up the network's resources by their tags, without reading its state. */
export class NetworkLookup extends Construct {
  readonly vpcId: string;
  readonly vpcArn: string;
  /** Account that owns the VPC. */
  readonly accountId: string;
  /** The planned pod subnet of each zone, whose route table and network ACL growth subnets get. */
  readonly referenceSubnets: readonly { readonly zone: string; readonly id: string }[];

  constructor(scope: Construct, id: string, { cluster }: EksNetworkContract) {
    super(scope, id);
    const vpc = new DataAwsVpc(this, "vpc", { tags: { [CLUSTER_TAG]: cluster.name } });
    this.vpcId = vpc.id;
    this.vpcArn = vpc.arn;
    this.accountId = vpc.ownerId;
    this.referenceSubnets = cluster.pods.subnets.map(({ zone, cidr }) => {
      const planned = new DataAwsSubnets(this, `pod-${zone}`, {
        filter: [
          { name: "vpc-id", values: [vpc.id] },
          { name: "cidr-block", values: [cidr] },
        ],
        tags: { [CLUSTER_TAG]: cluster.name, [ROLE_TAG]: "pod" },
      });
      return { zone, id: Fn.element(planned.ids, 0) };
    });
  }
}
