import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { type IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { kmsKeyArn, type KmsKeyOption } from "@cluster-ipam/blueprint-core/aws";
import { Construct } from "constructs";
import { type EksNetworkContract } from "../network/eks-network-contract";

/** Props of a {@link ClusterEncryption}. */
export interface ClusterEncryptionProps {
  readonly network: EksNetworkContract;
  readonly kmsKey: KmsKeyOption;
  /** Role of the control plane. */
  readonly role: IamRole;
  readonly logGroupName: string;
  /** Whether Terraform refuses to destroy a key that it creates. */
  readonly deletionProtection: boolean;
}

/** The key of a cluster's Kubernetes secrets and of its logs, and the control plane's permission to use it. */
export class ClusterEncryption extends Construct {
  readonly keyArn: string;
  /** The control plane depends on it. */
  readonly policy: IamRolePolicy;

  constructor(scope: Construct, id: string, props: ClusterEncryptionProps) {
    super(scope, id);
    const { addresses, accountId } = props.network;
    this.keyArn = kmsKeyArn(this, "key", props.kmsKey, {
      name: `${addresses.name}-cluster`,
      description: `Kubernetes secrets and control plane logs of ${addresses.name}`,
      region: addresses.region,
      accountId,
      logGroups: [props.logGroupName],
      deletionProtection: props.deletionProtection,
    })!;
    this.policy = new IamRolePolicy(this, "policy", {
      name: "secrets",
      role: props.role.name,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:ListGrants"],
            Resource: this.keyArn,
          },
        ],
      }),
    });
  }
}
