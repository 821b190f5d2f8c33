import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  activationTags,
  creationTags,
  EMPTY_TAG,
  OWNER_TAG,
  quarantineTags,
} from "../../src/runtime/network/tags";
import { EVENT_SOURCE } from "../../src/runtime/report/reporter";
import { type SubnetAutoscalerStackProps } from "../../src";
import { autoscaler, contractWith, resources, sharedGrowth } from "./fixture";
import { allows, type ApiCall, type Context, type PolicyDocument } from "./iam-evaluation";

const account = "arn:aws:ec2:eu-central-1:333333333333";
const vpc = `${account}:vpc/vpc-payments`;
const otherVpc = `${account}:vpc/vpc-other`;
const pool = "arn:aws:ec2::111111111111:ipam-pool/ipam-pool-payments";
const sharedPool = "arn:aws:ec2::111111111111:ipam-pool/ipam-pool-shared";
const otherPool = "arn:aws:ec2::111111111111:ipam-pool/ipam-pool-other";

/** The policy that Terraform deploys, with the VPC and the pool resolved. */
function policyOf(props: Partial<SubnetAutoscalerStackProps>): PolicyDocument {
  const policies = resources(autoscaler(props), "aws_iam_role_policy");
  const text = String(policies["autoscaler_function_policy"]!["policy"])
    .replace(/\$\{data\.aws_vpc\.\w+\.arn\}/g, vpc)
    .replace(/\$\{data\.aws_vpc_ipam_pool\.\w+_shared-pool_\w+\.id\}/g, "ipam-pool-shared")
    .replace(/\$\{data\.aws_vpc_ipam_pool\.\w+\.id\}/g, "ipam-pool-payments");
  return JSON.parse(text) as PolicyDocument;
}

const here: Context = { "ec2:Region": "eu-central-1" };
/** A resource of a call with its condition keys. */
const resource = (arn: string, context: Context = {}) => ({ arn, context: { ...here, ...context } });
const call = (action: string, ...list: ApiCall["resources"]): ApiCall => ({ action, resources: list });

const owner = { [`aws:ResourceTag/${OWNER_TAG}`]: "prod-payments" };
const inVpc = { "ec2:Vpc": vpc };
const growthSubnet = (context: Context = {}) =>
  resource(`${account}:subnet/subnet-growth`, { ...owner, ...inVpc, ...context });
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
const initialTags = creationTags({
  cluster: "prod-payments",
  zone: "eu-central-1a",
  writer: "eu-central-1/prod-payments-subnet-autoscaler",
  at: 0,
});
const created = (tags: Readonly<Record<string, string>>) => resource(`${account}:subnet/*`, tagged(tags));
const creation = { "ec2:CreateAction": "CreateSubnet" };
const open = activationTags("prod-payments", cni, 0);
/** EC2 has no condition key for the VPC on DeleteTags. */
const untagging = (...keys: string[]) => ({
  arn: `${account}:subnet/subnet-growth`,
  context: { ...here, ...owner, ...(keys.length > 0 && { "aws:TagKeys": keys }) },
});

const allowed: Record<string, ApiCall> = {
  "create a closed subnet in the VPC": call("ec2:CreateSubnet", resource(vpc), created(initialTags)),
  "tag it while creating it": call(
    "ec2:CreateTags",
    resource(`${account}:subnet/*`, { ...tagged(initialTags), ...creation }),
  ),
  "give it the route table of its zone": call("ec2:AssociateRouteTable", table(), growthSubnet()),
  "give it the network ACL of its zone": call("ec2:ReplaceNetworkAclAssociation", acl(), growthSubnet()),
  "open it to pods": call("ec2:CreateTags", growthSubnet(tagged(open))),
  "give it another route table": call("ec2:ReplaceRouteTableAssociation", table(), growthSubnet()),
  "close it to pods": call("ec2:CreateTags", growthSubnet(tagged(quarantineTags(cni, 0)))),
  "close it to the pods of an old CNI": call("ec2:DeleteTags", untagging("kubernetes.io/role/cni")),
  "record how long it has been empty": call(
    "ec2:CreateTags",
    growthSubnet(tagged({ [EMPTY_TAG]: "in-use" })),
  ),
  "reserve it for prefixes": call("ec2:CreateSubnetCidrReservation", growthSubnet()),
  "delete it": call("ec2:DeleteSubnet", growthSubnet()),
};

/** Only with CIDRs that the network lets it attach. */
const attaching: Record<string, ApiCall> = {
  "attach a CIDR from the pool": call(
    "ec2:AssociateVpcCidrBlock",
    resource(vpc, { "ec2:Ipv4IpamPoolId": "ipam-pool-payments" }),
    resource(pool),
  ),
  "detach an empty CIDR": call("ec2:DisassociateVpcCidrBlock", resource(vpc)),
};

/** Only with a growth pool that the cluster shares. */
const drawing: Record<string, ApiCall> = {
  "draw a CIDR from the shared pool": call(
    "ec2:AssociateVpcCidrBlock",
    resource(vpc, { "ec2:Ipv4IpamPoolId": "ipam-pool-shared" }),
    resource(sharedPool),
  ),
  "read the shared pool": call("ec2:GetIpamPoolAllocations", resource(sharedPool)),
};

const forbidden: Record<string, ApiCall> = {
  "create a subnet in another VPC": call("ec2:CreateSubnet", resource(otherVpc), created(initialTags)),
  "create a subnet in another Region": call(
    "ec2:CreateSubnet",
    resource(vpc.replace("eu-central-1", "eu-west-1")),
    resource(`${account.replace("eu-central-1", "eu-west-1")}:subnet/*`, tagged(initialTags)),
  ),
  "create a subnet without an owner": call("ec2:CreateSubnet", resource(vpc), created({})),
  "create a subnet for another cluster": call(
    "ec2:CreateSubnet",
    resource(vpc),
    created({ ...initialTags, [OWNER_TAG]: "prod-shop" }),
  ),
  "create a subnet that is open to pods": call(
    "ec2:CreateSubnet",
    resource(vpc),
    created({ ...initialTags, ...open }),
  ),
  "open a subnet while creating it": call(
    "ec2:CreateTags",
    resource(`${account}:subnet/*`, { ...tagged({ ...initialTags, ...open }), ...creation }),
  ),
  "take over a planned subnet": call("ec2:CreateTags", planned(tagged({ [OWNER_TAG]: "prod-payments" }))),
  "tag another resource while creating it": call(
    "ec2:CreateTags",
    resource(`${account}:instance/*`, { ...tagged(initialTags), "ec2:CreateAction": "RunInstances" }),
  ),
  "open a planned subnet": call("ec2:CreateTags", planned(tagged(open))),
  "open another cluster's growth subnet": call(
    "ec2:CreateTags",
    growthSubnet({ [`aws:ResourceTag/${OWNER_TAG}`]: "prod-shop", ...tagged(open) }),
  ),
  "open a subnet of another VPC": call(
    "ec2:CreateTags",
    growthSubnet({ "ec2:Vpc": otherVpc, ...tagged(open) }),
  ),
  "tag a growth subnet for load balancers": call(
    "ec2:CreateTags",
    growthSubnet(tagged({ ...open, "kubernetes.io/role/elb": "1" })),
  ),
  "open a growth subnet to another cluster": call(
    "ec2:CreateTags",
    growthSubnet(tagged({ "cni.networking.k8s.aws/cluster/prod-shop": "shared" })),
  ),
  "rename the owner of a growth subnet": call(
    "ec2:CreateTags",
    growthSubnet(tagged({ [OWNER_TAG]: "prod-shop" })),
  ),
  "disown a growth subnet": call("ec2:DeleteTags", untagging(OWNER_TAG)),
  "delete every tag of a growth subnet": call("ec2:DeleteTags", untagging()),
  "delete the tags of a planned subnet": call("ec2:DeleteTags", planned(tagged(open))),
  "delete a planned subnet": call("ec2:DeleteSubnet", planned()),
  "delete a planned subnet by the network's tags": call(
    "ec2:DeleteSubnet",
    planned({ "aws:ResourceTag/cluster-ipam/cluster": "prod-payments" }),
  ),
  "delete another cluster's growth subnet": call(
    "ec2:DeleteSubnet",
    growthSubnet({ [`aws:ResourceTag/${OWNER_TAG}`]: "prod-shop" }),
  ),
  "delete a subnet of another VPC": call("ec2:DeleteSubnet", growthSubnet({ "ec2:Vpc": otherVpc })),
  "route a planned subnet": call("ec2:AssociateRouteTable", table(), planned()),
  "reroute a planned subnet": call("ec2:ReplaceRouteTableAssociation", table(), planned()),
  "route a growth subnet with another VPC's route table": call(
    "ec2:AssociateRouteTable",
    table({ "ec2:Vpc": otherVpc }),
    growthSubnet(),
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
  "read every interface of the Region": call("ec2:DescribeNetworkInterfaces", resource("*")),
  "read the pool": call("ec2:GetIpamPoolAllocations", resource(pool)),
  "read the cluster": call("eks:DescribeCluster", resource(`${eks}:cluster/prod-payments`)),
  "read its CNI": call("eks:DescribeAddon", resource(`${eks}:addon/prod-payments/vpc-cni/1`)),
  "publish a change": call(
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
  "send a failed run to the queue": call(
    "sqs:SendMessage",
    resource("arn:aws:sqs:eu-central-1:333333333333:prod-payments-subnet-autoscaler-failures"),
  ),
};

const unreadable: Record<string, ApiCall> = {
  "read another Region": call("ec2:DescribeSubnets", { arn: "*", context: { "ec2:Region": "eu-west-1" } }),
  "read another pool": call("ec2:GetIpamPoolAllocations", resource(otherPool)),
  "read another cluster": call("eks:DescribeCluster", resource(`${eks}:cluster/prod-shop`)),
  "read another add-on": call("eks:DescribeAddon", resource(`${eks}:addon/prod-payments/coredns/1`)),
  "publish events as another source": call(
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
  test.each(Object.entries({ ...forbidden, ...attaching, ...drawing, ...unreadable }))(
    "may not %s",
    (_, request) => {
      expect(allows([policy], request)).toBe(false);
    },
  );
});

describe("an autoscaler with CIDRs to attach", () => {
  const policy = policyOf({ contract: contractWith({}, { attachCidrs: ["100.65.0.0/18"] }) });
  test.each(Object.entries({ ...allowed, ...attaching, ...readable }))("may %s", (_, request) => {
    expect(allows([policy], request)).toBe(true);
  });
  test.each(Object.entries({ ...forbidden, ...drawing, ...unreadable }))("may not %s", (_, request) => {
    expect(allows([policy], request)).toBe(false);
  });
});

describe("an autoscaler with a growth pool that its cluster shares", () => {
  const { "detach an empty CIDR": detaching, ...attachingOwn } = attaching;
  const policy = policyOf({ contract: contractWith({ sharedGrowth }) });
  const both = { ...allowed, ...drawing, ...readable, "detach what it drew": detaching! };
  test.each(Object.entries(both))("may %s", (_, request) => {
    expect(allows([policy], request)).toBe(true);
  });
  const elsewhere: Record<string, ApiCall> = {
    "draw a CIDR from the shared pool for another VPC": call(
      "ec2:AssociateVpcCidrBlock",
      resource(otherVpc, { "ec2:Ipv4IpamPoolId": "ipam-pool-shared" }),
      resource(sharedPool),
    ),
    "reserve a CIDR of the shared pool without a VPC": call("ec2:AllocateIpamPoolCidr", resource(sharedPool)),
    "release what another cluster drew": call("ec2:ReleaseIpamPoolAllocation", resource(sharedPool)),
  };
  test.each(Object.entries({ ...forbidden, ...attachingOwn, ...elsewhere, ...unreadable }))(
    "may not %s",
    (_, request) => {
      expect(allows([policy], request)).toBe(false);
    },
  );
});

test("a cluster that is to share no more may only detach what it drew", () => {
  const policy = policyOf({ contract: contractWith({ sharedGrowth }), sharedGrowth: false });
  expect(allows([policy], attaching["detach an empty CIDR"]!)).toBe(true);
  expect(allows([policy], drawing["draw a CIDR from the shared pool"]!)).toBe(false);
});

test("the role has exactly the actions that the runtime and Lambda itself call", () => {
  const { Statement } = policyOf({ contract: contractWith({ sharedGrowth }) });

  const called = runtimeCalls();
  expect(called).toContain("ec2:CreateSubnet");
  const lambdaActions = ["logs:CreateLogStream", "logs:PutLogEvents", "sqs:SendMessage"];
  expect([...new Set(Statement.flatMap(({ Action }) => Action))].sort()).toEqual(
    [...called, ...lambdaActions].sort(),
  );
});

function runtimeSources(): readonly string[] {
  const folder = join(__dirname, "../../src/runtime");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => readFileSync(join(folder, file), "utf8"));
}

/** The actions that the runtime passes to its AWS calls. */
function runtimeCalls(): readonly string[] {
  const calls = runtimeSources().flatMap((source) =>
    [...source.matchAll(/"((?:ec2|eks|events):[A-Z]\w+)"/g)].map(([, action]) => action!),
  );
  return [...new Set(calls)];
}

test("a subnet may only be allocated from the configured planning pool", () => {
  const planning = "arn:aws:ec2::111111111111:ipam-pool/ipam-pool-planning";
  const request = call("ec2:CreateSubnet", resource(vpc), created(initialTags), resource(planning));

  expect(allows([policyOf({ planningPoolId: "ipam-pool-planning" })], request)).toBe(true);
  expect(allows([policyOf({ planningPoolId: "ipam-pool-payments" })], request)).toBe(false);
  expect(allows([policyOf({})], request)).toBe(false);
});

describe("with mandatory tags", () => {
  const mandatory = { "cost-center": "4711", environment: "prod" };
  const policy = policyOf({ tags: { environment: "prod" }, subnetTags: { "cost-center": "4711" } });
  /** A service control policy as in the user guide of AWS Organizations: "Require a tag on specified created resources". */
  const required: PolicyDocument = {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: ["*"], Resource: ["*"] },
      ...Object.keys(mandatory).map((key) => ({
        Effect: "Deny" as const,
        Action: ["ec2:CreateSubnet"],
        Resource: ["arn:aws:ec2:*:*:subnet/*"],
        Condition: { Null: { [`aws:RequestTag/${key}`]: "true" } },
      })),
    ],
  };
  const creationWith = (tags: Readonly<Record<string, string>>) => [
    call("ec2:CreateSubnet", resource(vpc), created({ ...tags, ...initialTags })),
    call(
      "ec2:CreateTags",
      resource(`${account}:subnet/*`, { ...tagged({ ...tags, ...initialTags }), ...creation }),
    ),
  ];

  test("a subnet may be created with them, and the organization's policy accepts it", () => {
    for (const request of creationWith(mandatory))
      for (const policies of [[policy], [required]]) expect(allows(policies, request)).toBe(true);
    expect(allows([required], creationWith({})[0]!)).toBe(false);
  });

  test("no other tag may be set at creation, and they may not be changed later", () => {
    for (const request of creationWith({ ...mandatory, owner: "me" }))
      expect(allows([policy], request)).toBe(false);
    expect(allows([policy], call("ec2:CreateTags", growthSubnet(tagged(mandatory))))).toBe(false);
    expect(allows([policy], call("ec2:DeleteTags", untagging("cost-center")))).toBe(false);
  });

  test("without the setting none of them may be set", () => {
    for (const request of creationWith(mandatory)) expect(allows([policyOf({})], request)).toBe(false);
  });
});

describe("a dry run", () => {
  const policy = policyOf({ mode: "dry-run" });
  test.each(Object.entries(readable))("may %s", (_, request) => {
    expect(allows([policy], request)).toBe(true);
  });
  test.each(Object.entries({ ...allowed, ...attaching, ...drawing, ...unreadable }))(
    "may not %s",
    (_, request) => {
      expect(allows([policy], request)).toBe(false);
    },
  );
});

test("the schedule may only invoke the function and send failed invocations to the queue", () => {
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

test("a tag of open subnets can be set on growth subnets, and only with the option", () => {
  const opened = call("ec2:CreateTags", growthSubnet(tagged({ ...open, "acme/pods": "prod-payments" })));
  expect(allows([policyOf({ podSelectorTags: { "acme/pods": "prod-payments" } })], opened)).toBe(true);
  expect(allows([policyOf({})], opened)).toBe(false);
});
