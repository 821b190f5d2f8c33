import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { Prefix } from "@cluster-ipam/address-plan";
import { ValidationError } from "@cluster-ipam/blueprint-core";
import { type EksClusterContract } from "@cluster-ipam/eks-cni";
import { IpamPoolLookup } from "@cluster-ipam/ipam/lookup";
import { Construct } from "constructs";
import { type AutoscalerConfig } from "../runtime/config";
import { AutoscalerAlarms } from "./autoscaler-alarms";
import { AutoscalerDashboard } from "./autoscaler-dashboard";
import { AutoscalerFunction } from "./autoscaler-function";
import { type Workplace } from "./autoscaler-policy";
import { AutoscalerSchedule } from "./autoscaler-schedule";
import { type AutoscalerSettings, policyOf } from "./autoscaler-settings";
import { NetworkLookup } from "./network-lookup";

export interface SubnetAutoscalerProps extends AutoscalerSettings {
  /** The cluster whose pods need addresses. */
  readonly cluster: EksClusterContract;
  /**
   * "act" changes subnets. "dry-run" says in its log what it would do. "approve" announces it as an event, for a person
   * to do. The role of both may look at everything and change nothing.
   * @default "act"
   */
  readonly mode?: "act" | "dry-run" | "approve";
  /** Id of the IPAM pool that owns the growth space. @default looked up by the plan's `podPool` */
  readonly podIpamPoolId?: string;
  /** ARNs of SNS topics in the cluster's Region that the alarms go to. @default none: alarms are on the dashboard only */
  readonly alarmTopicArns?: readonly string[];
  /** Event bus that changes are announced on. @default "default" */
  readonly eventBusName?: string;
  /** Days the log is kept; a period CloudWatch knows. @default 90 */
  readonly logRetentionDays?: number;
}

/** Namespace of the runtime's metrics. */
const METRIC_NAMESPACE = "ClusterIpam/SubnetAutoscaler";

/** Source of the runtime's events. */
const EVENT_SOURCE = "cluster-ipam.subnet-autoscaler";

/** Days that SQS keeps a failed run, the most it can. */
const FAILURE_DAYS = 14;

/** What the autoscaler's names end with; Lambda takes 64 characters. */
const SUFFIX = "-subnet-autoscaler";

/**
 * Grows the pod subnets of a cluster inside its planned growth space, and gives them back: the function, what starts
 * it, what it may do, and what tells people how it fares.
 *
 * @throws ValidationError for a cluster that it cannot help, and on settings out of their bounds
 */
export class SubnetAutoscaler extends Construct {
  /** Name of the function, the schedule and the dashboard. */
  readonly name: string;
  /** Takes the runs that failed or could not be started. */
  readonly failures: SqsQueue;

  constructor(scope: Construct, id: string, props: SubnetAutoscalerProps) {
    super(scope, id);
    const { network } = props.cluster;
    const growth = checkCluster(this, props.cluster);
    const policy = policyOf(this, props, network, growth);
    checkTopics(this, props.alarmTopicArns ?? [], network.cluster.region);
    this.name = `${network.cluster.name}${SUFFIX}`;
    if (this.name.length > 64) {
      throw new ValidationError(
        this,
        `the name ${this.name} has ${this.name.length} characters but Lambda takes 64; name the cluster with ${64 - SUFFIX.length} at most`,
      );
    }

    const lookup = new NetworkLookup(this, "network", network);
    const poolId =
      props.podIpamPoolId ?? new IpamPoolLookup(this, "pool", { key: network.cluster.podPool }).poolId;
    const config: AutoscalerConfig = {
      cluster: network.cluster.name,
      region: network.cluster.region,
      vpcId: lookup.vpcId,
      growthPools: [{ ipamPoolId: poolId, cidrs: [growth.toString()] }],
      zones: lookup.referenceSubnets.map(({ zone, id: referenceSubnetId }) => ({ zone, referenceSubnetId })),
      policy,
      mode: props.mode ?? "act",
      ...(props.eventBusName !== undefined && { eventBusName: props.eventBusName }),
      metricNamespace: METRIC_NAMESPACE,
    };
    const place: Workplace = {
      partition: network.cluster.region.startsWith("us-gov-") ? "aws-us-gov" : "aws",
      region: config.region,
      accountId: network.accountId ?? lookup.accountId,
      clusterName: config.cluster,
      vpcArn: lookup.vpcArn,
      poolId,
      logGroupName: `/aws/lambda/${this.name}`,
      queueName: `${this.name}-failures`,
      eventBusName: props.eventBusName ?? "default",
      eventSource: EVENT_SOURCE,
    };
    this.failures = new SqsQueue(this, "failures", {
      name: place.queueName,
      messageRetentionSeconds: FAILURE_DAYS * 24 * 60 * 60,
      sqsManagedSseEnabled: true,
    });
    this.deploy(props, config, place);
  }

  private deploy(props: SubnetAutoscalerProps, config: AutoscalerConfig, place: Workplace): void {
    const { name, failures } = this;
    const shared = { name, config, place, failures };
    const { resource } = new AutoscalerFunction(this, "function", {
      ...shared,
      logRetentionDays: props.logRetentionDays ?? 90,
    });
    new AutoscalerSchedule(this, "schedule", {
      name,
      function: resource,
      failures,
      accountId: place.accountId,
    });
    const { arns } = new AutoscalerAlarms(this, "alarms", {
      ...shared,
      function: resource,
      topicArns: props.alarmTopicArns ?? [],
    });
    new AutoscalerDashboard(this, "dashboard", { name, config, alarmArns: arns });
  }
}

/** @returns the growth space */
function checkCluster(where: Construct, { network, podSubnets }: EksClusterContract): Prefix {
  const { cluster, ipFamily } = network;
  if (ipFamily === "ipv6") {
    throw new ValidationError(
      where,
      `${cluster.name} is an IPv6 cluster, whose pods never run out of addresses; leave the autoscaler out`,
    );
  }
  if (podSubnets === "custom-networking") {
    throw new ValidationError(
      where,
      `${cluster.name} has custom networking, which keeps its pods in the subnets of their ENIConfigs, so a new one would stay empty; leave cni.customNetworking out`,
    );
  }
  if (cluster.growth === undefined) {
    throw new ValidationError(
      where,
      `${cluster.name} has growthPercent 0 in the address plan, so there is no space to grow into; raise it and run npm run addresses`,
    );
  }
  return Prefix.parse(cluster.growth);
}

function checkTopics(where: Construct, arns: readonly string[], region: string): void {
  for (const arn of arns) {
    if (!new RegExp(`^arn:aws(-us-gov)?:sns:${region}:\\d{12}:[\\w-]+$`).test(arn)) {
      throw new ValidationError(
        where,
        `alarmTopicArns has ${arn}, to which no alarm of ${region} can go; use arn:aws:sns:${region}:<account>:<topic>`,
      );
    }
  }
}
