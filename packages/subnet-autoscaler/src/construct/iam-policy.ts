import { EVENT_SOURCE } from "./reports";
import { activationTags, birthTags, EMPTY_TAG, OWNER_TAG, quarantineTags } from "../runtime/tags";

/** A statement of an IAM policy that allows something. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** Where an autoscaler works; all of it is in the plan's output, so that a reviewer reads the policy there. */
export interface Workplace {
  /** AWS partition, as `aws`. */
  readonly partition: string;
  readonly region: string;
  /** AWS account of the VPC, the cluster and the function: 12 digits. */
  readonly accountId: string;
  readonly clusterName: string;
  readonly vpcArn: string;
  /** Id of the IPAM pool that owns the growth space. */
  readonly poolId: string;
  /** Id of the planning pool that growth subnets come from; undefined where they do not. */
  readonly planningPoolId: string | undefined;
  /** Growth CIDRs are attached to the VPC by the autoscaler, beside those of the network. */
  readonly attaches: boolean;
  readonly logGroupName: string;
  readonly queueName: string;
  readonly eventBusName: string;
}

/** Reads that have no resource to restrict them to. */
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
 * What every autoscaler may do: look, report and hand over what failed.
 *
 * Source of the resources and condition keys, here and in {@link actStatements}: AWS Service Authorization Reference,
 * "Actions, resources, and condition keys for" Amazon EC2, EKS, EventBridge, CloudWatch Logs and SQS.
 */
export function observeStatements(place: Workplace): readonly Statement[] {
  const { partition, region, accountId, clusterName } = place;
  const arn = (service: string, resource: string) =>
    `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
  return [
    allow("Observe", DESCRIBE, ["*"], { StringEquals: { "ec2:Region": region } }),
    allow("ObservePool", ["ec2:GetIpamPoolAllocations", "ec2:GetIpamPoolCidrs"], poolsOf(place)),
    allow(
      "ObserveCluster",
      ["eks:DescribeAddon", "eks:DescribeCluster"],
      [arn("eks", `cluster/${clusterName}`), arn("eks", `addon/${clusterName}/vpc-cni/*`)],
    ),
    allow("Announce", ["events:PutEvents"], [arn("events", `event-bus/${place.eventBusName}`)], {
      StringEquals: { "events:source": EVENT_SOURCE },
    }),
    allow(
      "Log",
      ["logs:CreateLogStream", "logs:PutLogEvents"],
      [arn("logs", `log-group:${place.logGroupName}:*`)],
    ),
    allow("HandOverFailures", ["sqs:SendMessage"], [arn("sqs", place.queueName)]),
  ];
}

/**
 * What an autoscaler that acts may do beside: make subnets in the one VPC, and change and delete those it made. It
 * knows them by the owner tag, which it can give a subnet only while it creates it.
 */
export function actStatements(place: Workplace): readonly Statement[] {
  const { partition, region, accountId, clusterName, vpcArn } = place;
  const every = (type: string) => `arn:${partition}:ec2:${region}:${accountId}:${type}/*`;
  const inVpc = { ArnEquals: { "ec2:Vpc": vpcArn } };
  const owned = { StringEquals: { [`aws:ResourceTag/${OWNER_TAG}`]: clusterName } };
  const asOwned = { [`aws:RequestTag/${OWNER_TAG}`]: clusterName };
  const someOf = (keys: readonly string[]) => ({
    "ForAllValues:StringEquals": { "aws:TagKeys": keys },
    // A request without keys would satisfy "for all", and DeleteTags without keys deletes every tag.
    Null: { "aws:TagKeys": "false" },
  });
  const birth = { StringEquals: asOwned, ...someOf(birthTagKeys(clusterName)) };
  const changeable = someOf(changeableTagKeys(clusterName));
  return [
    allow("CreateInVpc", ["ec2:CreateSubnet"], [vpcArn]),
    allow("CreateOwned", ["ec2:CreateSubnet"], [every("subnet")], birth),
    allow("TagWhileCreating", ["ec2:CreateTags"], [every("subnet")], {
      ...birth,
      StringEquals: { "ec2:CreateAction": "CreateSubnet", ...asOwned },
    }),
    allow("TagOwned", ["ec2:CreateTags"], [every("subnet")], { ...owned, ...inVpc, ...changeable }),
    // EC2 offers DeleteTags no condition on the VPC.
    allow("UntagOwned", ["ec2:DeleteTags"], [every("subnet")], { ...owned, ...changeable }),
    allow(
      "WireOwned",
      [...WIRE_TO_ROUTE_TABLE, "ec2:DeleteSubnet", "ec2:ReplaceNetworkAclAssociation"],
      [every("subnet")],
      { ...owned, ...inVpc },
    ),
    allow("WireToRouteTable", WIRE_TO_ROUTE_TABLE, [every("route-table")], inVpc),
    allow("WireToNetworkAcl", ["ec2:ReplaceNetworkAclAssociation"], [every("network-acl")], inVpc),
    ...(place.planningPoolId === undefined
      ? []
      : [allow("TakeFromPlanningPool", ["ec2:CreateSubnet"], [poolArn(place, place.planningPoolId)])]),
    ...(place.attaches ? attachStatements(place) : []),
  ];
}

/** EC2 offers no condition on which CIDR is detached; it refuses one with a subnet in it. */
function attachStatements(place: Workplace): readonly Statement[] {
  return [
    allow("AttachFromPool", ["ec2:AssociateVpcCidrBlock"], [place.vpcArn], {
      StringEquals: { "ec2:Ipv4IpamPoolId": place.poolId },
    }),
    allow("TakeFromPool", ["ec2:AssociateVpcCidrBlock"], [poolArn(place, place.poolId)]),
    allow("Detach", ["ec2:DisassociateVpcCidrBlock"], [place.vpcArn]),
  ];
}

/** Tag keys that a subnet gets while it is created: none of them opens it to pods. */
const birthTagKeys = (cluster: string): readonly string[] => Object.keys(birthTags(cluster, "", 0));

/** Tag keys that are set and removed on a subnet later on, whatever the release of the CNI. */
function changeableTagKeys(cluster: string): readonly string[] {
  const everything = { excludesByZero: true, filtersByCluster: true };
  const tags = { ...activationTags(cluster, everything, 0), ...quarantineTags(everything, 0) };
  return [...Object.keys(tags), EMPTY_TAG];
}

/** The pools that are looked at: what others have of them is not taken. */
function poolsOf(place: Workplace): readonly string[] {
  const ids = [place.poolId, ...(place.planningPoolId === undefined ? [] : [place.planningPoolId])];
  return ids.map((id) => poolArn(place, id));
}

/** A shared pool is in the account of the IPAM, and an IPAM pool's ARN names no Region. */
function poolArn({ partition }: Workplace, poolId: string): string {
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

/** The statements as the JSON text of an IAM policy. */
export function policyDocument(statements: readonly Statement[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}
