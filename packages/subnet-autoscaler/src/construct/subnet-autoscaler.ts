import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { ValidationError } from "@cluster-ipam/blueprint-core";
import { type EksClusterContract } from "@cluster-ipam/eks-cni";
import { IpamPoolLookup } from "@cluster-ipam/ipam/lookup";
import { Construct } from "constructs";
import { type AutoscalerConfig, type Mode } from "../runtime/config";
import { AutoscalerAlarms } from "./autoscaler-alarms";
import { AutoscalerDashboard } from "./autoscaler-dashboard";
import { AutoscalerFunction } from "./autoscaler-function";
import { type Workplace } from "./autoscaler-policy";
import { AutoscalerSchedule } from "./autoscaler-schedule";
import { type AutoscalerSettings, policyOf, quotasOf } from "./autoscaler-settings";
import { growthSpace } from "./growth-space";
import { NetworkLookup } from "./network-lookup";

export interface SubnetAutoscalerProps extends AutoscalerSettings {
  /** The cluster whose pods need addresses. */
  readonly cluster: EksClusterContract;
  /**
   * "act" changes subnets. "approve" announces each change as an event and makes it when a person asks for it.
   * "dry-run" says in its log what it would do; its role lets it look at everything and change nothing.
   * @default "act"
   */
  readonly mode?: Mode;
  /**
   * Further CIDRs to grow into, literal IPv4, /16 to /26, of the pool of the growth space. No network attaches them:
   * the autoscaler does, ahead of need, and detaches them when they are empty. EKS can take five hours to recognise
   * a CIDR that comes late, so prefer `growthPercent` in the address plan.
   * @default none: the planned growth space only
   */
  readonly attachCidrs?: readonly string[];
  /** Id of the IPAM pool that owns the growth space. @default looked up by the plan's `podPool` */
  readonly podIpamPoolId?: string;
  /** ARNs of SNS topics in the cluster's Region that the alarms go to. @default none: they are on the dashboard only */
  readonly alarmTopicArns?: readonly string[];
  /** Event bus of the account and Region that changes are announced on. @default "default" */
  readonly eventBusName?: string;
  /** Days the log is kept; a period CloudWatch knows. @default 90 */
  readonly logRetentionDays?: number;
}

/** Namespace of the runtime's metrics. */
const METRIC_NAMESPACE = "ClusterIpam/SubnetAutoscaler";

/** The bus that every account has. */
const DEFAULT_BUS = "default";

/** Days that SQS keeps a failed run, the most it can. */
const FAILURE_DAYS = 14;

/** What the autoscaler's names end with. */
const SUFFIX = "-subnet-autoscaler";

/** Characters of a Lambda function's name, at most. */
const LONGEST_NAME = 64;

/**
 * Grows the pod subnets of a cluster inside its planned growth space, and gives them back: the function, what starts
 * it, what it may do, and what tells people how it fares.
 *
 * @throws ValidationError for a cluster that more subnets cannot help, and on settings out of their bounds
 */
export class SubnetAutoscaler extends Construct {
  /** Name of the function, the schedule and the dashboard. */
  readonly name: string;
  /** Takes the runs that failed or could not be started. */
  readonly failures: SqsQueue;

  constructor(scope: Construct, id: string, props: SubnetAutoscalerProps) {
    super(scope, id);
    const { network } = props.cluster;
    this.name = checkName(this, network.addresses.name);
    checkTopics(this, props.alarmTopicArns ?? [], network.addresses.region);
    const growth = growthSpace(this, props.cluster, props.attachCidrs ?? []);
    const policy = policyOf(this, props, network, growth);

    const lookup = new NetworkLookup(this, "network", network);
    const poolId =
      props.podIpamPoolId ?? new IpamPoolLookup(this, "pool", { key: network.addresses.podPool }).poolId;
    const config: AutoscalerConfig = {
      cluster: network.addresses.name,
      region: network.addresses.region,
      vpcId: lookup.vpcId,
      growthPools: {
        ipamPoolId: poolId,
        cidrs: growth.map(String),
        ...(props.attachCidrs?.length && { attachCidrs: props.attachCidrs }),
      },
      zones: lookup.referenceSubnets.map(({ zone, id: referenceSubnetId }) => ({ zone, referenceSubnetId })),
      policy,
      mode: props.mode ?? "act",
      quotas: quotasOf(this, props.quotas),
      eventBusName: props.eventBusName ?? DEFAULT_BUS,
      metricNamespace: METRIC_NAMESPACE,
      ...cniOf(props.cluster),
    };
    const place = this.workplace(props, poolId, lookup);
    this.failures = new SqsQueue(this, "failures", {
      name: place.queueName,
      messageRetentionSeconds: FAILURE_DAYS * 24 * 60 * 60,
      sqsManagedSseEnabled: true,
    });
    this.deploy(props, config, place);
  }

  /** Names instead of references where AWS lets us: a plan then shows the role's policy to the reviewer. */
  private workplace(props: SubnetAutoscalerProps, poolId: string, lookup: NetworkLookup): Workplace {
    const { addresses: cluster, accountId = lookup.accountId } = props.cluster.network;
    return {
      partition: cluster.region.startsWith("us-gov-") ? "aws-us-gov" : "aws",
      region: cluster.region,
      accountId,
      clusterName: cluster.name,
      vpcArn: lookup.vpcArn,
      poolId,
      planningPoolId: props.planningPoolId,
      attaches: (props.attachCidrs ?? []).length > 0,
      logGroupName: `/aws/lambda/${this.name}`,
      queueName: `${this.name}-failures`,
      eventBusName: props.eventBusName ?? DEFAULT_BUS,
    };
  }

  private deploy(props: SubnetAutoscalerProps, config: AutoscalerConfig, place: Workplace): void {
    const { name, failures } = this;
    const shared = { name, config, place, failures };
    const { resource } = new AutoscalerFunction(this, "function", {
      ...shared,
      logRetentionDays: props.logRetentionDays ?? 90,
    });
    new AutoscalerSchedule(this, "schedule", { name, place, function: resource, failures });
    const { arns } = new AutoscalerAlarms(this, "alarms", {
      ...shared,
      function: resource,
      topicArns: props.alarmTopicArns ?? [],
    });
    new AutoscalerDashboard(this, "dashboard", { name, config, alarmArns: arns });
  }
}

/** What the runtime cannot ask EKS for. */
function cniOf({ cni, network, nodeShape }: EksClusterContract) {
  const { prefixDelegation, customNetworking } = cni;
  return {
    ...(cni.management === "self-managed" && {
      selfManagedCni: { version: network.cniVersion, prefixDelegation, customNetworking },
    }),
    ...(nodeShape && { nodeShape }),
  };
}

function checkName(where: Construct, cluster: string): string {
  const name = `${cluster}${SUFFIX}`;
  if (name.length <= LONGEST_NAME) return name;
  throw new ValidationError(
    where,
    `the function's name ${name} has ${name.length} characters but Lambda takes ${LONGEST_NAME}; name the cluster with ${LONGEST_NAME - SUFFIX.length} at most`,
  );
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
