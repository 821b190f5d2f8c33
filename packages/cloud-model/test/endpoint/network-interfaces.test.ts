import {
  AssignPrivateIpAddressesCommand,
  AttachNetworkInterfaceCommand,
  CreateNetworkInterfaceCommand,
  type CreateNetworkInterfaceCommandInput,
  CreateSubnetCidrReservationCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DeleteNetworkInterfaceCommand,
  DeleteSubnetCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSubnetsCommand,
  DetachNetworkInterfaceCommand,
  ModifyNetworkInterfaceAttributeCommand,
  type NetworkInterface,
  paginateDescribeNetworkInterfaces,
  UnassignPrivateIpAddressesCommand,
  waitUntilNetworkInterfaceAvailable,
  waitUntilSubnetAvailable,
} from "@aws-sdk/client-ec2";
import { Prefix } from "@cluster-ipam/address-plan";
import { Clients, codeOf } from "./clients";

let clients: Clients;
let vpcId: string;
let subnets = 0;
const ec2 = () => clients.ec2();

beforeAll(async () => {
  clients = await Clients.start();
  const { Vpc } = await ec2().send(new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }));
  vpcId = Vpc!.VpcId!;
});
afterAll(() => clients.stop());

/** A new /26 subnet: 59 addresses, 2 prefixes. */
const subnet = async (): Promise<string> => {
  const CidrBlock = Prefix.ipv4At((10 << 24) + 64 * subnets++, 26).toString();
  const { Subnet } = await ec2().send(
    new CreateSubnetCommand({ VpcId: vpcId, CidrBlock, AvailabilityZone: "eu-west-1a" }),
  );
  return Subnet!.SubnetId!;
};

const create = async (
  SubnetId: string,
  input: Partial<CreateNetworkInterfaceCommandInput> = {},
): Promise<NetworkInterface> => {
  const { NetworkInterface } = await ec2().send(new CreateNetworkInterfaceCommand({ SubnetId, ...input }));
  return NetworkInterface!;
};

const freeIn = async (SubnetId: string): Promise<number> => {
  const { Subnets } = await ec2().send(new DescribeSubnetsCommand({ SubnetIds: [SubnetId] }));
  return Subnets![0]!.AvailableIpAddressCount!;
};

it("takes addresses and prefixes of its subnet and gives them back", async () => {
  const id = await subnet();
  const [withAddresses, withPrefix] = [
    await create(id, { SecondaryPrivateIpAddressCount: 1 }),
    await create(id, { Ipv4PrefixCount: 1 }),
  ];
  const { CidrBlock } = (await ec2().send(new DescribeSubnetsCommand({ SubnetIds: [id] }))).Subnets![0]!;
  const within = Prefix.parse(CidrBlock!);
  const taken = [
    ...[...withAddresses.PrivateIpAddresses!, ...withPrefix.PrivateIpAddresses!].map(({ PrivateIpAddress }) =>
      Prefix.parse(`${PrivateIpAddress}/32`),
    ),
    ...withPrefix.Ipv4Prefixes!.map(({ Ipv4Prefix }) => Prefix.parse(Ipv4Prefix!)),
  ];
  expect(taken.map(({ length }) => length)).toEqual([32, 32, 32, 28]);
  expect(taken.every((prefix) => within.contains(prefix))).toBe(true);
  expect(await freeIn(id)).toBe(59 - 3 - 16);
  for (const { NetworkInterfaceId } of [withAddresses, withPrefix])
    await ec2().send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId }));
  expect(await freeIn(id)).toBe(59);
  await ec2().send(new DeleteSubnetCommand({ SubnetId: id }));
});

it("runs out of prefixes while addresses are free, where single addresses lie in every block", async () => {
  const SubnetId = await subnet();
  const { CidrBlock } = (await ec2().send(new DescribeSubnetsCommand({ SubnetIds: [SubnetId] })))
    .Subnets![0]!;
  const first = Number(Prefix.parse(CidrBlock!).first);
  for (const offset of [20, 40])
    await create(SubnetId, {
      PrivateIpAddress: Prefix.ipv4At(first + offset, 32)
        .toString()
        .slice(0, -3),
    });
  expect(await freeIn(SubnetId)).toBe(57);
  expect(await codeOf(create(SubnetId, { Ipv4PrefixCount: 1 }))).toBe("InsufficientCidrBlocks");
  expect(await freeIn(SubnetId)).toBe(57);
});

it("runs out of addresses", async () => {
  const SubnetId = await subnet();
  await create(SubnetId, { SecondaryPrivateIpAddressCount: 49 });
  expect(await codeOf(create(SubnetId, { SecondaryPrivateIpAddressCount: 10 }))).toBe(
    "InsufficientFreeAddressesInSubnet",
  );
  await create(SubnetId, { SecondaryPrivateIpAddressCount: 8 });
  expect(await freeIn(SubnetId)).toBe(0);
});

it("takes prefixes from a reservation for prefixes first, and no single address", async () => {
  const SubnetId = await subnet();
  const { CidrBlock } = (await ec2().send(new DescribeSubnetsCommand({ SubnetIds: [SubnetId] })))
    .Subnets![0]!;
  const Cidr = Prefix.ipv4At(Number(Prefix.parse(CidrBlock!).first) + 32, 28).toString();
  await ec2().send(new CreateSubnetCidrReservationCommand({ SubnetId, Cidr, ReservationType: "prefix" }));
  const eni = await create(SubnetId, { SecondaryPrivateIpAddressCount: 42 });
  const reserved = Prefix.parse(Cidr);
  expect(
    eni.PrivateIpAddresses!.some(({ PrivateIpAddress }) =>
      reserved.contains(Prefix.parse(`${PrivateIpAddress}/32`)),
    ),
  ).toBe(false);
  expect(await freeIn(SubnetId)).toBe(0);
  expect((await anotherPrefix(eni)).AssignedIpv4Prefixes).toEqual([{ Ipv4Prefix: Cidr }]);
  expect(await codeOf(anotherPrefix(eni))).toBe("InsufficientCidrBlocks");
});

const anotherPrefix = ({ NetworkInterfaceId }: NetworkInterface) =>
  ec2().send(new AssignPrivateIpAddressesCommand({ NetworkInterfaceId, Ipv4PrefixCount: 1 }));

it("gets and loses secondary addresses and prefixes", async () => {
  const eni = await create(await subnet(), { Ipv4PrefixCount: 1 });
  const { NetworkInterfaceId } = eni;
  const assign = (count: object) =>
    ec2().send(new AssignPrivateIpAddressesCommand({ NetworkInterfaceId, ...count }));
  const { AssignedPrivateIpAddresses } = await assign({ SecondaryPrivateIpAddressCount: 2 });
  const PrivateIpAddresses = AssignedPrivateIpAddresses!.map(({ PrivateIpAddress }) => PrivateIpAddress!);
  const Ipv4Prefixes = eni.Ipv4Prefixes!.map(({ Ipv4Prefix }) => Ipv4Prefix!);
  expect(await codeOf(assign({ SecondaryPrivateIpAddressCount: 47 }))).toBe("PrivateIpAddressLimitExceeded");
  expect(await codeOf(assign({ PrivateIpAddresses }))).toBe("InvalidIPAddress.InUse");
  const primary = [eni.PrivateIpAddress!];
  const unassign = (what: object) =>
    ec2().send(new UnassignPrivateIpAddressesCommand({ NetworkInterfaceId, ...what }));
  expect(await codeOf(unassign({ PrivateIpAddresses: primary }))).toBe("InvalidParameterValue");
  await unassign({ PrivateIpAddresses });
  await unassign({ Ipv4Prefixes });
  const { NetworkInterfaces } = await ec2().send(
    new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: [NetworkInterfaceId!] }),
  );
  expect(NetworkInterfaces).toMatchObject([
    { PrivateIpAddresses: [{ PrivateIpAddress: eni.PrivateIpAddress, Primary: true }], Ipv4Prefixes: [] },
  ]);
});

it.each([
  ["outside the subnet", { PrivateIpAddress: "192.168.0.1" }, "InvalidParameterValue"],
  ["that is invalid", { PrivateIpAddress: "10.0.0" }, "InvalidParameterValue"],
  ["of a wrong length", { Ipv4Prefixes: [{ Ipv4Prefix: "10.0.0.0/27" }] }, "InvalidParameterValue"],
  [
    "beside a count",
    { Ipv4Prefixes: [{ Ipv4Prefix: "10.0.0.16/28" }], Ipv4PrefixCount: 1 },
    "InvalidParameterCombination",
  ],
])("refuses an address %s", async (_, input, code) => {
  expect(await codeOf(create(await subnet(), input))).toBe(code);
});

it("is attached to an instance, cannot go then, and is detached", async () => {
  const { NetworkInterfaceId } = await create(await subnet());
  const attach = (id = NetworkInterfaceId) =>
    ec2().send(
      new AttachNetworkInterfaceCommand({
        NetworkInterfaceId: id,
        InstanceId: "i-0123456789abcdef0",
        DeviceIndex: 1,
      }),
    );
  const { AttachmentId } = await attach();
  expect(await codeOf(attach())).toBe("InvalidNetworkInterface.InUse");
  const other = await create(await subnet());
  expect(await codeOf(attach(other.NetworkInterfaceId))).toBe("InvalidParameterValue");
  expect(await codeOf(ec2().send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId })))).toBe(
    "InvalidParameterValue",
  );
  await ec2().send(
    new ModifyNetworkInterfaceAttributeCommand({
      NetworkInterfaceId,
      Attachment: { AttachmentId, DeleteOnTermination: true },
    }),
  );
  const { NetworkInterfaces } = await ec2().send(
    new DescribeNetworkInterfacesCommand({
      Filters: [{ Name: "attachment.instance-id", Values: ["i-0123456789abcdef0"] }],
    }),
  );
  expect(NetworkInterfaces).toMatchObject([
    {
      NetworkInterfaceId,
      Status: "in-use",
      Attachment: { DeviceIndex: 1, DeleteOnTermination: true, AttachTime: expect.any(Date) },
    },
  ]);
  await ec2().send(new DetachNetworkInterfaceCommand({ AttachmentId, Force: true }));
  const waiting = { client: ec2(), maxWaitTime: 5, minDelay: 1 };
  const waited = await waitUntilNetworkInterfaceAvailable(waiting, {
    NetworkInterfaceIds: [NetworkInterfaceId!],
  });
  expect(waited.state).toBe("SUCCESS");
  expect(await codeOf(ec2().send(new DetachNetworkInterfaceCommand({ AttachmentId })))).toBe(
    "InvalidAttachmentID.NotFound",
  );
});

it("is listed by filter and tag, page by page", async () => {
  const SubnetId = await subnet();
  await waitUntilSubnetAvailable({ client: ec2(), maxWaitTime: 5, minDelay: 1 }, { SubnetIds: [SubnetId] });
  const made: string[] = [];
  for (let index = 0; index < 12; index++) {
    const eni = await create(SubnetId, {
      TagSpecifications: [
        { ResourceType: "network-interface", Tags: [{ Key: "index", Value: String(index) }] },
      ],
    });
    made.push(eni.NetworkInterfaceId!);
  }
  const seen: string[] = [];
  const Filters = [{ Name: "subnet-id", Values: [SubnetId] }];
  for await (const page of paginateDescribeNetworkInterfaces({ client: ec2(), pageSize: 5 }, { Filters })) {
    expect(page.NetworkInterfaces!.length).toBeLessThanOrEqual(5);
    seen.push(...page.NetworkInterfaces!.map(({ NetworkInterfaceId }) => NetworkInterfaceId!));
  }
  expect(seen.sort()).toEqual(made.sort());
  const { NetworkInterfaces } = await ec2().send(
    new DescribeNetworkInterfacesCommand({
      Filters: [...Filters, { Name: "tag:index", Values: ["3"] }],
    }),
  );
  expect(NetworkInterfaces).toMatchObject([{ SubnetId, TagSet: [{ Key: "index", Value: "3" }] }]);
});
