import {
  createAccessEntry,
  createAddon,
  createCluster,
  createFargateProfile,
  createNodegroup,
  createPodIdentityAssociation,
  deleteCluster,
  deleteFargateProfile,
  deleteNodegroup,
  ProvisioningError,
  updateClusterConfig,
  updateClusterVersion,
  updateNodegroupConfig,
} from "../../../src/aws/eks";
import { attachInternetGateway, createInternetGateway, createLaunchTemplate } from "../../../src/aws/ec2";
import { createRole } from "../../../src/aws/iam";
import { type RequestContext } from "../../../src/request-context";
import { Account } from "../ec2/account";

const code = (text: string) => expect.objectContaining({ code: text });
const roleArn = (name: string) => `arn:aws:iam::123456789012:role/${name}`;

describe("an EKS cluster", () => {
  let account: Account;
  let subnetIds: string[];
  let vpcId: string;

  beforeEach(() => {
    account = new Account();
    vpcId = account.vpc();
    subnetIds = ["a", "b", "c"].map((zone, index) =>
      account.subnet(vpcId, `10.0.${index}.0/28`, `eu-west-1${zone}`),
    );
    for (const [RoleName, service] of [
      ["cluster", "eks.amazonaws.com"],
      ["node", "ec2.amazonaws.com"],
      ["pod", "pods.eks.amazonaws.com"],
      ["fargate", "eks-fargate-pods.amazonaws.com"],
    ] as const)
      account.act((context) =>
        createRole(context, {
          RoleName,
          AssumeRolePolicyDocument: JSON.stringify({ Statement: [{ Principal: { Service: service } }] }),
        }),
      );
  });

  const act = <T>(change: (context: RequestContext) => T): T => account.act(change);
  const create = (more: object = {}) =>
    act((context) =>
      createCluster(context, {
        name: "c",
        version: "1.33",
        roleArn: roleArn("cluster"),
        resourcesVpcConfig: { subnetIds: subnetIds.slice(0, 2) },
        accessConfig: { authenticationMode: "API" },
        ...more,
      }),
    ).cluster!;
  const nodes = (desiredSize: number) => ({ minSize: 0, desiredSize, maxSize: 50 });
  const createNodes = (desiredSize: number) =>
    act((context) =>
      createNodegroup(context, {
        clusterName: "c",
        nodegroupName: "g",
        nodeRole: roleArn("node"),
        subnets: subnetIds.slice(0, 2),
        scalingConfig: nodes(desiredSize),
      }),
    );
  const template = (LaunchTemplateData: { ImageId?: string }) =>
    act((context) => createLaunchTemplate(context, { LaunchTemplateName: "t", LaunchTemplateData }));
  const createWithTemplate = (more: object) =>
    act((context) =>
      createNodegroup(context, {
        clusterName: "c",
        nodegroupName: "t",
        nodeRole: roleArn("node"),
        subnets: subnetIds.slice(0, 2),
        scalingConfig: nodes(1),
        launchTemplate: { name: "t" },
        ...more,
      }),
    ).nodegroup!;
  const interfaces = () => account.call("DescribeNetworkInterfaces", {}).NetworkInterfaces!;

  it("takes the image of a launch template, which then decides type and version", () => {
    create();
    template({ ImageId: "ami-0a1b2c3d4e5f60718" });
    for (const more of [
      ...[{ diskSize: 20 }, { remoteAccess: {} }, { version: "1.33" }, { releaseVersion: "1.33.0-20260101" }],
      { amiType: "AL2023_x86_64_STANDARD" },
    ])
      expect(() => createWithTemplate(more)).toThrow(code("InvalidParameterException"));
    expect(createWithTemplate({})).toMatchObject({ amiType: "CUSTOM", version: "1.33" });
  });

  it("takes type and version of a node group whose launch template names no image", () => {
    create();
    template({});
    const settings = { amiType: "BOTTLEROCKET_x86_64", version: "1.33" };
    expect(() => createWithTemplate({ ...settings, diskSize: 20 })).toThrow(
      code("InvalidParameterException"),
    );
    expect(createWithTemplate(settings)).toMatchObject(settings);
  });

  it("has a security group and interfaces in its subnets, which go with it", () => {
    const cluster = create();
    expect(cluster.resourcesVpcConfig).toMatchObject({ vpcId, publicAccessCidrs: ["0.0.0.0/0"] });
    const groups = interfaces().map(({ Groups }) => Groups![0]);
    const group = {
      GroupId: cluster.resourcesVpcConfig!.clusterSecurityGroupId,
      GroupName: "eks-cluster-sg-c",
    };
    expect(groups).toEqual([group, group]);
    expect(() => create()).toThrow(code("ResourceInUseException"));
    act((context) => deleteCluster(context, { name: "c" }));
    expect(interfaces()).toEqual([]);
    for (const SubnetId of subnetIds) account.call("DeleteSubnet", { SubnetId });
    account.call("DeleteVpc", { VpcId: vpcId });
  });

  it("fails after its acceptance where a subnet is full", () => {
    for (let i = 0; i < 6; i++) account.call("CreateNetworkInterface", { SubnetId: subnetIds[0] });
    expect(() => create()).toThrow(ProvisioningError);
    expect(() => create()).toThrow(code("InsufficientFreeAddresses"));
  });

  it("keeps settings that an update does not name", () => {
    create({ deletionProtection: true });
    act((context) =>
      updateClusterConfig(context, { name: "c", resourcesVpcConfig: { endpointPrivateAccess: true } }),
    );
    expect(() => act((context) => deleteCluster(context, { name: "c" }))).toThrow("Deletion protection");
  });

  it("keeps the zones that it was created in, and takes other subnets in them", () => {
    const update = (ids: readonly string[]) =>
      act((context) =>
        updateClusterConfig(context, { name: "c", resourcesVpcConfig: { subnetIds: [...ids] } }),
      );
    create({ resourcesVpcConfig: { subnetIds } });
    const [a, b, c] = subnetIds as [string, string, string];
    const d = account.subnet(vpcId, "10.0.3.0/28", "eu-west-1b");
    update([a, b, c, d]);
    update([a, c, d]);
    account.call("DeleteSubnet", { SubnetId: c });
    const e = account.subnet(vpcId, "10.0.4.0/28", "eu-west-1c");
    expect(() => update([a, d])).toThrow(
      "Provided subnets belong to the AZs 'eu-west-1a,eu-west-1b'. But they should belong to the exact set of AZs 'eu-west-1a,eu-west-1b,eu-west-1c' in which subnets were provided during cluster creation.",
    );
    update([a, d, e]);
  });

  it("takes no subnet in a zone that it was not created in", () => {
    create();
    expect(() =>
      act((context) => updateClusterConfig(context, { name: "c", resourcesVpcConfig: { subnetIds } })),
    ).toThrow("should belong to the exact set of AZs 'eu-west-1a,eu-west-1b'");
  });

  it("is upgraded before its nodes, one minor version at a time", () => {
    create();
    createNodes(1);
    expect(() => act((context) => updateClusterVersion(context, { name: "c", version: "1.35" }))).toThrow(
      "from 1.33 to 1.35",
    );
    act((context) => updateClusterVersion(context, { name: "c", version: "1.34" }));
    expect(() => act((context) => deleteCluster(context, { name: "c" }))).toThrow("nodegroups attached");
  });

  it("scales nodes within the free addresses of their subnets", () => {
    create();
    // Each /28 has 11 addresses, of which the control plane has one.
    expect(() => createNodes(21)).toThrow(code("AsgInstanceLaunchFailures"));
    createNodes(20);
    const scale = (scalingConfig: object) =>
      act((context) =>
        updateNodegroupConfig(context, { clusterName: "c", nodegroupName: "g", scalingConfig }),
      );
    scale(nodes(3));
    expect(interfaces()).toHaveLength(5);
    expect(() => scale({ minSize: 4, desiredSize: 3, maxSize: 5 })).toThrow("out of order");
    act((context) => deleteNodegroup(context, { clusterName: "c", nodegroupName: "g" }));
    expect(interfaces()).toHaveLength(2);
  });

  it("gives a service account one role, by itself or by an add-on", () => {
    create();
    const association = { serviceAccount: "aws-node", roleArn: roleArn("pod") };
    act((context) =>
      createAddon(context, {
        clusterName: "c",
        addonName: "vpc-cni",
        podIdentityAssociations: [association],
      }),
    );
    const associate = (role: string, namespace: string) => () =>
      act((context) =>
        createPodIdentityAssociation(context, {
          ...association,
          clusterName: "c",
          namespace,
          roleArn: roleArn(role),
        }),
      );
    expect(associate("pod", "kube-system")).toThrow(code("ResourceInUseException"));
    expect(associate("node", "team")).toThrow("does not allow the service principal pods.eks.amazonaws.com");
    associate("pod", "team")();
  });

  it("has no access entries while its authentication mode is CONFIG_MAP", () => {
    create({ accessConfig: { authenticationMode: "CONFIG_MAP" } });
    const entry = { clusterName: "c", principalArn: roleArn("admin") };
    expect(() => act((context) => createAccessEntry(context, entry))).toThrow(
      code("InvalidRequestException"),
    );
  });

  it("runs pods on Fargate in private subnets only, and is not deleted before its profiles", () => {
    create();
    const profile = {
      clusterName: "c",
      fargateProfileName: "web",
      podExecutionRoleArn: roleArn("fargate"),
      selectors: [{ namespace: "web" }],
    };
    const run = (more: object = {}) =>
      act((context) => createFargateProfile(context, { ...profile, subnets: subnetIds, ...more }));
    const gateway = act((context) => createInternetGateway(context, {})).InternetGateway!.InternetGatewayId!;
    act((context) => attachInternetGateway(context, { InternetGatewayId: gateway, VpcId: vpcId }));
    const table = account.call("CreateRouteTable", { VpcId: vpcId }).RouteTable!.RouteTableId!;
    account.call("CreateRoute", {
      RouteTableId: table,
      DestinationCidrBlock: "0.0.0.0/0",
      GatewayId: gateway,
    });
    account.call("AssociateRouteTable", { RouteTableId: table, SubnetId: subnetIds[2]! });

    expect(() => run()).toThrow(`Subnet ${subnetIds[2]} provided in Fargate Profile is not a private subnet`);
    const subnets = subnetIds.slice(0, 2);
    expect(() => run({ subnets, podExecutionRoleArn: roleArn("node") })).toThrow(
      code("InvalidParameterException"),
    );
    expect(() => run({ subnets, selectors: [] })).toThrow("must have 1 to 5 selectors");
    run({ subnets });
    expect(() => run({ subnets })).toThrow(code("ResourceInUseException"));
    expect(() => act((context) => deleteCluster(context, { name: "c" }))).toThrow("fargate profiles");
    act((context) => deleteFargateProfile(context, profile));
    expect(() => act((context) => deleteFargateProfile(context, profile))).toThrow(
      code("ResourceNotFoundException"),
    );
    act((context) => deleteCluster(context, { name: "c" }));
  });

  it("is in Auto Mode with compute, block storage and load balancing together, or with none", () => {
    const on = { enabled: true };
    const all = {
      computeConfig: on,
      storageConfig: { blockStorage: on },
      kubernetesNetworkConfig: { elasticLoadBalancing: on },
    };
    expect(() => create({ ...all, storageConfig: undefined, bootstrapSelfManagedAddons: false })).toThrow(
      "all either fully enabled or fully disabled",
    );
    expect(() => create(all)).toThrow("bootstrapSelfManagedAddons must be set to false");
    const cluster = create({ ...all, bootstrapSelfManagedAddons: false });
    expect(cluster.kubernetesNetworkConfig).toMatchObject({ elasticLoadBalancing: on });
    const change = (request: object) =>
      act((context) => updateClusterConfig(context, { name: "c", ...request }));
    expect(() => change({ computeConfig: { enabled: false } })).toThrow(code("InvalidParameterException"));
    change({});
  });
});
