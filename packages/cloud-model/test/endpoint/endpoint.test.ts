import {
  AllocateIpamPoolCidrCommand,
  CreateInternetGatewayCommand,
  CreateIpamCommand,
  CreateSubnetCommand,
  CreateTagsCommand,
  CreateVpcCommand,
  DescribeAvailabilityZonesCommand,
  DescribeInstancesCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  paginateDescribeSubnets,
  waitUntilVpcAvailable,
} from "@aws-sdk/client-ec2";
import {
  DescribeAddonCommand,
  DescribeClusterCommand,
  EKSClient,
  ListNodegroupsCommand,
} from "@aws-sdk/client-eks";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { putCluster } from "../../src/aws/eks/documents/cluster";
import { addons, nodegroups, putPart } from "../../src/aws/eks/documents/cluster-part";
import { type Faults } from "../../src/faults";
import { noAnswer, ServiceError } from "../../src/service-error";
import { Clients, codeOf } from "./clients";

let clients: Clients;
let faults: { -readonly [Fault in keyof Faults]: Faults[Fault] };
const ec2 = () => clients.ec2();

beforeEach(async () => {
  faults = {};
  clients = await Clients.start({ faults });
});
afterEach(() => clients.stop());

const createVpc = async (CidrBlock = "10.0.0.0/16"): Promise<string> => {
  const { Vpc } = await ec2().send(new CreateVpcCommand({ CidrBlock }));
  return Vpc!.VpcId!;
};
const vpcCount = async (): Promise<number> => (await ec2().send(new DescribeVpcsCommand({}))).Vpcs!.length;

describe("EC2", () => {
  it("makes, tags, waits for and lists what it models", async () => {
    const VpcId = await createVpc();
    await waitUntilVpcAvailable({ client: ec2(), maxWaitTime: 5, minDelay: 1 }, { VpcIds: [VpcId] });
    const SubnetIds: string[] = [];
    for (let index = 0; index < 7; index++) {
      const { Subnet } = await ec2().send(
        new CreateSubnetCommand({ VpcId, CidrBlock: `10.0.${index}.0/24`, AvailabilityZone: "eu-west-1b" }),
      );
      SubnetIds.push(Subnet!.SubnetId!);
    }
    const Tags = [{ Key: "kubernetes.io/role/cni", Value: "1" }];
    await ec2().send(new CreateTagsCommand({ Resources: SubnetIds.slice(0, 6), Tags }));
    const seen: string[] = [];
    const Filters = [{ Name: "tag:kubernetes.io/role/cni", Values: ["1"] }];
    for await (const { Subnets } of paginateDescribeSubnets({ client: ec2(), pageSize: 5 }, { Filters }))
      seen.push(...Subnets!.map(({ SubnetId }) => SubnetId!));
    expect(seen.sort()).toEqual(SubnetIds.slice(0, 6).sort());
  });

  it("knows the zones of a Region", async () => {
    const Filters = [{ Name: "zone-id", Values: ["euw1-az?"] }];
    const { AvailabilityZones } = await ec2().send(new DescribeAvailabilityZonesCommand({ Filters }));
    expect(AvailabilityZones!.map(({ ZoneName, State }) => [ZoneName, State])).toEqual([
      ["eu-west-1a", "available"],
      ["eu-west-1b", "available"],
      ["eu-west-1c", "available"],
    ]);
  });

  it("keeps accounts and Regions apart", async () => {
    await createVpc();
    const elsewhere = [clients.config("111122223333"), clients.config("123456789012", "us-east-1")];
    for (const config of elsewhere)
      expect((await clients.ec2(config).send(new DescribeVpcsCommand({}))).Vpcs).toEqual([]);
    const sts = new STSClient(clients.config("111122223333"));
    expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({ Account: "111122223333" });
  });

  it("refuses with EC2's codes, and changes nothing", async () => {
    const VpcId = await createVpc();
    const subnet = (CidrBlock: string) => ec2().send(new CreateSubnetCommand({ VpcId, CidrBlock }));
    await subnet("10.0.0.0/24");
    expect(await codeOf(subnet("10.0.0.0/25"))).toBe("InvalidSubnet.Conflict");
    expect(await codeOf(subnet("10.1.0.0/24"))).toBe("InvalidSubnet.Range");
    const { Subnets } = await ec2().send(new DescribeSubnetsCommand({}));
    expect(Subnets).toHaveLength(1);
  });

  it("only says what would happen in a dry run", async () => {
    expect(await codeOf(ec2().send(new CreateVpcCommand({ CidrBlock: "10.0.0.0/16", DryRun: true })))).toBe(
      "DryRunOperation",
    );
    expect(await vpcCount()).toBe(0);
  });

  it("names what it does not model instead of ignoring it", async () => {
    const refusal = (call: Promise<unknown>) => call.then(String, String);
    expect(await refusal(ec2().send(new DescribeInstancesCommand({})))).toBe(
      "UnsupportedOperation: The sandbox does not model DescribeInstances.",
    );
    const managed = new DescribeNetworkInterfacesCommand({ IncludeManagedResources: true });
    expect(await refusal(ec2().send(managed))).toBe(
      "UnsupportedOperation: The sandbox does not model the parameter IncludeManagedResources of this DescribeNetworkInterfaces.",
    );
    const outpost = new CreateSubnetCommand({
      VpcId: await createVpc(),
      CidrBlock: "10.0.0.0/24",
      OutpostArn: "arn:aws:outposts:eu-west-1:123456789012:outpost/op-1",
    });
    expect(await refusal(ec2().send(outpost))).toContain("the parameter OutpostArn");
    expect((await ec2().send(new DescribeSubnetsCommand({}))).Subnets).toEqual([]);
    expect(await codeOf(ec2().send(new CreateInternetGatewayCommand({})))).toBe("UnsupportedOperation");
  });

  it("answers a repeated request with its first answer", async () => {
    const create = (Description: string) =>
      ec2().send(new CreateIpamCommand({ ClientToken: "once", Description }));
    const first = await create("a");
    expect((await create("a")).Ipam!.IpamId).toBe(first.Ipam!.IpamId);
    expect(await codeOf(create("b"))).toBe("IdempotentParameterMismatch");
    const missing = new AllocateIpamPoolCidrCommand({ IpamPoolId: "ipam-pool-0", NetmaskLength: 24 });
    expect(await codeOf(ec2().send(missing))).toBe("InvalidIpamPoolId.NotFound");
  });

  it.each([
    [undefined, "MissingAuthenticationToken", 403],
    ["AWS4-HMAC-SHA256 Credential=nobody", "IncompleteSignature", 400],
    ["AWS4-HMAC-SHA256 Credential=a/20260101/eu-west-1/ec2/aws4_request", "InvalidAction", 400],
  ])("refuses a raw request with authorization %s", async (authorization, code, status) => {
    const response = await fetch(clients.endpoint.url, {
      method: "POST",
      headers: {
        "content-type": "application/x-www-form-urlencoded; charset=utf-8",
        ...(authorization && { authorization }),
      },
      body: "Action=MakeCoffee&Version=2016-11-15",
    });
    expect([response.status, await response.text()]).toEqual([
      status,
      expect.stringContaining(`<Error><Code>${code}</Code>`),
    ]);
  });
});

describe("what goes wrong", () => {
  it("is throttling, which a client repeats", async () => {
    let calls = 0;
    faults.before = ({ action }) =>
      action === "CreateVpc" && calls++ < 2
        ? new ServiceError("RequestLimitExceeded", "Request limit exceeded.", 503)
        : undefined;
    const create = () => new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" });
    expect(await codeOf(ec2().send(create()))).toBe("RequestLimitExceeded");
    await clients.ec2({ maxAttempts: 3 }).send(create());
    expect([calls, await vpcCount()]).toEqual([3, 1]);
  });

  it("is an answer that is lost after the effect", async () => {
    faults.after = ({ action }) => (action === "CreateVpc" ? noAnswer() : undefined);
    await expect(createVpc()).rejects.toThrow(/socket hang up|ECONNRESET/);
    faults.after = ({ action }) =>
      action === "CreateVpc"
        ? new ServiceError("InternalError", "An internal error has occurred", 500)
        : undefined;
    expect(await codeOf(createVpc("10.1.0.0/16"))).toBe("InternalError");
    expect(await vpcCount()).toBe(2);
  });

  it("is a read that lies behind", async () => {
    await createVpc();
    faults.staleness = ({ action }) => (action === "DescribeVpcs" ? 1 : 0);
    expect(await vpcCount()).toBe(0);
    faults.staleness = () => 0;
    expect(await vpcCount()).toBe(1);
  });

  it("is a quota", async () => {
    faults.quotas = { vpcsPerRegion: 1 };
    await createVpc();
    expect(await codeOf(createVpc("10.1.0.0/16"))).toBe("VpcLimitExceeded");
  });
});

describe("EKS", () => {
  const caller = { owner: "123456789012", region: "eu-west-1" };
  const eks = () => new EKSClient(clients.config());

  it("describes a cluster and its parts", async () => {
    clients.endpoint.store.transact((transaction) => {
      const arn = "arn:aws:eks:eu-west-1:123456789012:cluster/prod";
      const part = { ...caller, clusterName: "prod", arn, version: "v1" };
      putCluster(transaction, {
        ...caller,
        name: "prod",
        arn,
        version: "1.34",
        platformVersion: "eks.1",
        roleArn: "arn:aws:iam::123456789012:role/prod",
        endpoint: "https://prod",
        certificateAuthority: "",
        issuer: "https://issuer",
        createdAt: "2026-01-01T00:00:00Z",
        vpcId: "vpc-1",
        subnetIds: ["subnet-1"],
        zones: ["eu-west-1a"],
        securityGroupIds: [],
        clusterSecurityGroupId: "sg-1",
        endpointPrivateAccess: true,
        endpointPublicAccess: false,
        publicAccessCidrs: [],
        ipFamily: "ipv4",
        serviceIpv4Cidr: "172.20.0.0/16",
        authenticationMode: "API",
        supportType: "STANDARD",
        deletionProtection: false,
        selfManagedAddons: false,
        tags: {},
        interfaceIds: [],
      });
      putPart(transaction, addons, { ...part, name: "vpc-cni", configurationValues: "{}" });
      const size = { min: 1, desired: 2, max: 3 };
      const rest = { subnetIds: ["subnet-1"], instanceTypes: ["m5.large"], size, interfaceIds: [] };
      for (const name of ["a", "b", "c"]) putPart(transaction, nodegroups, { ...part, ...rest, name });
    });
    const { cluster } = await eks().send(new DescribeClusterCommand({ name: "prod" }));
    expect(cluster).toMatchObject({
      version: "1.34",
      createdAt: new Date("2026-01-01T00:00:00Z"),
      resourcesVpcConfig: { vpcId: "vpc-1", subnetIds: ["subnet-1"] },
    });
    const { addon } = await eks().send(
      new DescribeAddonCommand({ clusterName: "prod", addonName: "vpc-cni" }),
    );
    expect(addon).toMatchObject({ addonVersion: "v1", configurationValues: "{}" });
    const first = await eks().send(new ListNodegroupsCommand({ clusterName: "prod", maxResults: 2 }));
    const next = await eks().send(
      new ListNodegroupsCommand({ clusterName: "prod", maxResults: 2, nextToken: first.nextToken }),
    );
    expect([first.nodegroups, next.nodegroups, next.nextToken]).toEqual([["a", "b"], ["c"], undefined]);
  });

  it("refuses as EKS does", async () => {
    expect(await codeOf(eks().send(new DescribeClusterCommand({ name: "none" })))).toBe(
      "ResourceNotFoundException",
    );
  });
});

it("keeps the events that are put on a bus", async () => {
  const events = new EventBridgeClient(clients.config());
  const entry = { Source: "cluster-ipam", DetailType: "Subnet added", Detail: '{"zone":"eu-west-1a"}' };
  const answer = await events.send(
    new PutEventsCommand({ Entries: [entry, { ...entry, Detail: "not JSON" }] }),
  );
  expect(answer).toMatchObject({ FailedEntryCount: 1, Entries: [{}, { ErrorCode: "MalformedDetail" }] });
  expect(clients.endpoint.events()).toMatchObject([
    { id: answer.Entries![0]!.EventId, source: "cluster-ipam", detail: { zone: "eu-west-1a" } },
  ]);
});
