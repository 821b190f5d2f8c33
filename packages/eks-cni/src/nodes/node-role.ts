import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { awsPartition, type EksClusterAddresses } from "@cluster-ipam/address-plan";
import { serviceTrust } from "@cluster-ipam/blueprint-core/aws";
import { Construct } from "constructs";

/** Props of a {@link NodeRole}. */
export interface NodeRoleProps {
  /** Addresses of the cluster, from the address plan. */
  readonly addresses: EksClusterAddresses;
  /** Name of the role, 1 to 64 characters. @default the cluster's, with `-nodes` */
  readonly name?: string;
  /** AWS's policy with which a node joins. @default "AmazonEKSWorkerNodePolicy" */
  readonly workerPolicy?: string;
}

/** IAM role of a cluster's nodes: it may join and pull images. The CNI has its own role for network interfaces. */
export class NodeRole extends Construct {
  readonly resource: IamRole;
  /** Policies that a node needs to join. Nodes depend on them. */
  readonly policies: readonly IamRolePolicyAttachment[];

  constructor(scope: Construct, id: string, props: NodeRoleProps) {
    super(scope, id);
    const { name, region } = props.addresses;
    const role = new IamRole(this, "role", {
      name: props.name ?? `${name}-nodes`,
      description: `Nodes of ${name}`,
      assumeRolePolicy: serviceTrust("ec2"),
    });
    this.policies = [
      props.workerPolicy ?? "AmazonEKSWorkerNodePolicy",
      "AmazonEC2ContainerRegistryPullOnly",
    ].map(
      (policy) =>
        new IamRolePolicyAttachment(this, policy, {
          role: role.name,
          policyArn: `arn:${awsPartition(region)}:iam::aws:policy/${policy}`,
        }),
    );
    this.resource = role;
  }

  get arn(): string {
    return this.resource.arn;
  }
}
