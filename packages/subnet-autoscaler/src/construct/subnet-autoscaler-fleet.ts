import { type SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { awsPartition } from "@cluster-ipam/address-plan/cloud";
import { BlueprintStack, ValidationError } from "@cluster-ipam/blueprint-core";
import { Construct } from "constructs";
import { FLEET_VARIABLE } from "../runtime/config/config";
import { DEFAULT_FLEET } from "../runtime/config/fleet-path";
import { checkTopics } from "./alarm-topics";
import { AutoscalerFunction } from "./autoscaler-function";
import { AutoscalerSchedule } from "./autoscaler-schedule";
import { failureQueue } from "./failure-queue";
import { type FleetContract } from "./fleet-contract";
import { applyHardening, type FunctionHardening } from "./function-hardening";
import { fleetStatements } from "./iam-policy";
import { wakeUpAlarm } from "./wake-up-alarm";

/**
 * Memory in MB. A cold run over 200 clusters and 50,000 interfaces takes 16 seconds of a vCPU, so 27 with the share of one that
 * comes with this memory.
 */
const MEMORY_MEGABYTES = 1024;

/** Input of {@link SubnetAutoscalerFleet}. */
export interface SubnetAutoscalerFleetProps extends FunctionHardening {
  /** Region of the clusters, for example `eu-central-1`. */
  readonly region: string;
  /** AWS account of the clusters, 12 digits. */
  readonly accountId: string;
  /** Name of the function: 1 to 49 letters, digits, `-` and `_`. @default "subnet-autoscaler-fleet" */
  readonly name?: string;
  /** ARNs of SNS topics in the Region that the alarm on the function notifies. @default none */
  readonly alarmTopicArns?: readonly string[];
  /** Retention of the log in days; a value that CloudWatch Logs supports. @default 90 */
  readonly logRetentionDays?: number;
}

/**
 * One function that runs the autoscalers of many clusters of an account and Region, each with a role of its own. A cluster joins with
 * the option `fleet` of its autoscaler.
 *
 * @throws ValidationError for an invalid name or topic
 */
export class SubnetAutoscalerFleet extends Construct {
  /** What the autoscalers of its clusters need. */
  readonly contract: FleetContract;
  /** Queue of runs that failed or could not start. */
  readonly failures: SqsQueue;

  constructor(scope: Construct, id: string, props: SubnetAutoscalerFleetProps) {
    super(scope, id);
    const { region, accountId, name = DEFAULT_FLEET, alarmTopicArns = [] } = props;
    if (!/^[\w-]{1,49}$/.test(name))
      throw new ValidationError(this, `name is ${name}; use 1 to 49 letters, digits, - and _`);
    checkTopics(this, alarmTopicArns, region);
    const account = { partition: awsPartition(region), region, accountId };
    const target = { ...account, logGroupName: `/aws/lambda/${name}`, queueName: `${name}-failures` };
    this.contract = { name, stack: BlueprintStack.of(this).node.id, region, accountId };
    this.failures = failureQueue(this, target.queueName);
    const hardening = applyHardening(this, props, { ...target, name });
    const { resource } = new AutoscalerFunction(this, "function", {
      name,
      description: "Adds and removes pod subnets of the clusters of a fleet",
      roleDescription: `Finds the clusters of ${name} and assumes the role of each`,
      handler: "index.fleetHandler",
      memory: MEMORY_MEGABYTES,
      environment: { [FLEET_VARIABLE]: name },
      statements: fleetStatements({ ...target, fleet: name }),
      logGroupName: target.logGroupName,
      logRetentionDays: props.logRetentionDays ?? 90,
      failures: this.failures,
      ...hardening,
    });
    new AutoscalerSchedule(this, "schedule", {
      name,
      roleName: `${name}-schedule`,
      accountId,
      function: resource,
      failures: this.failures,
      kmsKeyArn: hardening.kmsKeyArn,
    });
    wakeUpAlarm(this, {
      name,
      account,
      topicArns: alarmTopicArns,
      function: resource,
      description: `The subnet autoscalers of ${name} have not been started for 5 minutes: see its schedule`,
    });
  }
}
