import { type SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { awsPartition } from "@cluster-ipam/address-plan/cloud";
import { BlueprintStack, ValidationError } from "@cluster-ipam/blueprint-core";
import { type EksClusterContract, EksNetworkLookup } from "@cluster-ipam/eks-cni";
import { IpamPoolLookup } from "@cluster-ipam/ipam/lookup";
import { Construct } from "constructs";
import { type AutoscalerConfig, CONFIG_VARIABLE, type Mode } from "../runtime/config/config";
import { type GrowthPoolIds, growthPools, type GrowthSpace } from "../plan/growth-space";
import { referenceSubnets } from "../plan/reference-subnets";
import { AutoscalerAlarms } from "./autoscaler-alarms";
import { AutoscalerFunction } from "./autoscaler-function";
import { type AutoscalerOptions, resolvePolicy, resolveQuotas } from "./autoscaler-options";
import { AutoscalerSchedule } from "./autoscaler-schedule";
import { growthSpace } from "./growth-space";
import { failureQueue } from "./failure-queue";
import { applyHardening, type FunctionHardening } from "./function-hardening";
import { checkFleet, type FleetContract } from "./fleet-contract";
import { FleetMembership } from "./fleet-membership";
import { actStatements, type DeploymentTarget, functionStatements, observeStatements } from "./iam-policy";
import { growthSubnetTags } from "./subnet-tags";
import { checkTopics } from "./alarm-topics";
import { METRIC_NAMESPACE } from "./telemetry";

/** Input of {@link SubnetAutoscaler}. */
export interface SubnetAutoscalerProps extends AutoscalerOptions, FunctionHardening {
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
  /**
   * Tags by which node classes of your own select the subnets of pods (`podSubnetSelectorTerms` of EKS Auto Mode), with
   * values that they name exactly. A growth subnet has them while it is open to pods. @default none: node classes select the
   * tags of the VPC CNI, which every pod subnet has
   */
  readonly podSelectorTags?: Readonly<Record<string, string>>;
  /** Id of the IPAM pool that owns the cluster's own growth space. @default looked up by the pool's key in the plan */
  readonly ipamPoolId?: string;
  /**
   * The fleet whose function serves the cluster. @default a function of the cluster's own
   */
  readonly fleet?: FleetContract;
  /** ARNs of SNS topics in the cluster's Region that the alarms notify. @default none: alarms only show in CloudWatch */
  readonly alarmTopicArns?: readonly string[];
  /** Event bus, in the same account and Region, that receives the changes. @default "default" */
  readonly eventBusName?: string;
  /** Retention of the log in days; a value that CloudWatch Logs supports. A fleet has its own. @default 90 */
  readonly logRetentionDays?: number;
}

/** The event bus that every account has. */
const DEFAULT_BUS = "default";

/**
 * The cheapest memory with which a cold run over 10,000 interfaces ends in time: CPU comes with memory, and a run that
 * mostly waits for AWS costs less with less of both (docs/benchmarks.md).
 */
const MEMORY_MEGABYTES = 512;

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
  /** Name of the function and the schedule, or of the role that a fleet assumes. */
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
  /** Queue of runs that failed or could not start; undefined in a fleet, which has one for all clusters. */
  readonly failures: SqsQueue | undefined;

  constructor(scope: Construct, id: string, props: SubnetAutoscalerProps) {
    super(scope, id);
    const { network } = props.contract;
    const { addresses } = network;
    this.name = checkName(this, addresses.name);
    checkTopics(this, props.alarmTopicArns ?? [], addresses.region);
    checkFleet(this, props);
    const growth = growthSpace(this, props);
    const policy = resolvePolicy(this, props, network, growth);
    const { always: tags, whileOpen: openTags } = growthSubnetTags(this, addresses.name, {
      always: { ...BlueprintStack.of(this).tags, ...props.subnetTags },
      whileOpen: props.podSelectorTags ?? {},
    });

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
      ...(Object.keys(openTags).length > 0 && { openTags }),
      ...unreportedConfig(props.contract),
    };
    const target = {
      ...this.target(props, growth, pools, lookup),
      subnetTagKeys: Object.keys(tags),
      openTagKeys: Object.keys(openTags),
    };
    this.clusterName = config.cluster;
    this.region = config.region;
    this.zones = config.zones.map(({ zone }) => zone);
    this.logGroupName = target.logGroupName;
    const { alarms, failures } = this.deploy(props, config, target);
    this.alarmArns = alarms.arns;
    this.failures = failures;
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
  ): Omit<DeploymentTarget, "subnetTagKeys" | "openTagKeys"> {
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
      logGroupName: `/aws/lambda/${props.fleet?.name ?? this.name}`,
      queueName: `${this.name}-failures`,
      eventBusName: props.eventBusName ?? DEFAULT_BUS,
    };
  }

  /** Deploys a function of the cluster's own, or its part of a fleet. */
  private deploy(props: SubnetAutoscalerProps, config: AutoscalerConfig, target: DeploymentTarget) {
    const { name } = this;
    const changes = config.mode !== "dry-run";
    const changing = changes ? actStatements(target) : [];
    const observing = observeStatements(target);
    const shared = { name, config, account: target, topicArns: props.alarmTopicArns ?? [] };
    if (props.fleet !== undefined) {
      new FleetMembership(this, "membership", {
        fleet: props.fleet,
        name,
        config,
        target,
        statements: [...observing, ...changing],
      });
      return { alarms: new AutoscalerAlarms(this, "alarms", shared), failures: undefined };
    }
    const failures = failureQueue(this, target.queueName);
    const hardening = applyHardening(this, props, { ...target, name });
    const { resource } = new AutoscalerFunction(this, "function", {
      name,
      description: `Adds and removes pod subnets of ${config.cluster}`,
      roleDescription: `Subnet autoscaler of ${config.cluster}`,
      handler: "index.handler",
      memory: MEMORY_MEGABYTES,
      environment: { [CONFIG_VARIABLE]: JSON.stringify(config) },
      statements: [...observing, ...functionStatements(target), ...changing],
      logGroupName: target.logGroupName,
      logRetentionDays: props.logRetentionDays ?? 90,
      failures,
      ...hardening,
    });
    new AutoscalerSchedule(this, "schedule", {
      name,
      roleName: `${target.clusterName}-subnet-schedule`,
      accountId: target.accountId,
      function: resource,
      failures,
      kmsKeyArn: hardening.kmsKeyArn,
    });
    return { alarms: new AutoscalerAlarms(this, "alarms", { ...shared, function: resource }), failures };
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
