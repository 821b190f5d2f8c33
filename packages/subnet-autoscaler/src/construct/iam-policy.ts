import { activationTags, creationTags, EMPTY_TAG, OWNER_TAG, quarantineTags } from "../runtime/network/tags";
import { fleetPath } from "../runtime/config/fleet-path";
import { EVENT_SOURCE } from "./telemetry";

/** An `Allow` statement of an IAM policy. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** Where a function runs, and what it writes to. */
export interface FunctionTarget {
  /** AWS partition, for example `aws`. */
  readonly partition: string;
  readonly region: string;
  /** AWS account of the function, 12 digits. */
  readonly accountId: string;
  readonly logGroupName: string;
  readonly queueName: string;
}

/**
 * The resources that an autoscaler works on. Their names are literals where possible, so that a reviewer can read the
 * policy in the plan.
 */
export interface DeploymentTarget extends FunctionTarget {
  readonly clusterName: string;
  readonly vpcArn: string;
  /** Ids of the IPAM pools of the growth space. */
  readonly growthPoolIds: readonly string[];
  /** Ids of those from which the autoscaler attaches CIDRs to the VPC. */
  readonly attachPoolIds: readonly string[];
  /** Whether the autoscaler detaches CIDRs that it attached, now or earlier. */
  readonly detachesCidrs: boolean;
  /** Id of the resource planning pool of the growth subnets; undefined when there is none. */
  readonly planningPoolId: string | undefined;
  readonly eventBusName: string;
  /** Keys of the tags that growth subnets get in addition to the autoscaler's own. */
  readonly subnetTagKeys: readonly string[];
  /** Keys of the tags that growth subnets have while they are open to pods, in addition to the autoscaler's own. */
  readonly openTagKeys: readonly string[];
}

/** Actions that IAM cannot restrict to a resource. */
const DESCRIBE = [
  "ec2:DescribeNetworkAcls",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeRouteTables",
  "ec2:DescribeSubnets",
  "ec2:DescribeVpcs",
  "ec2:GetSubnetCidrReservations",
];

const WIRE_TO_ROUTE_TABLE = ["ec2:AssociateRouteTable", "ec2:ReplaceRouteTableAssociation"];

/**
 * Permissions of every autoscaler: to observe and to publish what it does.
 *
 * Source of the resources and condition keys, here and in {@link actStatements}: AWS Service Authorization Reference,
 * "Actions, resources, and condition keys for" Amazon EC2, EKS, EventBridge, CloudWatch Logs and SQS.
 */
export function observeStatements(target: DeploymentTarget): readonly Statement[] {
  const { partition, region, accountId, clusterName } = target;
  const arn = (service: string, resource: string) =>
    `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
  return [
    allow("Observe", DESCRIBE, ["*"], { StringEquals: { "ec2:Region": region } }),
    allow("ObservePool", ["ec2:GetIpamPoolAllocations", "ec2:GetIpamPoolCidrs"], readablePools(target)),
    allow(
      "ObserveCluster",
      ["eks:DescribeAddon", "eks:DescribeCluster"],
      [arn("eks", `cluster/${clusterName}`), arn("eks", `addon/${clusterName}/vpc-cni/*`)],
    ),
    allow("Announce", ["events:PutEvents"], [arn("events", `event-bus/${target.eventBusName}`)], {
      StringEquals: { "events:source": EVENT_SOURCE },
    }),
  ];
}

/** What a function needs to run, whatever it serves: its log and the queue of failed runs. */
export function functionStatements(target: FunctionTarget): readonly Statement[] {
  const { partition, region, accountId } = target;
  const arn = (service: string, resource: string) =>
    `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
  return [
    allow(
      "Log",
      ["logs:CreateLogStream", "logs:PutLogEvents"],
      [arn("logs", `log-group:${target.logGroupName}:*`)],
    ),
    allow("HandOverFailures", ["sqs:SendMessage"], [arn("sqs", target.queueName)]),
  ];
}

/** Sends traces to X-Ray, whose actions cannot be restricted to a resource. */
export const TRACE = allow("Trace", ["xray:PutTelemetryRecords", "xray:PutTraceSegments"], ["*"]);

/** Reads what Lambda or EventBridge Scheduler encrypted with a key. */
export function decryptStatement(keyArn: string): Statement {
  return allow("Decrypt", ["kms:Decrypt"], [keyArn]);
}

/** Permissions of a fleet's function: to find its clusters, and to become the role of each. It can do nothing to them itself. */
export function fleetStatements({
  fleet,
  ...target
}: FunctionTarget & { readonly fleet: string }): readonly Statement[] {
  const { partition, region, accountId } = target;
  const path = fleetPath(fleet);
  return [
    allow("BecomeCluster", ["sts:AssumeRole"], [`arn:${partition}:iam::${accountId}:role${path}*`]),
    allow(
      "FindClusters",
      ["ssm:GetParametersByPath"],
      [path.slice(0, -1), `${path}*`].map(
        (name) => `arn:${partition}:ssm:${region}:${accountId}:parameter${name}`,
      ),
    ),
    ...functionStatements(target),
  ];
}

/**
 * Additional permissions of an autoscaler that makes changes: to create subnets in its VPC, and to change and delete
 * its own. The owner tag marks those; it can be set only while a subnet is created.
 */
export function actStatements(target: DeploymentTarget): readonly Statement[] {
  const { partition, region, accountId, clusterName, vpcArn } = target;
  const every = (type: string) => `arn:${partition}:ec2:${region}:${accountId}:${type}/*`;
  const inVpc = { ArnEquals: { "ec2:Vpc": vpcArn } };
  const owned = { StringEquals: { [`aws:ResourceTag/${OWNER_TAG}`]: clusterName } };
  const asOwned = { [`aws:RequestTag/${OWNER_TAG}`]: clusterName };
  const onlyKeys = (keys: readonly string[]) => ({
    "ForAllValues:StringEquals": { "aws:TagKeys": keys },
    // A request without keys satisfies ForAllValues, and DeleteTags without keys deletes every tag.
    Null: { "aws:TagKeys": "false" },
  });
  const creation = {
    StringEquals: asOwned,
    ...onlyKeys([...creationTagKeys(clusterName), ...target.subnetTagKeys]),
  };
  const changeable = onlyKeys([...changeableTagKeys(clusterName), ...target.openTagKeys]);
  return [
    allow(
      "ObserveNodeGroups",
      ["eks:DescribeNodegroup", "eks:ListNodegroups"],
      [`cluster/${clusterName}`, `nodegroup/${clusterName}/*/*`].map(
        (resource) => `arn:${partition}:eks:${region}:${accountId}:${resource}`,
      ),
    ),
    allow("CreateInVpc", ["ec2:CreateSubnet"], [vpcArn]),
    allow("CreateOwned", ["ec2:CreateSubnet"], [every("subnet")], creation),
    allow("TagWhileCreating", ["ec2:CreateTags"], [every("subnet")], {
      ...creation,
      StringEquals: { "ec2:CreateAction": "CreateSubnet", ...asOwned },
    }),
    allow("TagOwned", ["ec2:CreateTags"], [every("subnet")], { ...owned, ...inVpc, ...changeable }),
    // EC2 has no condition key for the VPC on DeleteTags.
    allow("UntagOwned", ["ec2:DeleteTags"], [every("subnet")], { ...owned, ...changeable }),
    allow(
      "WireOwned",
      [...WIRE_TO_ROUTE_TABLE, "ec2:DeleteSubnet", "ec2:ReplaceNetworkAclAssociation"],
      [every("subnet")],
      { ...owned, ...inVpc },
    ),
    allow("ReserveOwned", ["ec2:CreateSubnetCidrReservation"], [every("subnet")], { ...owned, ...inVpc }),
    allow("WireToRouteTable", WIRE_TO_ROUTE_TABLE, [every("route-table")], inVpc),
    allow("WireToNetworkAcl", ["ec2:ReplaceNetworkAclAssociation"], [every("network-acl")], inVpc),
    ...(target.planningPoolId === undefined
      ? []
      : [allow("TakeFromPlanningPool", ["ec2:CreateSubnet"], [poolArn(target, target.planningPoolId)])]),
    ...(target.attachPoolIds.length > 0 ? attachStatements(target) : []),
    // EC2 has no condition key for the CIDR that is detached, but refuses to detach one with a subnet.
    ...(target.detachesCidrs ? [allow("Detach", ["ec2:DisassociateVpcCidrBlock"], [vpcArn])] : []),
  ];
}

/**
 * The request has both resources, the VPC and the pool. The condition also refuses a CIDR without a pool. IAM has no condition
 * key for its size, which the rules of the pool bound.
 */
function attachStatements(target: DeploymentTarget): readonly Statement[] {
  const { vpcArn, attachPoolIds } = target;
  return [
    allow("AttachFromPool", ["ec2:AssociateVpcCidrBlock"], [vpcArn], {
      StringEquals: { "ec2:Ipv4IpamPoolId": attachPoolIds },
    }),
    allow(
      "TakeFromPool",
      ["ec2:AssociateVpcCidrBlock"],
      attachPoolIds.map((id) => poolArn(target, id)),
    ),
  ];
}

/** Tag keys that every subnet is created with; none of them opens it to pods. */
export function creationTagKeys(clusterName: string): readonly string[] {
  return Object.keys(creationTags({ cluster: clusterName, zone: "", writer: "", at: 0 }));
}

/** Tag keys that are set and removed later, for every release of the CNI. */
export function changeableTagKeys(clusterName: string): readonly string[] {
  const tagging = { excludesByZero: true, filtersByCluster: true };
  const tags = { ...activationTags(clusterName, tagging, 0), ...quarantineTags(tagging, 0) };
  return [...Object.keys(tags), EMPTY_TAG];
}

/** The pools whose allocations are read, so that no CIDR allocated elsewhere is used. */
function readablePools(target: DeploymentTarget): readonly string[] {
  const { growthPoolIds, planningPoolId } = target;
  const ids = planningPoolId === undefined ? growthPoolIds : [...growthPoolIds, planningPoolId];
  return ids.map((id) => poolArn(target, id));
}

/** A shared pool belongs to the IPAM's account, and the ARN of an IPAM pool has no Region. */
function poolArn({ partition }: DeploymentTarget, poolId: string): string {
  return `arn:${partition}:ec2::*:ipam-pool/${poolId}`;
}

function allow(
  sid: string,
  actions: readonly string[],
  resources: readonly string[],
  condition?: Statement["Condition"],
): Statement {
  const statement = { Sid: sid, Effect: "Allow", Action: actions, Resource: resources } as const;
  return condition === undefined ? statement : { ...statement, Condition: condition };
}

/** An IAM policy with these statements, as JSON. */
export function policyDocument(statements: readonly Statement[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}
