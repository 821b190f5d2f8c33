import * as ec2 from "@aws-sdk/client-ec2";
import * as eks from "@aws-sdk/client-eks";
import { NormalizedSchema } from "@smithy/core/schema";
import {
  createAddon,
  createCluster,
  createNodegroup,
  updateAddon,
  updateClusterConfig,
  updateNodegroupConfig,
} from "../../src/aws/eks";
import { createRole } from "../../src/aws/iam";
import { type RequestContext } from "../../src/request-context";
import { Account } from "../aws/ec2/account";
import { Clients } from "./clients";

let clients: Clients;
let account: Account;
const role = (name: string) => `arn:aws:iam::123456789012:role/${name}`;
const act = <T>(change: (context: RequestContext) => T): T => account.act(change);

beforeAll(async () => {
  clients = await Clients.start();
  account = new Account(clients.endpoint.store);
  const scope = account.scope();
  const pool = account.pool(scope, "10.0.0.0/8");
  account.call("AllocateIpamPoolCidr", { IpamPoolId: pool, NetmaskLength: 24 });
  const VpcId = account.call("CreateVpc", { Ipv4IpamPoolId: pool, Ipv4NetmaskLength: 16 }).Vpc!.VpcId!;
  const { CidrBlock } = account.call("DescribeVpcs", {}).Vpcs![0]!;
  const network = CidrBlock!.replace(/\.0\.0\/16$/, "");
  const [a, b] = ["a", "b"].map((zone, index) =>
    account.subnet(VpcId, `${network}.${index}.0/24`, `eu-west-1${zone}`),
  ) as [string, string];
  account.call("CreateNetworkInterface", { SubnetId: a });
  account.call("CreateSubnetCidrReservation", {
    SubnetId: a,
    Cidr: `${network}.0.128/28`,
    ReservationType: "prefix",
  });
  for (const [RoleName, Service] of [
    ["cluster", "eks.amazonaws.com"],
    ["node", "ec2.amazonaws.com"],
    ["pod", "pods.eks.amazonaws.com"],
  ] as const)
    act((context) =>
      createRole(context, {
        RoleName,
        AssumeRolePolicyDocument: JSON.stringify({ Statement: [{ Principal: { Service } }] }),
      }),
    );
  act((context) =>
    createCluster(context, {
      name: "c",
      roleArn: role("cluster"),
      resourcesVpcConfig: { subnetIds: [a, b] },
      encryptionConfig: [{ resources: ["secrets"], provider: { keyArn: "arn:aws:kms:eu-west-1:1:key/k" } }],
      logging: { clusterLogging: [{ types: ["audit"], enabled: true }] },
      tags: { team: "net" },
    }),
  );
  act((context) =>
    createNodegroup(context, {
      clusterName: "c",
      nodegroupName: "g",
      nodeRole: role("node"),
      subnets: [a],
      capacityType: "SPOT",
      labels: { kind: "batch", old: "yes" },
      taints: [{ key: "batch", value: "1", effect: "NO_SCHEDULE" }],
      tags: { team: "net" },
    }),
  );
  act((context) =>
    createAddon(context, {
      clusterName: "c",
      addonName: "vpc-cni",
      serviceAccountRoleArn: role("pod"),
      podIdentityAssociations: [{ serviceAccount: "aws-node", roleArn: role("pod") }],
      tags: { team: "net" },
      configurationValues: "{}",
    }),
  );
});
afterAll(() => clients.stop());

const eksClient = () => new eks.EKSClient(clients.config());
const described = {
  cluster: async () => (await eksClient().send(new eks.DescribeClusterCommand({ name: "c" }))).cluster!,
  nodegroup: async () =>
    (await eksClient().send(new eks.DescribeNodegroupCommand({ clusterName: "c", nodegroupName: "g" })))
      .nodegroup!,
  addon: async () =>
    (await eksClient().send(new eks.DescribeAddonCommand({ clusterName: "c", addonName: "vpc-cni" }))).addon!,
};

/** The members of a structure of the SDK that an output lacks. */
function missingIn(schema: unknown, output: object | undefined): readonly string[] {
  const members = [...NormalizedSchema.of(schema as never).structIterator()].map(([name]) => name);
  return members.filter((name) => (output as Record<string, unknown>)[name] === undefined).sort();
}

// What an output lacks: it belongs to what the model does not have, or the request did not have it.
it("EKS's outputs have the SDK's members, but for these", async () => {
  expect({
    Cluster: missingIn(eks.Cluster$, await described.cluster()),
    Nodegroup: missingIn(eks.Nodegroup$, await described.nodegroup()),
    Addon: missingIn(eks.Addon$, await described.addon()),
  }).toEqual({
    Cluster: [
      "clientRequestToken",
      "connectorConfig",
      "id",
      "kubeApiServerConfig",
      "kubeControllerManagerConfig",
      "kubeSchedulerConfig",
      "outpostConfig",
      "remoteNetworkConfig",
    ],
    Nodegroup: ["launchTemplate", "nodeRepairConfig", "remoteAccess", "warmPoolConfig"],
    Addon: ["marketplaceInformation"],
  });
});

it("EC2's outputs have the SDK's members, but for these", async () => {
  const send = clients.ec2();
  const [pool] = (await send.send(new ec2.DescribeIpamPoolsCommand({}))).IpamPools!;
  const Filters = [{ Name: "availability-zone", Values: ["eu-west-1a"] }];
  const [subnet] = (await send.send(new ec2.DescribeSubnetsCommand({ Filters }))).Subnets!;
  const { IpamPoolId } = pool!;
  const { SubnetId } = subnet!;
  const { IpamScopes } = await send.send(new ec2.DescribeIpamScopesCommand({}));
  const scope = IpamScopes!.find((one) => one.IsDefault && one.IpamScopeType === "private");
  const rule = {
    IpProtocol: "tcp",
    FromPort: 443,
    ToPort: 443,
    IpRanges: [{ CidrIp: "10.0.0.0/8", Description: "d" }],
  };
  const { SecurityGroups } = await send.send(new ec2.DescribeSecurityGroupsCommand({}));
  const { GroupId } = SecurityGroups![0]!;
  await send.send(new ec2.AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [rule] }));
  const outputs: Record<string, object | undefined> = {
    AvailabilityZone: (await send.send(new ec2.DescribeAvailabilityZonesCommand({}))).AvailabilityZones![0],
    Ipam: (await send.send(new ec2.DescribeIpamsCommand({}))).Ipams![0],
    IpamPool: pool,
    IpamPoolAllocation: (await send.send(new ec2.GetIpamPoolAllocationsCommand({ IpamPoolId })))
      .IpamPoolAllocations![0],
    IpamPoolCidr: (await send.send(new ec2.GetIpamPoolCidrsCommand({ IpamPoolId }))).IpamPoolCidrs![0],
    IpamResourceDiscovery: (await send.send(new ec2.DescribeIpamResourceDiscoveriesCommand({})))
      .IpamResourceDiscoveries![0],
    IpamScope: (await send.send(new ec2.DescribeIpamScopesCommand({}))).IpamScopes![0],
    NetworkAcl: (await send.send(new ec2.DescribeNetworkAclsCommand({}))).NetworkAcls![0],
    NetworkInterface: (await send.send(new ec2.DescribeNetworkInterfacesCommand({}))).NetworkInterfaces![0],
    RouteTable: (await send.send(new ec2.DescribeRouteTablesCommand({}))).RouteTables![0],
    SecurityGroup: (await send.send(new ec2.DescribeSecurityGroupsCommand({}))).SecurityGroups![0],
    IpamAddressHistoryRecord: (
      await send.send(
        new ec2.GetIpamAddressHistoryCommand({ Cidr: subnet!.CidrBlock, IpamScopeId: scope!.IpamScopeId }),
      )
    ).HistoryRecords![0],
    SecurityGroupRule: (await send.send(new ec2.DescribeSecurityGroupRulesCommand({})))
      .SecurityGroupRules![0],
    Subnet: subnet,
    SubnetCidrReservation: (await send.send(new ec2.GetSubnetCidrReservationsCommand({ SubnetId })))
      .SubnetIpv4CidrReservations![0],
    Vpc: (await send.send(new ec2.DescribeVpcsCommand({}))).Vpcs![0],
  };
  const schemas = ec2 as unknown as Record<string, unknown>;
  const missing = Object.entries(outputs).map(
    ([name, output]) => [name, missingIn(schemas[`${name}$`], output)] as const,
  );
  expect(Object.fromEntries(missing)).toEqual({
    AvailabilityZone: [
      "Geography",
      "GroupLongName",
      "Messages",
      "ParentZoneId",
      "ParentZoneName",
      "SubGeography",
    ],
    Ipam: ["Description", "StateMessage"],
    IpamPool: [
      "AllocationDefaultNetmaskLength",
      "AllocationMaxNetmaskLength",
      "AllocationMinNetmaskLength",
      "AwsService",
      "Description",
      "PublicIpSource",
      "PubliclyAdvertisable",
      "SourceIpamPoolId",
      "SourceResource",
      "StateMessage",
    ],
    IpamPoolAllocation: ["Description"],
    IpamPoolCidr: ["FailureReason"],
    IpamResourceDiscovery: ["Description", "OrganizationalUnitExclusions"],
    IpamScope: ["Description", "ExternalAuthorityConfiguration"],
    NetworkAcl: [],
    NetworkInterface: [
      "AssociatedSubnets",
      "Association",
      "ConnectionTrackingConfiguration",
      "DenyAllIgwTraffic",
      "Ipv6Address",
      "Ipv6Native",
      "Ipv6Prefixes",
      "Operator",
      "OutpostArn",
      "PublicDnsName",
      "PublicIpDnsNameOptions",
      "RequesterId",
    ],
    RouteTable: [],
    SecurityGroup: [],
    IpamAddressHistoryRecord: ["ResourceName", "SampledEndTime"],
    SecurityGroupRule: ["CidrIpv6", "PrefixListId", "ReferencedGroupInfo"],
    Subnet: [
      "BlockPublicAccessStates",
      "CustomerOwnedIpv4Pool",
      "EnableLniAtDeviceIndex",
      "OutpostArn",
      "Type",
    ],
    SubnetCidrReservation: ["Description"],
    Vpc: ["BlockPublicAccessStates", "EncryptionControl"],
  });
});

describe("EKS", () => {
  it("repeats what a node group was made with, and what it is changed to", async () => {
    expect(await described.nodegroup()).toMatchObject({
      capacityType: "SPOT",
      amiType: "AL2023_x86_64_STANDARD",
      nodeRole: role("node"),
      labels: { kind: "batch", old: "yes" },
      taints: [{ key: "batch", value: "1", effect: "NO_SCHEDULE" }],
      instanceTypes: ["t3.medium"],
      diskSize: 20,
      updateConfig: { maxUnavailable: 1 },
      tags: { team: "net" },
    });
    act((context) =>
      updateNodegroupConfig(context, {
        clusterName: "c",
        nodegroupName: "g",
        labels: { addOrUpdateLabels: { kind: "web" }, removeLabels: ["old"] },
        taints: { removeTaints: [{ key: "batch", effect: "NO_SCHEDULE" }] },
      }),
    );
    expect(await described.nodegroup()).toMatchObject({ labels: { kind: "web" }, taints: [] });
  });

  it("repeats a cluster's logging and tags", async () => {
    const types = ["api", "authenticator", "controllerManager", "scheduler"];
    const logging = {
      clusterLogging: [
        { types: ["audit"], enabled: true },
        { types, enabled: false },
      ],
    };
    expect(await described.cluster()).toMatchObject({ logging, tags: { team: "net" } });
    const zonalShiftConfig = { enabled: true };
    act((context) => updateClusterConfig(context, { name: "c", zonalShiftConfig }));
    expect(await described.cluster()).toMatchObject({ logging, zonalShiftConfig });
  });

  it("repeats an add-on's role, tags and pod identity associations", async () => {
    const association = "arn:aws:eks:eu-west-1:123456789012:podidentityassociation/c/a-";
    expect(await described.addon()).toMatchObject({
      serviceAccountRoleArn: role("pod"),
      tags: { team: "net" },
      owner: "aws",
      publisher: "eks",
      podIdentityAssociations: [expect.stringContaining(association)],
    });
    act((context) => updateAddon(context, { clusterName: "c", addonName: "vpc-cni" }));
    expect((await described.addon()).serviceAccountRoleArn).toBe(role("pod"));
  });
});
