import { network, OWNED, refusing } from "./act-fixture";

test("a subnet is created, wired, opened and only then reserved; without prefix delegation it is not reserved", async () => {
  const prefixes = network();
  expect(await prefixes.run({ action: "create" })).toEqual({ status: "done" });
  expect(prefixes.ec2.calls).toEqual([
    ...["createSubnet", "associateRouteTable", "replaceNetworkAclAssociation", "createTags"],
    ...Array<string>(4).fill("reservePrefixes"),
  ]);
  expect(prefixes.slept()).toBe(0);
  const addresses = network({ cni: { prefixDelegation: false } });
  expect(await addresses.run({ action: "create" })).toEqual({ status: "done" });
  expect(addresses.ec2.reserved).toEqual([]);
});

test("a subnet is not opened before it is available; EC2 is asked six times", async () => {
  const { ec2, run, slept } = network();
  const subnetId = ec2.add("100.64.64.0/22", "a", { "cluster-ipam/autoscaler": "prod" });
  const { subnet } = ec2;
  let reads = 0;
  const availableFrom = (read: number) => {
    reads = 0;
    ec2.subnet = async (id) => {
      const found = await subnet(id);
      return ++reads < read ? found && { ...found, state: "pending" } : found;
    };
  };
  availableFrom(Infinity);
  expect(await run({ action: "activate", subnetId })).toEqual({
    status: "postponed",
    message: `${subnetId} is not available yet`,
  });
  expect([reads, slept(), ec2.calls]).toEqual([6, 5, []]);
  availableFrom(6);
  expect(await run({ action: "activate", subnetId })).toEqual({ status: "done" });
  // Created a moment ago, and not visible yet.
  ec2.subnet = async (id) => (++reads < 9 ? undefined : subnet(id));
  reads = 7;
  expect(await run({ action: "activate", subnetId })).toEqual({ status: "done" });
});

test("a subnet whose creation is not finished is neither opened nor reserved", async () => {
  const { ec2, run } = network({ references: [] });
  expect(await run({ action: "create" })).toEqual({
    status: "postponed",
    message: "a has no reference subnet",
  });
  expect(ec2.calls).toEqual(["createSubnet"]);
});

test("a subnet is rewired: another route table is replaced, another network ACL too, nothing else", async () => {
  const { ec2, run, slept } = network();
  const wired = ec2.add("100.64.64.0/22", "a", OWNED, "rtb-a", "acl-pods");
  expect(await run({ action: "rewire", subnetId: wired })).toEqual({ status: "done" });
  expect(ec2.calls).toEqual([]);
  const elsewhere = ec2.add("100.64.68.0/22", "a", OWNED, "rtb-b", "acl-pods");
  expect(await run({ action: "rewire", subnetId: elsewhere })).toEqual({ status: "done" });
  expect(ec2.calls.splice(0)).toEqual(["replaceRouteTableAssociation"]);
  const open = ec2.add("100.64.72.0/22", "a", OWNED, "rtb-a");
  expect(await run({ action: "rewire", subnetId: open })).toEqual({ status: "done" });
  expect(ec2.calls.splice(0)).toEqual(["replaceNetworkAclAssociation"]);
  expect([elsewhere, open].map((id) => ec2.stored.get(id))).toMatchObject([
    { table: "rtb-a", acl: "acl-pods" },
    { table: "rtb-a", acl: "acl-pods" },
  ]);
  expect(slept()).toBe(0);
});

test("EC2 is asked six times whether a subnet is wired, at once the second time", async () => {
  const { ec2, run, slept } = network();
  const subnetId = ec2.add("100.64.64.0/22", "a", OWNED);
  const { routeTables } = ec2;
  let reads = 0;
  const staleUntil = (read: number) => {
    reads = 0;
    ec2.routeTables = async () => {
      const tables = await routeTables();
      const without = tables.map((table) => ({
        ...table,
        associations: table.associations.filter((association) => association.subnetId !== subnetId),
      }));
      return ++reads < read ? without : tables;
    };
  };
  staleUntil(Infinity);
  expect(await run({ action: "rewire", subnetId })).toEqual({
    status: "postponed",
    message: `EC2 does not return ${subnetId} wired like subnet-1 yet`,
  });
  expect([reads, slept()]).toEqual([6, 4]);
  staleUntil(6);
  expect(await run({ action: "rewire", subnetId })).toEqual({ status: "done" });
  expect(reads).toBe(6);
});

test.each([
  ["route table", "routeTables"],
  ["network ACL", "networkAcls"],
] as const)("a subnet waits for the %s of its reference subnet", async (_, list) => {
  const { ec2, run } = network();
  const subnetId = ec2.add("100.64.64.0/22", "a", OWNED);
  ec2[list] = async () => [];
  expect(await run({ action: "rewire", subnetId })).toEqual({
    status: "postponed",
    message: "EC2 does not return the route table or network ACL of the reference subnet",
  });
  expect(ec2.calls).toEqual([]);
});

test.each([
  ["Resource.AlreadyAssociated", { status: "postponed" }],
  ["InvalidAssociationID.NotFound", { status: "postponed" }],
  ["UnauthorizedOperation", undefined],
])("a concurrent change of the wiring is not a failure: %s", async (code, result) => {
  const { ec2, run } = network();
  const subnetId = ec2.add("100.64.64.0/22", "a", OWNED);
  ec2.associateRouteTable = refusing("AssociateRouteTable", code);
  const ended = run({ action: "rewire", subnetId });
  if (result === undefined) await expect(ended).rejects.toThrow(code);
  else expect(await ended).toMatchObject(result);
});

test.each(["route table", "network ACL"])(
  "a subnet that is taken over before its %s is changed stays as it is",
  async (what) => {
    const { ec2, run } = network();
    const table = what === "route table" ? undefined : "rtb-a";
    const subnetId = ec2.add("100.64.64.0/22", "a", OWNED, table);
    ec2.subnet = async () => undefined;
    expect(await run({ action: "rewire", subnetId })).toEqual({
      status: "postponed",
      message: `${subnetId} no longer exists`,
    });
    expect(ec2.calls).toEqual([]);
  },
);
