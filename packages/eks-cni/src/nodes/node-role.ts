import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { type EksClusterAddresses } from "@cluster-ipam/address-plan";
import { Construct } from "constructs";
import { NODE_TRUST } from "../iam-trust";
import { partition } from "../partition";

/** IAM role of a cluster's nodes: join and pull images. Rights on network interfaces belong to the CNI's own role. */
export class NodeRole extends Construct {
  readonly arn: string;
  /** Nodes wait for them: without, they cannot join. */
  readonly policies: readonly IamRolePolicyAttachment[];

  constructor(scope: Construct, id: string, cluster: EksClusterAddresses) {
    super(scope, id);
    const role = new IamRole(this, "role", {
      name: `${cluster.name}-nodes`,
      description: `Nodes of ${cluster.name}`,
      assumeRolePolicy: NODE_TRUST,
    });
    this.policies = ["AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly"].map(
      (policy) =>
        new IamRolePolicyAttachment(this, policy, {
          role: role.name,
          policyArn: `arn:${partition(cluster.region)}:iam::aws:policy/${policy}`,
        }),
    );
    this.arn = role.arn;
  }
}
