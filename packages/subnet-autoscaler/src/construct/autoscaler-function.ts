import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { LambdaFunctionEventInvokeConfig } from "@cdktf/provider-aws/lib/lambda-function-event-invoke-config";
import { type SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { Construct } from "constructs";
import { type AutoscalerConfig, CONFIG_VARIABLE } from "../runtime/config";
import { actStatements, observeStatements, policyDocument, type Workplace } from "./autoscaler-policy";
import { serviceTrust } from "./iam-trust";
import { LambdaBundle } from "./lambda-bundle";

/** A run that takes longer has hung; the next one adopts what it left. */
const TIMEOUT_SECONDS = 60;

export interface AutoscalerFunctionProps {
  /** Name of the function and its role. */
  readonly name: string;
  readonly config: AutoscalerConfig;
  readonly place: Workplace;
  /** Takes the runs that failed. */
  readonly failures: SqsQueue;
  /** Days the log is kept; a period CloudWatch knows. */
  readonly logRetentionDays: number;
}

/**
 * The reconciler as a Lambda function. It runs outside every VPC, because it calls AWS's APIs only: a cluster without
 * addresses, or without a way out, must not keep it from helping.
 */
export class AutoscalerFunction extends Construct {
  readonly resource: LambdaFunction;

  /** @throws ValidationError where the function's code is not built */
  constructor(scope: Construct, id: string, props: AutoscalerFunctionProps) {
    super(scope, id);
    const { name, config, place, failures } = props;
    const logs = new CloudwatchLogGroup(this, "logs", {
      name: place.logGroupName,
      retentionInDays: props.logRetentionDays,
    });
    const role = new IamRole(this, "role", {
      name,
      description: `Subnet autoscaler of ${config.cluster}`,
      assumeRolePolicy: serviceTrust("lambda"),
    });
    const acts = config.mode !== "dry-run";
    const policy = new IamRolePolicy(this, "policy", {
      name: "subnet-autoscaler",
      role: role.name,
      policy: policyDocument([...observeStatements(place), ...(acts ? actStatements(place) : [])]),
    });
    const bundle = new LambdaBundle(this, "bundle");
    this.resource = new LambdaFunction(this, "function", {
      functionName: name,
      description: `Grows and gives back the pod subnets of ${config.cluster}`,
      role: role.arn,
      runtime: "nodejs22.x",
      architectures: ["arm64"],
      handler: "index.handler",
      filename: bundle.path,
      sourceCodeHash: bundle.sha256,
      memorySize: 256,
      timeout: TIMEOUT_SECONDS,
      reservedConcurrentExecutions: 1,
      environment: { variables: { [CONFIG_VARIABLE]: JSON.stringify(config) } },
      // Metrics are lines of JSON in the log; Lambda's own JSON format would wrap them.
      loggingConfig: { logFormat: "Text", logGroup: logs.name },
      dependsOn: [policy],
    });
    new LambdaFunctionEventInvokeConfig(this, "invocations", {
      functionName: this.resource.functionName,
      // The next minute's run sees more than a retry of this one would.
      maximumRetryAttempts: 0,
      maximumEventAgeInSeconds: TIMEOUT_SECONDS,
      destinationConfig: { onFailure: { destination: failures.arn } },
    });
  }
}
