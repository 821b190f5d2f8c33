import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { activationTags, birthTags, EMPTY_TAG, OWNER_TAG, quarantineTags } from "../../src/runtime/tags";
import { EVENT_SOURCE } from "../../src/runtime/reconcile";
import { type SubnetAutoscalerProps } from "../../src";
import { autoscaler, resources } from "./fixture";
import { allows, type ApiCall, type Context, type PolicyDocument } from "./iam-evaluation";

const account = "arn:aws:ec2:eu-central-1:333333333333";
const vpc = `${account}:vpc/vpc-payments`;
const otherVpc = `${account}:vpc/vpc-other`;
const pool = "arn:aws:ec2::111111111111:ipam-pool/ipam-pool-payments";
const otherPool = "arn:aws:ec2::111111111111:ipam-pool/ipam-pool-other";

/** The policy that Terraform would deploy, once the data sources have found the VPC and the pool. */
function policyOf(props: Partial<SubnetAutoscalerProps>): PolicyDocument {
  const policies = resources(autoscaler(props), "aws_iam_role_policy");
  const text = String(policies["autoscaler_function_policy"]!["policy"])
    .replace(/\$\{data\.aws_vpc\.\w+\.arn\}/g, vpc)
    .replace(/\$\{data\.aws_vpc_ipam_pool\.\w+\.id\}/g, "ipam-pool-payments");
  return JSON.parse(text) as PolicyDocument;
}

const here: Context = { "ec2:Region": "eu-central-1" };
/** A resource of a call, with the condition keys that EC2 gives it. */
const resource = (arn: string, context: Context = {}) => ({ arn, context: { ...here, ...context } });
const call = (action: string, ...list: ApiCall["resources"]): ApiCall => ({ action, resources: list });

const owner = { [`aws:ResourceTag/${OWNER_TAG}`]: "prod-payments" };
const inVpc = { "ec2:Vpc": vpc };
const grown = (context: Context = {}) =>
  resource(`${account}:subnet/subnet-grown`, { ...owner, ...inVpc, ...context });
const planned = (context: Context = {}) =>
  resource(`${account}:subnet/subnet-planned`, { ...inVpc, ...context });
const table = (context: Context = inVpc) => resource(`${account}:route-table/rtb-1`, context);
const acl = (context: Context = inVpc) => resource(`${account}:network-acl/acl-1`, context);

/** The tags of a request, as condition keys. */
const tagged = (tags: Readonly<Record<string, string>>): Context => ({
  ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, value])),
  ...(Object.keys(tags).length > 0 && { "aws:TagKeys": Object.keys(tags) }),
});
const cni = { excludesByZero: true, filtersByCluster: true };
const birth = birthTags("prod-payments", "eu-central-1a", 0);
const created = (tags: Readonly<Record<string, string>>) => resource(`${account}:subnet/*`, tagged(tags));
const creation = { "ec2:CreateAction": "CreateSubnet" };
const open = activationTags("prod-payments", cni, 0);
/** EC2 gives DeleteTags no condition key for the VPC. */
const untagging = (...keys: string[]) => ({
  arn: `${account}:subnet/subnet-grown`,
  context: { ...here, ...owner, ...(keys.length > 0 && { "aws:TagKeys": keys }) },
});

const allowed: Record<string, ApiCall> = {
  "create a dark subnet in the VPC": call("ec2:CreateSubnet", resource(vpc), created(birth)),
  "tag it while creating it": call(
    "ec2:CreateTags",
    resource(`${account}:subnet/*`, { ...tagged(birth), ...creation }),
  ),
  "give it the route table of its zone": call("ec2:AssociateRouteTable", table(), grown()),
  "give it the network ACL of its zone": call("ec2:ReplaceNetworkAclAssociation", acl(), grown()),
  "open it to pods": call("ec2:CreateTags", grown(tagged(open))),
  "give it another route table": call("ec2:ReplaceRouteTableAssociation", table(), grown()),
  "close it to pods": call("ec2:CreateTags", grown(tagged(quarantineTags(cni, 0)))),
  "close it to the pods of an old CNI": call("ec2:DeleteTags", untagging("kubernetes.io/role/cni")),
  "record since when it is empty": call("ec2:CreateTags", grown(tagged({ [EMPTY_TAG]: "in-use" }))),
  "delete it": call("ec2:DeleteSubnet", grown()),
};

/** Only where the composition names CIDRs that no network attaches. */
const attaching: Record<string, ApiCall> = {
  "attach a CIDR from the pool": call(
    "ec2:AssociateVpcCidrBlock",
    resource(vpc, { "ec2:Ipv4IpamPoolId": "ipam-pool-payments" }),
    resource(pool),
  ),
  "detach an empty CIDR": call("ec2:DisassociateVpcCidrBlock", resource(vpc)),
};

const forbidden: Record<string, ApiCall> = {
  "create a subnet in another VPC": call("ec2:CreateSubnet", resource(otherVpc), created(birth)),
  "create a subnet in another Region": call(
    "ec2:CreateSubnet",
    resource(vpc.replace("eu-central-1", "eu-west-1")),
    resource(`${account.replace("eu-central-1", "eu-west-1")}:subnet/*`, tagged(birth)),
  ),
  "create a subnet that nobody owns": call("ec2:CreateSubnet", resource(vpc), created({})),
  "create a subnet for another cluster": call(
    "ec2:CreateSubnet",
    resource(vpc),
    created({ ...birth, [OWNER_TAG]: "prod-shop" }),
  ),
  "create a subnet that is open before it is wired": call(
    "ec2:CreateSubnet",
    resource(vpc),
    created({ ...birth, ...open }),
  ),
  "open a subnet while creating it": call(
    "ec2:CreateTags",
    resource(`${account}:subnet/*`, { ...tagged({ ...birth, ...open }), ...creation }),
  ),
  "take over a planned subnet": call("ec2:CreateTags", planned(tagged({ [OWNER_TAG]: "prod-payments" }))),
  "tag something else while creating it": call(
    "ec2:CreateTags",
    resource(`${account}:instance/*`, { ...tagged(birth), "ec2:CreateAction": "RunInstances" }),
  ),
  "open a planned subnet": call("ec2:CreateTags", planned(tagged(open))),
  "open another cluster's growth": call(
    "ec2:CreateTags",
    grown({ [`aws:ResourceTag/${OWNER_TAG}`]: "prod-shop", ...tagged(open) }),
  ),
  "open a subnet of another VPC": call("ec2:CreateTags", grown({ "ec2:Vpc": otherVpc, ...tagged(open) })),
  "tag a grown subnet for load balancers": call(
    "ec2:CreateTags",
    grown(tagged({ ...open, "kubernetes.io/role/elb": "1" })),
  ),
  "open a grown subnet to another cluster": call(
    "ec2:CreateTags",
    grown(tagged({ "cni.networking.k8s.aws/cluster/prod-shop": "shared" })),
  ),
  "rename the owner of a grown subnet": call("ec2:CreateTags", grown(tagged({ [OWNER_TAG]: "prod-shop" }))),
  "disown a grown subnet": call("ec2:DeleteTags", untagging(OWNER_TAG)),
  "delete every tag of a grown subnet": call("ec2:DeleteTags", untagging()),
  "delete the tags of a planned subnet": call("ec2:DeleteTags", planned(tagged(open))),
  "delete a planned subnet": call("ec2:DeleteSubnet", planned()),
  "delete a planned subnet by the network's tags": call(
    "ec2:DeleteSubnet",
    planned({ "aws:ResourceTag/cluster-ipam/cluster": "prod-payments" }),
  ),
  "delete another cluster's growth": call(
    "ec2:DeleteSubnet",
    grown({ [`aws:ResourceTag/${OWNER_TAG}`]: "prod-shop" }),
  ),
  "delete a subnet of another VPC": call("ec2:DeleteSubnet", grown({ "ec2:Vpc": otherVpc })),
  "route a planned subnet": call("ec2:AssociateRouteTable", table(), planned()),
  "reroute a planned subnet": call("ec2:ReplaceRouteTableAssociation", table(), planned()),
  "route a grown subnet by another VPC's table": call(
    "ec2:AssociateRouteTable",
    table({ "ec2:Vpc": otherVpc }),
    grown(),
  ),
  "change the network ACL of a planned subnet": call("ec2:ReplaceNetworkAclAssociation", acl(), planned()),
  "attach a CIDR from another pool": call(
    "ec2:AssociateVpcCidrBlock",
    resource(vpc, { "ec2:Ipv4IpamPoolId": "ipam-pool-other" }),
    resource(otherPool),
  ),
  "attach a CIDR from no pool": call("ec2:AssociateVpcCidrBlock", resource(vpc)),
  "attach a CIDR to another VPC": call(
    "ec2:AssociateVpcCidrBlock",
    resource(otherVpc, { "ec2:Ipv4IpamPoolId": "ipam-pool-payments" }),
    resource(pool),
  ),
  "detach a CIDR of another VPC": call("ec2:DisassociateVpcCidrBlock", resource(otherVpc)),
  "allocate from the pool without a VPC": call("ec2:AllocateIpamPoolCidr", resource(pool)),
  "delete the VPC": call("ec2:DeleteVpc", resource(vpc)),
  "change a route": call("ec2:CreateRoute", table()),
  "delete an interface": call(
    "ec2:DeleteNetworkInterface",
    resource(`${account}:network-interface/eni-1`, inVpc),
  ),
};

const eks = "arn:aws:eks:eu-central-1:333333333333";
const readable: Record<string, ApiCall> = {
  "see every interface of the Region": call("ec2:DescribeNetworkInterfaces", resource("*")),
  "see the pool": call("ec2:GetIpamPoolAllocations", resource(pool)),
  "see the cluster": call("eks:DescribeCluster", resource(`${eks}:cluster/prod-payments`)),
  "see its CNI": call("eks:DescribeAddon", resource(`${eks}:addon/prod-payments/vpc-cni/1`)),
  "announce a change": call(
    "events:PutEvents",
    resource("arn:aws:events:eu-central-1:333333333333:event-bus/default", {
      "events:source": EVENT_SOURCE,
    }),
  ),
  "write its log": call(
    "logs:PutLogEvents",
    resource(
      "arn:aws:logs:eu-central-1:333333333333:log-group:/aws/lambda/prod-payments-subnet-autoscaler:log-stream:1",
    ),
  ),
  "hand over a failed run": call(
    "sqs:SendMessage",
    resource("arn:aws:sqs:eu-central-1:333333333333:prod-payments-subnet-autoscaler-failures"),
  ),
};

const unreadable: Record<string, ApiCall> = {
  "see another Region": call("ec2:DescribeSubnets", { arn: "*", context: { "ec2:Region": "eu-west-1" } }),
  "see another pool": call("ec2:GetIpamPoolAllocations", resource(otherPool)),
  "see another cluster": call("eks:DescribeCluster", resource(`${eks}:cluster/prod-shop`)),
  "see another add-on": call("eks:DescribeAddon", resource(`${eks}:addon/prod-payments/coredns/1`)),
  "speak for AWS": call(
    "events:PutEvents",
    resource("arn:aws:events:eu-central-1:333333333333:event-bus/default", {
      "events:source": "com.example.billing",
    }),
  ),
  "write another log": call(
    "logs:PutLogEvents",
    resource("arn:aws:logs:eu-central-1:333333333333:log-group:/aws/eks/prod-payments/cluster:log-stream:1"),
  ),
  "read the failed runs": call(
    "sqs:ReceiveMessage",
    resource("arn:aws:sqs:eu-central-1:333333333333:prod-payments-subnet-autoscaler-failures"),
  ),
};

describe.each(["act", "approve"] as const)("an autoscaler in mode %s", (mode) => {
  const policy = policyOf({ mode });
  test.each(Object.entries({ ...allowed, ...readable }))("may %s", (_, request) => {
    expect(allows([policy], request)).toBe(true);
  });
  test.each(Object.entries({ ...forbidden, ...attaching, ...unreadable }))("may not %s", (_, request) => {
    expect(allows([policy], request)).toBe(false);
  });
});

describe("an autoscaler with CIDRs to attach", () => {
  const policy = policyOf({ attachCidrs: ["100.65.0.0/18"] });
  test.each(Object.entries({ ...allowed, ...attaching, ...readable }))("may %s", (_, request) => {
    expect(allows([policy], request)).toBe(true);
  });
  test.each(Object.entries({ ...forbidden, ...unreadable }))("may not %s", (_, request) => {
    expect(allows([policy], request)).toBe(false);
  });
});

test("the role has the actions that the runtime calls, and those of a run that fails, and no other", () => {
  const { Statement } = policyOf({ attachCidrs: ["100.65.0.0/18"] });

  const called = runtimeCalls();
  expect(called).toContain("ec2:CreateSubnet");
  const ofLambda = ["logs:CreateLogStream", "logs:PutLogEvents", "sqs:SendMessage"];
  expect([...new Set(Statement.flatMap(({ Action }) => Action))].sort()).toEqual(
    [...called, ...ofLambda].sort(),
  );
});

function runtimeSources(): readonly string[] {
  const folder = join(__dirname, "../../src/runtime");
  return readdirSync(folder).map((file) => readFileSync(join(folder, file), "utf8"));
}

/** The actions that the runtime names where it calls AWS. */
function runtimeCalls(): readonly string[] {
  const calls = runtimeSources().flatMap((source) =>
    [...source.matchAll(/"((?:ec2|eks|events):[A-Z]\w+)"/g)].map(([, action]) => action!),
  );
  return [...new Set(calls)];
}

test("only with a planning pool may it take a subnet from one", () => {
  const planning = "arn:aws:ec2::111111111111:ipam-pool/ipam-pool-planning";
  const request = call("ec2:CreateSubnet", resource(vpc), created(birth), resource(planning));

  expect(allows([policyOf({ planningPoolId: "ipam-pool-planning" })], request)).toBe(true);
  expect(allows([policyOf({ planningPoolId: "ipam-pool-payments" })], request)).toBe(false);
  expect(allows([policyOf({})], request)).toBe(false);
});

describe("a dry run", () => {
  const policy = policyOf({ mode: "dry-run" });
  test.each(Object.entries(readable))("may %s", (_, request) => {
    expect(allows([policy], request)).toBe(true);
  });
  test.each(Object.entries({ ...allowed, ...attaching, ...unreadable }))("may not %s", (_, request) => {
    expect(allows([policy], request)).toBe(false);
  });
});

test("its schedule may start it, hand over what failed, and nothing else", () => {
  const { policy } = resources(autoscaler(), "aws_iam_role_policy")["autoscaler_schedule_policy"]!;

  expect((JSON.parse(String(policy)) as PolicyDocument).Statement).toEqual([
    expect.objectContaining({
      Action: ["lambda:InvokeFunction"],
      Resource: [expect.stringMatching(/^\$\{aws_lambda_function\..*\.arn\}$/)],
    }),
    expect.objectContaining({
      Action: ["sqs:SendMessage"],
      Resource: [expect.stringMatching(/^\$\{aws_sqs_queue\..*\.arn\}$/)],
    }),
  ]);
});
