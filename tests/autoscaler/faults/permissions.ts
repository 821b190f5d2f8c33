import { type Ec2Subnet } from "@cluster-ipam/subnet-autoscaler/runtime";
import {
  autoscaler,
  contractWith,
  resources,
} from "../../../packages/subnet-autoscaler/test/construct/fixture";
import {
  allows,
  type ApiCall,
  type Context,
  type PolicyDocument,
} from "../../../packages/subnet-autoscaler/test/construct/iam-evaluation";
import { ACCOUNT, ATTACHED_LATER, type Network, REGION } from "./network";

/** The request parameters that identify resources. */
interface Request {
  readonly VpcId?: string;
  readonly SubnetId?: string;
  readonly Resources?: readonly string[];
  readonly Tags?: readonly Tag[];
  readonly TagSpecifications?: readonly { readonly Tags: readonly Tag[] }[];
  readonly RouteTableId?: string;
  readonly NetworkAclId?: string;
  readonly AssociationId?: string;
  readonly IpamPoolId?: string;
  readonly Ipv4IpamPoolId?: string;
}
interface Tag {
  readonly Key: string;
  readonly Value?: string;
}

const ec2 = (resource: string) => `arn:aws:ec2:${REGION}:${ACCOUNT}:${resource}`;
const here: Context = { "ec2:Region": REGION };
const poolArn = (id: string) => `arn:aws:ec2::${ACCOUNT}:ipam-pool/${id}`;

const PLANNING_POOL = "ipam-pool-planning";

/** The function's policy as the construct synthesizes it. */
function policyText(props: Parameters<typeof autoscaler>[0]): string {
  const policies = resources(autoscaler(props), "aws_iam_role_policy");
  return String(policies["autoscaler_function_policy"]!["policy"]);
}

/** A call that the role denies. */
interface Refusal {
  readonly call: string;
  /** The subnet of the call. */
  readonly subnet: Ec2Subnet | undefined;
}

/** Evaluates calls against the policy of the function's role. */
export class Permissions {
  private readonly policies = new Map<string, PolicyDocument>();
  private readonly decided = new Map<string, boolean>();
  // Synthesized before any call, so that an error of the construct is not mistaken for a failed call.
  private readonly texts = {
    attaching: policyText({ contract: contractWith({}, { attachCidrs: [ATTACHED_LATER] }) }),
    planning: policyText({ planningPoolId: PLANNING_POOL }),
  };

  /** The part of a request that the role denies; undefined if it allows the request. */
  async refusal(network: Network, action: string, input: object): Promise<Refusal | undefined> {
    const request = input as Request;
    const policy = this.policyFor(network);
    const subnet = await subnetOf(network, request);
    for (const call of apiCalls(network, action, request, subnet))
      if (!this.isAllowed(policy, call)) return { call: `${call.action} ${JSON.stringify(input)}`, subnet };
    return undefined;
  }

  /** All actions in the policy, without their service prefix. */
  actions(network: Network): ReadonlySet<string> {
    const { Statement } = this.policyFor(network);
    return new Set(Statement.flatMap(({ Action }) => Action).map((action) => action.split(":")[1]!));
  }

  /** Caches decisions, because most calls repeat. */
  private isAllowed(policy: PolicyDocument, call: ApiCall): boolean {
    const key = JSON.stringify([policy.Statement.length, call]);
    let decided = this.decided.get(key);
    if (decided === undefined) this.decided.set(key, (decided = allows([policy], call)));
    return decided;
  }

  private policyFor({ vpcId, poolId, sharedPoolId, config }: Network): PolicyDocument {
    const { planningPoolId } = config.policy;
    const key = [vpcId, poolId, sharedPoolId, planningPoolId].join();
    let policy = this.policies.get(key);
    if (!policy) {
      const text = (planningPoolId === undefined ? this.texts.attaching : this.texts.planning)
        .replaceAll(PLANNING_POOL, planningPoolId ?? "")
        .replace(/\$\{data\.aws_vpc\.\w+\.arn\}/g, ec2(`vpc/${vpcId}`))
        .replace(/\$\{data\.aws_vpc_ipam_pool\.\w+\.id\}/g, sharedPoolId ?? poolId);
      this.policies.set(key, (policy = JSON.parse(text) as PolicyDocument));
    }
    return policy;
  }
}

/** The subnet of a request, given by its id or by one of its associations. */
async function subnetOf(
  { ec2, vpcId }: Network,
  { SubnetId, Resources, AssociationId, Tags }: Request,
): Promise<Ec2Subnet | undefined> {
  const id = SubnetId ?? (Tags && Resources?.[0]);
  if (id !== undefined) return ec2.subnet(id);
  if (AssociationId === undefined) return undefined;
  const associations = [...(await ec2.routeTables(vpcId)), ...(await ec2.networkAcls(vpcId))];
  const found = associations
    .flatMap((holder) => holder.associations)
    .find((association) => association.id === AssociationId);
  return found && ec2.subnet(found.subnetId);
}

/**
 * The authorization requests of a call. A missing subnet is not denied, because EC2 reports it itself.
 *
 * Source: AWS Service Authorization Reference, actions, resources and condition keys for Amazon EC2.
 */
function apiCalls(
  { vpcId }: Network,
  action: string,
  request: Request,
  subnet: Ec2Subnet | undefined,
): readonly ApiCall[] {
  const vpc = { arn: ec2(`vpc/${vpcId}`), context: here };
  const inVpc = { ...here, "ec2:Vpc": vpc.arn };
  const call = (...list: ApiCall["resources"]): ApiCall => ({ action: `ec2:${action}`, resources: list });
  const existing = (context: Context) =>
    subnet === undefined
      ? []
      : [
          {
            arn: ec2(`subnet/${subnet.id}`),
            context: { ...context, ...tagContext("ResourceTag", subnet.tags) },
          },
        ];
  switch (action) {
    case "CreateSubnet": {
      const tags = requestTags(request.TagSpecifications?.[0]?.Tags ?? []);
      const created = { arn: ec2("subnet/*"), context: { ...here, ...tags } };
      const pool = request.Ipv4IpamPoolId;
      return [
        call(vpc, created, ...(pool === undefined ? [] : [{ arn: poolArn(pool), context: here }])),
        {
          action: "ec2:CreateTags",
          resources: [{ ...created, context: { ...created.context, "ec2:CreateAction": "CreateSubnet" } }],
        },
      ];
    }
    case "CreateTags":
      return [call(...existing({ ...inVpc, ...requestTags(request.Tags ?? []) }))];
    case "DeleteTags":
      return [call(...existing({ ...here, ...requestTags(request.Tags ?? []) }))];
    case "CreateSubnetCidrReservation":
    case "DeleteSubnet":
      return [call(...existing(inVpc))];
    case "AssociateRouteTable":
    case "ReplaceRouteTableAssociation":
      return [call({ arn: ec2(`route-table/${request.RouteTableId}`), context: inVpc }, ...existing(inVpc))];
    case "ReplaceNetworkAclAssociation":
      return [call({ arn: ec2(`network-acl/${request.NetworkAclId}`), context: inVpc }, ...existing(inVpc))];
    case "AssociateVpcCidrBlock": {
      const pool = request.Ipv4IpamPoolId!;
      return [
        call(
          { arn: vpc.arn, context: { ...here, "ec2:Ipv4IpamPoolId": pool } },
          { arn: poolArn(pool), context: here },
        ),
      ];
    }
    case "DisassociateVpcCidrBlock":
      return [call(vpc)];
    case "GetIpamPoolAllocations":
    case "GetIpamPoolCidrs":
      return [call({ arn: poolArn(request.IpamPoolId!), context: here })];
    default:
      return [call({ arn: "*", context: here })];
  }
}

const tagContext = (kind: string, tags: Readonly<Record<string, string>>): Context =>
  Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:${kind}/${key}`, value]));

const requestTags = (tags: readonly Tag[]): Context => ({
  ...tagContext("RequestTag", Object.fromEntries(tags.map(({ Key, Value = "" }) => [Key, Value]))),
  ...(tags.length > 0 && { "aws:TagKeys": tags.map(({ Key }) => Key) }),
});
