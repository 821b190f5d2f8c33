import { type IAspect, TerraformResource } from "cdktf";
import { type IConstruct } from "constructs";
import { ValidationError } from "../input/validation-error";

/** What encrypts a resource with a key of the customer: one of these inputs of its binding, and how to set it. */
interface Rule {
  readonly inputs: readonly string[];
  readonly fix: string;
}

const RULES: Readonly<Record<string, Rule>> = {
  aws_cloudwatch_log_group: { inputs: ["kmsKeyIdInput"], fix: "set kmsKey where the log is composed" },
  aws_dynamodb_table: { inputs: ["serverSideEncryptionInput"], fix: "set serverSideEncryption" },
  aws_ebs_volume: { inputs: ["encryptedInput"], fix: "set encrypted" },
  aws_eks_cluster: { inputs: ["encryptionConfigInput"], fix: "set kmsKey of the cluster's stack" },
  aws_lambda_function: { inputs: ["kmsKeyArnInput"], fix: "set kmsKey of the autoscaler's stack" },
  aws_sqs_queue: {
    inputs: ["kmsMasterKeyIdInput", "sqsManagedSseEnabledInput"],
    fix: "set sqsManagedSseEnabled",
  },
  google_container_cluster: {
    inputs: ["databaseEncryptionInput"],
    fix: "set secretsKey of the cluster's stack",
  },
};

/**
 * Refuses what stores data without the encryption that a security team asks for: log groups, functions and clusters without a
 * KMS key, queues, tables and volumes without encryption.
 */
export class RequireEncryption implements IAspect {
  /** @throws ValidationError for a resource in its scope that is not encrypted */
  visit(node: IConstruct): void {
    if (!TerraformResource.isTerraformResource(node)) return;
    const rule = RULES[node.terraformResourceType];
    if (rule === undefined) return;
    const inputs = node as unknown as Readonly<Record<string, unknown>>;
    if (rule.inputs.some((name) => isSet(inputs[name]))) return;
    throw new ValidationError(
      node,
      `${node.terraformResourceType} is not encrypted with a key, which RequireEncryption asks for; ${rule.fix}`,
    );
  }
}

const isSet = (value: unknown): boolean =>
  value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0);
