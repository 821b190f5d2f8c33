import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { LambdaFunctionEventInvokeConfig } from "@cdktf/provider-aws/lib/lambda-function-event-invoke-config";
import { type SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { serviceTrust } from "@cluster-ipam/blueprint-core/aws";
import { Construct } from "constructs";
import { type AutoscalerConfig, CONFIG_VARIABLE } from "../runtime/config/config";
import {
  actStatements,
  decryptStatement,
  type DeploymentTarget,
  observeStatements,
  policyDocument,
  TRACE,
} from "./iam-policy";
import { LambdaBundle } from "./lambda-bundle";

/** A longer run has hung; the next run finishes its changes. */
const TIMEOUT_SECONDS = 60;

/**
 * The cheapest memory with which a cold run over 10,000 interfaces ends in time: CPU comes with memory, and a run that
 * mostly waits for AWS costs less with less of both (docs/benchmarks.md).
 */
const MEMORY_MEGABYTES = 512;

/** Input of {@link AutoscalerFunction}. */
export interface AutoscalerFunctionProps {
  /** Name of the function and its role. */
  readonly name: string;
  readonly config: AutoscalerConfig;
  readonly target: DeploymentTarget;
  /** On-failure destination of the function. */
  readonly failures: SqsQueue;
  /** Retention of the log in days; a value that CloudWatch Logs supports. */
  readonly logRetentionDays: number;
  /** ARN of the key of the log and of the function's environment. @default keys of AWS */
  readonly kmsKeyArn: string | undefined;
  /** Whether X-Ray traces the runs. */
  readonly tracing: boolean;
  /** ARN of the configuration that says whose signatures the code may have. @default unsigned code */
  readonly codeSigningConfigArn: string | undefined;
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
    const { name, config, target, failures } = props;
    const logs = new CloudwatchLogGroup(this, "logs", {
      name: target.logGroupName,
      retentionInDays: props.logRetentionDays,
      kmsKeyId: props.kmsKeyArn,
    });
    const role = new IamRole(this, "role", {
      name,
      description: `Subnet autoscaler of ${config.cluster}`,
      assumeRolePolicy: serviceTrust("lambda"),
    });
    const changes = config.mode !== "dry-run";
    const policy = new IamRolePolicy(this, "policy", {
      name: "subnet-autoscaler",
      role: role.name,
      policy: policyDocument([
        ...observeStatements(target),
        ...(changes ? actStatements(target) : []),
        ...(props.tracing ? [TRACE] : []),
        ...(props.kmsKeyArn === undefined ? [] : [decryptStatement(props.kmsKeyArn)]),
      ]),
    });
    const bundle = new LambdaBundle(this, "bundle");
    this.resource = new LambdaFunction(this, "function", {
      functionName: name,
      description: `Adds and removes pod subnets of ${config.cluster}`,
      role: role.arn,
      runtime: "nodejs22.x",
      architectures: ["arm64"],
      handler: "index.handler",
      filename: bundle.path,
      sourceCodeHash: bundle.sha256,
      memorySize: MEMORY_MEGABYTES,
      timeout: TIMEOUT_SECONDS,
      reservedConcurrentExecutions: 1,
      ...(props.tracing && { tracingConfig: { mode: "Active" } }),
      codeSigningConfigArn: props.codeSigningConfigArn,
      kmsKeyArn: props.kmsKeyArn,
      environment: { variables: { [CONFIG_VARIABLE]: JSON.stringify(config) } },
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
