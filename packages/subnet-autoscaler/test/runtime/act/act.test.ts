import { ApiError, type Change, type Ec2Subnet, type SubnetUser } from "../../../src/runtime";
import { act } from "../../../src/runtime/act/act";
import { MemoryEc2, memoryEks } from "../memory-ec2";
import { CNI, configOf, minutesAgo, NOW } from "../observation-fixture";

const OWNED = { "cluster-ipam/autoscaler": "prod", "kubernetes.io/role/cni": "1" };
const CLOSED = {
  ...OWNED,
  "kubernetes.io/role/cni": "0",
  "cluster-ipam/autoscaler-state": `quarantined@${minutesAgo(99)}`,
};

function network(drainCidrs?: readonly string[]) {
  const ec2 = new MemoryEc2();
  ec2.add("100.64.0.0/22", "a", {}, "rtb-a", "acl-pods");
  const time = { now: NOW };
  const config = configOf({
    growthPools: {
      cidrs: ["100.64.64.0/18"],
      shared: { ipamPoolId: "ipam-pool-shared", cidrs: ["100.80.0.0/16"], ...(drainCidrs && { drainCidrs }) },
    },
  });
  const users: SubnetUser[] = [];
  const run = (change: Partial<Change> & { action: Change["action"] }) =>
    act({ cause: "idle", reason: "", zone: "a", cidr: "100.64.64.0/22", ...change } as Change, {
      ec2,
      eks: { ...memoryEks(), subnetUsers: async () => users },
      config,
      cni: CNI,
      clock: { now: () => time.now, sleep: async (milliseconds) => void (time.now += milliseconds) },
      references: new Map([["a", "subnet-1"]]),
    });
  return { ec2, run, users };
}

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

test("a CIDR is drawn from the shared pool; one that has no such block gives a smaller one", async () => {
  const { ec2, run } = network();
  ec2.sharedPool = "100.80.0.0/24";
  expect(await run({ action: "attach-shared", netmaskLength: 22 })).toEqual({ status: "done" });
  expect(ec2.vpc.map(({ cidr }) => cidr)).toContain("100.80.0.0/24");
  await expect(run({ action: "attach-shared", netmaskLength: 22 })).rejects.toThrow("InvalidParameterValue");
});

test("while a part of the shared pool drains, the CIDR is chosen outside it, where IPAM has nothing", async () => {
  const { ec2, run } = network(["100.79.0.0/16"]);
  // IPAM itself would choose the lowest CIDR of the pool.
  ec2.sharedPool = "100.79.0.0/16";
  const allocations = (...cidrs: string[]) => {
    ec2.poolAllocations = async () =>
      cidrs.map((cidr) => ({ cidr, resourceType: "vpc", resourceId: "vpc-2" }));
  };
  allocations("100.79.0.0/24", "100.80.0.0/23");
  expect(await run({ action: "attach-shared", netmaskLength: 24 })).toEqual({ status: "done" });
  expect(ec2.vpc.map(({ cidr }) => cidr)).toContain("100.80.2.0/24");
  // A smaller one, if the pool has no block of this size.
  allocations(
    "100.80.0.0/17",
    "100.80.128.0/18",
    "100.80.192.0/19",
    "100.80.224.0/20",
    "100.80.240.0/21",
    "100.80.248.0/22",
    "100.80.252.0/23",
    "100.80.254.0/24",
  );
  expect(await run({ action: "attach-shared", netmaskLength: 22 })).toEqual({ status: "done" });
  expect(ec2.vpc.map(({ cidr }) => cidr)).toContain("100.80.255.0/24");
  allocations("100.80.0.0/16");
  await expect(run({ action: "attach-shared", netmaskLength: 24 })).rejects.toThrow("no free /26");
});

test("what was drawn from a part of the pool that drains may be detached", async () => {
  const { run } = network(["100.79.0.0/16"]);
  const detached = await run({ action: "detach-cidr", cidr: "100.79.4.0/24", associationId: "assoc-1" });
  expect(detached).toEqual({ status: "done" });
});

test("a drawn CIDR is used when it is associated", async () => {
  const { ec2, run } = network();
  const { vpcCidrs } = ec2;
  ec2.vpcCidrs = async () => (await vpcCidrs()).map((block) => ({ ...block, state: "associating" }));
  expect(await run({ action: "attach-shared", netmaskLength: 24 })).toEqual({
    status: "postponed",
    message: "assoc-100.80.0.0/24 is not associated yet",
  });
});

test("CIDRs of the shared pool are detached; those of the network stack are not", async () => {
  const { ec2, run } = network();
  const detach = (cidr: string) => run({ action: "detach-cidr", cidr, associationId: "assoc-1" });
  expect(await detach("100.64.0.0/16")).toMatchObject({ status: "postponed" });
  expect(ec2.calls).toEqual([]);
  expect(await detach("100.80.4.0/24")).toEqual({ status: "done" });
  expect(ec2.calls).toEqual(["disassociateVpcCidr"]);
});
