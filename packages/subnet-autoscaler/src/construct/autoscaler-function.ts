import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { LambdaFunctionEventInvokeConfig } from "@cdktf/provider-aws/lib/lambda-function-event-invoke-config";
import { type SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { serviceTrust } from "@cluster-ipam/blueprint-core/aws";
import { Construct } from "constructs";
import { type AppliedHardening } from "./function-hardening";
import { decryptStatement, policyDocument, type Statement, TRACE } from "./iam-policy";
import { LambdaBundle } from "./lambda-bundle";

/** A longer run has hung; the next run finishes its changes. */
const TIMEOUT_SECONDS = 60;

/** Input of {@link AutoscalerFunction}. */
export interface AutoscalerFunctionProps extends AppliedHardening {
  /** Name of the function and its role. */
  readonly name: string;
  readonly description: string;
  readonly roleDescription: string;
  /** The handler that the archive exports, for example `index.handler`. */
  readonly handler: string;
  /** Memory in MB; a vCPU comes with 1,769. */
  readonly memory: number;
  readonly environment: Readonly<Record<string, string>>;
  /** What the function's role may do. */
  readonly statements: readonly Statement[];
  readonly logGroupName: string;
  /** On-failure destination of the function. */
  readonly failures: SqsQueue;
  /** Retention of the log in days; a value that CloudWatch Logs supports. */
  readonly logRetentionDays: number;
}

/**
 * The runtime as a Lambda function. It is not attached to a VPC and only calls AWS APIs, so that it works when the
 * cluster has no free addresses or no egress.
 */
export class AutoscalerFunction extends Construct {
  readonly resource: LambdaFunction;

  /** @throws ValidationError when the function's code is not built or is out of date */
  constructor(scope: Construct, id: string, props: AutoscalerFunctionProps) {
    super(scope, id);
    const { name, failures } = props;
    const logs = new CloudwatchLogGroup(this, "logs", {
      name: props.logGroupName,
      retentionInDays: props.logRetentionDays,
      kmsKeyId: props.kmsKeyArn,
    });
    const role = new IamRole(this, "role", {
      name,
      description: props.roleDescription,
      assumeRolePolicy: serviceTrust("lambda"),
    });
    const policy = new IamRolePolicy(this, "policy", {
      name: "subnet-autoscaler",
      role: role.name,
      policy: policyDocument([
        ...props.statements,
        ...(props.tracing ? [TRACE] : []),
        ...(props.kmsKeyArn === undefined ? [] : [decryptStatement(props.kmsKeyArn)]),
      ]),
    });
    const bundle = new LambdaBundle(this, "bundle");
    this.resource = new LambdaFunction(this, "function", {
      functionName: name,
      description: props.description,
      role: role.arn,
      runtime: "nodejs22.x",
      architectures: ["arm64"],
      handler: props.handler,
      filename: bundle.path,
      sourceCodeHash: bundle.sha256,
      memorySize: props.memory,
      timeout: TIMEOUT_SECONDS,
      reservedConcurrentExecutions: 1,
      ...(props.tracing && { tracingConfig: { mode: "Active" } }),
      codeSigningConfigArn: props.codeSigningConfigArn,
      kmsKeyArn: props.kmsKeyArn,
      environment: { variables: { ...props.environment } },
      // The runtime logs metrics as JSON lines; Lambda's JSON log format would wrap them.
      loggingConfig: { logFormat: "Text", logGroup: logs.name },
      dependsOn: [policy],
    });
    new LambdaFunctionEventInvokeConfig(this, "invocations", {
      functionName: this.resource.functionName,
      // The next run has newer observations than a retry would.
      maximumRetryAttempts: 0,
      maximumEventAgeInSeconds: TIMEOUT_SECONDS,
      destinationConfig: { onFailure: { destination: failures.arn } },
    });
  }
}
