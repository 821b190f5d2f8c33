import { ApiError, type Ec2Subnet } from "../../../src/runtime";
import { minutesAgo, NOW } from "../observation-fixture";
import { CLOSED, network, OWNED, refusing } from "./act-fixture";

test.each(["deactivate", "delete"] as const)(
  "%s looks again for interfaces, because the observation may be old",
  async (action) => {
    const { ec2, run } = network();
    const subnetId = ec2.add("100.64.64.0/22", "a", CLOSED, "rtb-a");
    ec2.attach(subnetId, 1);
    // EC2 itself refuses a deletion only while it knows of the interface.
    ec2.deleteSubnet = async () => undefined;
    expect(await run({ action, subnetId })).toEqual({
      status: "postponed",
      message: `${subnetId} has 1 interfaces again`,
    });
    expect(ec2.calls).toEqual([]);
  },
);

test.each([
  ["opened again", OWNED],
  ["recorded as active", { ...CLOSED, "cluster-ipam/autoscaler-state": `active@${minutesAgo(1)}` }],
])("a subnet that was %s is not deleted", async (_, tags) => {
  const { ec2, run } = network();
  const subnetId = ec2.add("100.64.64.0/22", "a", tags, "rtb-a");
  expect(await run({ action: "delete", subnetId })).toMatchObject({ status: "postponed" });
  expect(ec2.calls).toEqual([]);
});

test("an empty subnet that a node group names is not deleted", async () => {
  const { ec2, run, users } = network();
  const subnetId = ec2.add("100.64.64.0/22", "a", CLOSED, "rtb-a");
  users.push({ subnetId, name: "node group general" }, { subnetId: "subnet-9", name: "node group other" });
  expect(await run({ action: "delete", subnetId })).toEqual({
    status: "postponed",
    message: `${subnetId} is named by node group general; remove it there`,
  });
  users.shift();
  expect(await run({ action: "delete", subnetId })).toEqual({ status: "done" });
});

test("a subnet that another run created in another zone is not adopted", async () => {
  const { ec2, run } = network();
  ec2.add("100.64.64.0/22", "b", { "cluster-ipam/autoscaler": "prod" });
  expect(await run({ action: "create" })).toEqual({
    status: "postponed",
    message: "100.64.64.0/22 was created in b by another run",
  });
  expect(ec2.calls).toEqual(["createSubnet"]);
});

test("a conflict with a subnet that EC2 does not return yet is not a failure; another refusal is", async () => {
  const { ec2, run } = network();
  const refuse = (code: string) => {
    ec2.createSubnet = async () => {
      throw new ApiError("ec2:CreateSubnet", code, "refused");
    };
  };
  refuse("InvalidSubnet.Conflict");
  expect(await run({ action: "create" })).toMatchObject({ status: "postponed" });
  refuse("SubnetLimitExceeded");
  await expect(run({ action: "create" })).rejects.toThrow("SubnetLimitExceeded");
});

test("a subnet that is open although it cannot be reserved is a failure, and is reserved later", async () => {
  const { ec2, run } = network();
  const { reservePrefixes } = ec2;
  ec2.reservePrefixes = async () => {
    throw new ApiError("ec2:CreateSubnetCidrReservation", "UnauthorizedOperation", "no");
  };
  await expect(run({ action: "create" })).rejects.toThrow("allow ec2:CreateSubnetCidrReservation");
  const { id, tags } = (await ec2.subnets()).find(({ cidr }) => cidr === "100.64.64.0/22") as Ec2Subnet;
  expect(tags["kubernetes.io/role/cni"]).toBe("1");
  ec2.reservePrefixes = reservePrefixes;
  ec2.reserved.push({ subnetId: id, cidr: "100.64.65.0/28", type: "explicit" });
  expect(await run({ action: "reserve", subnetId: id })).toEqual({ status: "done" });
  // A person's reservation is in the quarter that would be 100.64.65.0/24.
  expect(ec2.reserved.map(({ cidr }) => cidr)).toEqual([
    "100.64.65.0/28",
    "100.64.64.64/26",
    "100.64.64.128/25",
    "100.64.66.0/23",
  ]);
});

test("a subnet's emptiness is recorded, and forgotten when it is used again", async () => {
  const { ec2, run } = network();
  const subnetId = ec2.add("100.64.64.0/22", "a", OWNED, "rtb-a");
  const since = () => ec2.stored.get(subnetId)!.tags["cluster-ipam/empty-since"];
  expect(await run({ action: "mark-empty", subnetId })).toEqual({ status: "done" });
  expect(since()).toBe(new Date(NOW).toISOString());
  expect(await run({ action: "mark-used", subnetId })).toEqual({ status: "done" });
  expect(since()).toBe("in-use");
});

test.each(["mark-used", "deactivate", "close", "delete", "reserve", "rewire"] as const)(
  "%s leaves a subnet alone that is no longer the cluster's, or no longer there",
  async (action) => {
    const { ec2, run } = network();
    const subnetId = ec2.add("100.64.64.0/22", "a", { ...CLOSED, "cluster-ipam/autoscaler": "dev" });
    await expect(run({ action, subnetId })).rejects.toThrow(subnetId);
    ec2.stored.delete(subnetId);
    const gone = run({ action, subnetId: "subnet-9" });
    expect(await gone).toEqual({ status: "postponed", message: "subnet-9 no longer exists" });
    expect(ec2.calls).toEqual([]);
  },
);

test.each([
  [true, { ...OWNED, "kubernetes.io/role/cni": "0" }],
  [false, { "cluster-ipam/autoscaler": "prod" }],
])("a subnet is closed as the CNI reads it: excludes by zero %s", async (excludesByZero, tags) => {
  const { ec2, run } = network({ cni: { excludesByZero } });
  const subnetId = ec2.add("100.64.64.0/22", "a", OWNED, "rtb-a");
  expect(await run({ action: "close", subnetId })).toEqual({ status: "done" });
  expect(ec2.stored.get(subnetId)!.tags).toEqual(tags);
});

test("an empty subnet that is quarantined is closed as the CNI reads it, and says since when", async () => {
  for (const excludesByZero of [true, false]) {
    const { ec2, run } = network({ cni: { excludesByZero } });
    const subnetId = ec2.add("100.64.64.0/22", "a", OWNED, "rtb-a");
    expect(await run({ action: "deactivate", subnetId })).toEqual({ status: "done" });
    const { tags } = ec2.stored.get(subnetId)!;
    expect(tags["kubernetes.io/role/cni"]).toBe(excludesByZero ? "0" : undefined);
    expect(tags["cluster-ipam/autoscaler-state"]).toBe(`quarantined@${new Date(NOW).toISOString()}`);
  }
});

test("a subnet that an earlier call created before it timed out is adopted", async () => {
  const { ec2, run } = network();
  ec2.add("100.64.64.0/22", "a", OWNED);
  ec2.createSubnet = refusing("CreateSubnet", "NetworkError");
  expect(await run({ action: "create" })).toEqual({ status: "done" });
});

test.each([
  ["DependencyViolation", { status: "postponed" }],
  ["InvalidSubnetID.NotFound", { status: "done" }],
  ["UnauthorizedOperation", undefined],
])("EC2 may refuse to delete a subnet: %s", async (code, result) => {
  const { ec2, run } = network();
  const subnetId = ec2.add("100.64.64.0/22", "a", CLOSED, "rtb-a");
  ec2.deleteSubnet = refusing("DeleteSubnet", code);
  const ended = run({ action: "delete", subnetId });
  if (result === undefined) await expect(ended).rejects.toThrow(code);
  else expect(await ended).toMatchObject(result);
});

test.each([
  ["InvalidCidr.InUse", true],
  ["InvalidSubnetID.NotFound", true],
  ["UnauthorizedOperation", false],
])("a reservation that another run made first is not a failure: %s", async (code, isFine) => {
  const { ec2, run } = network();
  const subnetId = ec2.add("100.64.64.0/22", "a", OWNED, "rtb-a");
  ec2.reservePrefixes = refusing("CreateSubnetCidrReservation", code);
  const ended = run({ action: "reserve", subnetId });
  if (isFine) expect(await ended).toEqual({ status: "done" });
  else await expect(ended).rejects.toThrow(code);
});
