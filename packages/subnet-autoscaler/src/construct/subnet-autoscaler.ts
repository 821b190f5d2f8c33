import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { awsPartition } from "@cluster-ipam/address-plan/cloud";
import { BlueprintStack, ValidationError } from "@cluster-ipam/blueprint-core";
import { type EksClusterContract, EksNetworkLookup } from "@cluster-ipam/eks-cni";
import { kmsKeyArn, type KmsKeyOption } from "@cluster-ipam/blueprint-core/aws";
import { IpamPoolLookup } from "@cluster-ipam/ipam/lookup";
import { Construct } from "constructs";
import { type AutoscalerConfig, type Mode } from "../runtime/config/config";
import { type GrowthPoolIds, growthPools, type GrowthSpace } from "../plan/growth-space";
import { referenceSubnets } from "../plan/reference-subnets";
import { AutoscalerAlarms } from "./autoscaler-alarms";
import { AutoscalerFunction } from "./autoscaler-function";
import { type AutoscalerOptions, resolvePolicy, resolveQuotas } from "./autoscaler-options";
import { AutoscalerSchedule } from "./autoscaler-schedule";
import { growthSpace } from "./growth-space";
import { type DeploymentTarget } from "./iam-policy";
import { subnetTags } from "./subnet-tags";
import { METRIC_NAMESPACE } from "./telemetry";

/** Input of {@link SubnetAutoscaler}. */
export interface SubnetAutoscalerProps extends AutoscalerOptions {
  /** Contract of the cluster to scale. */
  readonly contract: EksClusterContract;
  /**
   * "act" changes subnets. "approve" publishes each change as an event and makes it once an operator approves it.
   * "dry-run" only logs what it would change, and its role is read-only.
   * @default "act"
   */
  readonly mode?: Mode;
  /**
   * Whether the cluster also draws CIDRs from the growth pool of its environment and Region. False empties and returns
   * what it drew.
   * @default true, if the address plan has such a pool (`eksGrowth`)
   */
  readonly sharedGrowth?: boolean;
  /**
   * Tags of every growth subnet in addition to the stack's tags, for example those that a service control policy or
   * the IPAM pool requires. A subnet keeps the tags it was created with. @default the stack's tags only
   */
  readonly subnetTags?: Readonly<Record<string, string>>;
  /** Id of the IPAM pool that owns the cluster's own growth space. @default looked up by the pool's key in the plan */
  readonly ipamPoolId?: string;
  /** ARNs of SNS topics in the cluster's Region that the alarms notify. @default none: alarms only show in CloudWatch */
  readonly alarmTopicArns?: readonly string[];
  /** Event bus, in the same account and Region, that receives the changes. @default "default" */
  readonly eventBusName?: string;
  /** Retention of the log in days; a value that CloudWatch Logs supports. @default 90 */
  readonly logRetentionDays?: number;
  /** Key that encrypts the function's log and environment, and its schedule. @default keys that AWS owns */
  readonly kmsKey?: KmsKeyOption;
  /** Whether X-Ray traces the runs of the function, at X-Ray's price per trace. @default false */
  readonly tracing?: boolean;
  /**
   * ARN of a Lambda code signing configuration. Lambda then takes only code that one of its publishers signed: sign what
   * `subnet-autoscaler` builds in the pipeline that deploys it.
   * @default none: the plan shows the hash of the code
   */
  readonly codeSigningConfigArn?: string;
}

/** The event bus that every account has. */
const DEFAULT_BUS = "default";

/** Retention of failed runs in days, the maximum of SQS. */
const FAILURE_RETENTION_DAYS = 14;

/** Suffix of the names of the autoscaler's resources. */
const NAME_SUFFIX = "-subnet-autoscaler";

/** Maximum length of a Lambda function name. */
const MAX_NAME_LENGTH = 64;

/**
 * Adds pod subnets to a cluster inside its growth space and deletes them when they are empty: the function with its
 * role, schedule and alarms. {@link SubnetAutoscalerDashboard} shows those of an account.
 *
 * @throws ValidationError for a cluster that more subnets do not help, and for options out of bounds
 */
export class SubnetAutoscaler extends Construct {
  /** Name of the function and the schedule. */
  readonly name: string;
  readonly clusterName: string;
  /** Region of the cluster, for example `eu-central-1`. */
  readonly region: string;
  /** Full names of the cluster's availability zones. */
  readonly zones: readonly string[];
  /** Log group of the function. */
  readonly logGroupName: string;
  /** ARNs of the alarms. */
  readonly alarmArns: readonly string[];
  /** Queue of runs that failed or could not start. */
  readonly failures: SqsQueue;

  constructor(scope: Construct, id: string, props: SubnetAutoscalerProps) {
    super(scope, id);
    const { network } = props.contract;
    const { addresses } = network;
    this.name = checkName(this, addresses.name);
    checkTopics(this, props.alarmTopicArns ?? [], addresses.region);
    const growth = growthSpace(this, props);
    const policy = resolvePolicy(this, props, network, growth);
    const tags = subnetTags(this, addresses.name, { ...BlueprintStack.of(this).tags, ...props.subnetTags });

    const lookup = new EksNetworkLookup(this, "network", { network });
    const pools = this.pools(props, growth);
    const config: AutoscalerConfig = {
      cluster: addresses.name,
      region: addresses.region,
      vpcId: lookup.vpc.id,
      growthPools: growthPools(growth, pools, network.attachCidrs),
      zones: referenceSubnets(addresses).map((subnet) => ({
        zone: subnet.zone,
        referenceSubnetId: lookup.podSubnetId(subnet),
        ...(subnet.state === "draining" && { draining: true }),
      })),
      policy,
      mode: props.mode ?? "act",
      quotas: resolveQuotas(this, addresses, props.quotas),
      eventBusName: props.eventBusName ?? DEFAULT_BUS,
      metricNamespace: METRIC_NAMESPACE,
      ...(Object.keys(tags).length > 0 && { subnetTags: tags }),
      ...unreportedConfig(props.contract),
    };
    const target = {
      ...this.target(props, growth, pools, lookup),
      subnetTagKeys: Object.keys(tags),
    };
    this.failures = new SqsQueue(this, "failures", {
      name: target.queueName,
      messageRetentionSeconds: FAILURE_RETENTION_DAYS * 24 * 60 * 60,
      sqsManagedSseEnabled: true,
    });
    this.clusterName = config.cluster;
    this.region = config.region;
    this.zones = config.zones.map(({ zone }) => zone);
    this.logGroupName = target.logGroupName;
    this.alarmArns = this.deploy(props, config, target);
  }

  /** The ids of the pools of the growth space. */
  private pools({ ipamPoolId }: SubnetAutoscalerProps, { pool, shared }: GrowthSpace): GrowthPoolIds {
    const idOf = (id: string, key: string) => new IpamPoolLookup(this, id, { key }).poolId;
    return {
      ...(pool !== undefined && { own: ipamPoolId ?? idOf("pool", pool) }),
      ...(shared && { shared: idOf("shared-pool", shared.pool) }),
    };
  }

  /** Uses names instead of references where possible, so that a plan shows the role's policy. */
  private target(
    props: SubnetAutoscalerProps,
    growth: GrowthSpace,
    { own, shared }: GrowthPoolIds,
    lookup: EksNetworkLookup,
  ): Omit<DeploymentTarget, "subnetTagKeys"> {
    const { addresses, attachCidrs = [], accountId = lookup.vpc.ownerId } = props.contract.network;
    const attachesOwn = attachCidrs.length > 0;
    const draws = growth.shared !== undefined && growth.shared.inUse.length > 0;
    return {
      partition: awsPartition(addresses.region),
      region: addresses.region,
      accountId,
      clusterName: addresses.name,
      vpcArn: lookup.vpc.arn,
      growthPoolIds: [own, shared].filter((id) => id !== undefined),
      attachPoolIds: [attachesOwn && own, draws && shared].filter((id) => typeof id === "string"),
      detachesCidrs: attachesOwn || growth.shared !== undefined,
      planningPoolId: props.planningPoolId,
      logGroupName: `/aws/lambda/${this.name}`,
      queueName: `${this.name}-failures`,
      eventBusName: props.eventBusName ?? DEFAULT_BUS,
    };
  }

  /** @returns the ARNs of the alarms */
  private deploy(
    props: SubnetAutoscalerProps,
    config: AutoscalerConfig,
    target: DeploymentTarget,
  ): readonly string[] {
    const { name, failures } = this;
    const shared = { name, config, target, failures };
    const keyArn = kmsKeyArn(this, "key", props.kmsKey, {
      name,
      description: `Log, environment and schedule of ${name}`,
      region: target.region,
      accountId: target.accountId,
      logGroups: [target.logGroupName],
      // Nothing is lost with it: another one encrypts what the function writes from then on.
      deletionProtection: false,
    });
    const { resource } = new AutoscalerFunction(this, "function", {
      ...shared,
      logRetentionDays: props.logRetentionDays ?? 90,
      kmsKeyArn: keyArn,
      tracing: props.tracing ?? false,
      codeSigningConfigArn: props.codeSigningConfigArn,
    });
    new AutoscalerSchedule(this, "schedule", {
      name,
      target,
      function: resource,
      failures,
      kmsKeyArn: keyArn,
    });
    return new AutoscalerAlarms(this, "alarms", {
      name,
      config,
      target,
      function: resource,
      topicArns: props.alarmTopicArns ?? [],
    }).arns;
  }
}

/** The part of the configuration that EKS does not report. */
function unreportedConfig({ cni, network, nodeShape }: EksClusterContract) {
  const { prefixDelegation, customNetworking } = cni;
  return {
    ...(cni.management === "self-managed" && {
      selfManagedCni: { version: network.cniVersion, prefixDelegation, customNetworking },
    }),
    ...(nodeShape && { nodeShape }),
  };
}

function checkName(scope: Construct, clusterName: string): string {
  const name = `${clusterName}${NAME_SUFFIX}`;
  if (name.length <= MAX_NAME_LENGTH) return name;
  throw new ValidationError(
    scope,
    `the function name ${name} has ${name.length} characters but Lambda allows ${MAX_NAME_LENGTH}; use a cluster name of at most ${MAX_NAME_LENGTH - NAME_SUFFIX.length}`,
  );
}

function checkTopics(scope: Construct, arns: readonly string[], region: string): void {
  const prefix = `arn:${awsPartition(region)}:sns:${region}`;
  for (const arn of arns) {
    if (!new RegExp(`^${prefix}:\\d{12}:[\\w-]+$`).test(arn)) {
      throw new ValidationError(
        scope,
        `alarmTopicArns has ${arn}, which alarms in ${region} cannot notify; use ${prefix}:<account>:<topic>`,
      );
    }
  }
}
