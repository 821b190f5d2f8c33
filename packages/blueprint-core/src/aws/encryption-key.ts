import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { awsPartition } from "@cluster-ipam/address-plan/cloud";
import { Construct } from "constructs";

/**
 * A customer-managed KMS key. `create` makes one, for about a dollar a month, which only its users can use. The policy of
 * a given one must admit them; CloudWatch Logs is a user by its service principal, `logs.<region>.amazonaws.com`.
 */
export type KmsKeyOption = "create" | { readonly arn: string };

/** Props of an {@link EncryptionKey}. */
export interface EncryptionKeyProps {
  /** Name of the alias, without `alias/`. */
  readonly name: string;
  /** What the key encrypts, for people. */
  readonly description: string;
  /** AWS Region of the stack. */
  readonly region: string;
  /** AWS account of the stack, 12 digits. @default that of the credentials */
  readonly accountId?: string | undefined;
  /** Names of the log groups that CloudWatch Logs encrypts with the key. @default none */
  readonly logGroups?: readonly string[];
  /** Terraform refuses to destroy the key: without it, what it encrypted is lost. @default true */
  readonly deletionProtection?: boolean;
}

/**
 * A KMS key that KMS rotates every year. IAM policies of its account give access to it.
 * Source of its policy: CloudWatch Logs user guide, "Encrypt log data in CloudWatch Logs using AWS KMS".
 */
export class EncryptionKey extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: EncryptionKeyProps) {
    super(scope, id);
    const { name, description, region, logGroups = [] } = props;
    const account = props.accountId ?? new DataAwsCallerIdentity(this, "account").accountId;
    const partition = awsPartition(region);
    const logs = logGroups.map((group) => `arn:${partition}:logs:${region}:${account}:log-group:${group}`);
    const statements = [
      {
        Sid: "Account",
        Effect: "Allow",
        Principal: { AWS: `arn:${partition}:iam::${account}:root` },
        Action: "kms:*",
        Resource: "*",
      },
      {
        Sid: "Logs",
        Effect: "Allow",
        Principal: { Service: `logs.${region}.amazonaws.com` },
        Action: ["kms:Decrypt*", "kms:Describe*", "kms:Encrypt*", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
        Resource: "*",
        Condition: { ArnEquals: { "kms:EncryptionContext:aws:logs:arn": logs } },
      },
    ];
    const key = new KmsKey(this, "key", {
      description,
      enableKeyRotation: true,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: logGroups.length === 0 ? statements.slice(0, 1) : statements,
      }),
      lifecycle: { preventDestroy: props.deletionProtection ?? true },
    });
    new KmsAlias(this, "alias", { name: `alias/${name}`, targetKeyId: key.keyId });
    this.arn = key.arn;
  }
}

/** The ARN of the key that an option names: of a new {@link EncryptionKey}, or the given one. @param id of the new one */
export function kmsKeyArn(
  scope: Construct,
  id: string,
  option: KmsKeyOption | undefined,
  props: EncryptionKeyProps,
): string | undefined {
  return option === "create" ? new EncryptionKey(scope, id, props).arn : option?.arn;
}
