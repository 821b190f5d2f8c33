import { network, refusing } from "./act-fixture";

test("a CIDR is drawn from the shared pool; one that has no such block gives a smaller one", async () => {
  const { ec2, run } = network();
  ec2.sharedPool = "100.80.0.0/24";
  expect(await run({ action: "attach-shared", netmaskLength: 22 })).toEqual({ status: "done" });
  expect(ec2.vpc.map(({ cidr }) => cidr)).toContain("100.80.0.0/24");
  await expect(run({ action: "attach-shared", netmaskLength: 22 })).rejects.toThrow("InvalidParameterValue");
});

test("while a part of the shared pool drains, the CIDR is chosen outside it, where IPAM has nothing", async () => {
  const { ec2, run } = network({ drainCidrs: ["100.79.0.0/16"] });
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
  const { run } = network({ drainCidrs: ["100.79.0.0/16"] });
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

test("a CIDR of the cluster's own pool is attached once, whoever was first", async () => {
  const { ec2, run } = network();
  const cidr = "100.66.0.0/18";
  const pools: string[] = [];
  const { associateVpcCidr } = ec2;
  ec2.associateVpcCidr = async (vpcId, request, pool) => {
    pools.push(pool);
    return associateVpcCidr(vpcId, request, pool);
  };
  expect(await run({ action: "attach-cidr", cidr })).toEqual({ status: "done" });
  expect([ec2.vpc.map((block) => block.cidr), pools]).toEqual([
    ["100.64.0.0/16", cidr],
    ["ipam-pool-growth"],
  ]);
  expect(await run({ action: "attach-cidr", cidr })).toEqual({ status: "done" });
  ec2.vpc = [{ associationId: "assoc-2", cidr, state: "associating" }];
  expect(await run({ action: "attach-cidr", cidr })).toEqual({ status: "done" });
  expect(pools).toHaveLength(1);
  for (const state of ["disassociating", "disassociated"]) {
    ec2.vpc = [{ associationId: "assoc-2", cidr, state }];
    expect(await run({ action: "attach-cidr", cidr })).toEqual({ status: "done" });
  }
  expect(pools).toHaveLength(3);
});

test("a CIDR that is attached although the call failed is attached; otherwise the failure counts", async () => {
  const { ec2, run } = network();
  const { associateVpcCidr } = ec2;
  ec2.associateVpcCidr = async (...request) => {
    await associateVpcCidr(...request);
    return refusing("AssociateVpcCidrBlock", "NetworkError")();
  };
  expect(await run({ action: "attach-cidr", cidr: "100.66.0.0/18" })).toEqual({ status: "done" });
  ec2.associateVpcCidr = refusing("AssociateVpcCidrBlock", "CidrLimitExceeded");
  await expect(run({ action: "attach-cidr", cidr: "100.66.64.0/18" })).rejects.toThrow("CidrLimitExceeded");
});

test.each([
  ["DependencyViolation", { status: "postponed" }],
  ["InvalidCidrBlock.InUse", { status: "postponed" }],
  ["InvalidVpcCidrBlockAssociationID.NotFound", { status: "done" }],
  ["UnauthorizedOperation", undefined],
  ["NotInvalidCidrBlock.InUse", undefined],
])("EC2 may refuse to detach a CIDR: %s", async (code, result) => {
  const { ec2, run } = network();
  ec2.disassociateVpcCidr = refusing("DisassociateVpcCidrBlock", code);
  const ended = run({ action: "detach-cidr", cidr: "100.66.0.0/18", associationId: "assoc-2" });
  if (result === undefined) await expect(ended).rejects.toThrow(code);
  else expect(await ended).toMatchObject(result);
});

test("EC2 is asked six times whether a drawn CIDR is associated", async () => {
  const { ec2, run, slept } = network();
  const { vpcCidrs } = ec2;
  let reads = 0;
  const associatedFrom = (read: number) => {
    reads = 0;
    ec2.vpcCidrs = async () => {
      const blocks = await vpcCidrs();
      if (++reads < 2) return blocks.slice(0, 1);
      return blocks.map((block, index) =>
        reads < read && index > 0 ? { ...block, state: "associating" } : block,
      );
    };
  };
  associatedFrom(6);
  expect(await run({ action: "attach-shared", netmaskLength: 24 })).toEqual({ status: "done" });
  expect([reads, slept()]).toEqual([6, 5]);
  associatedFrom(7);
  expect(await run({ action: "attach-shared", netmaskLength: 24 })).toMatchObject({ status: "postponed" });
});
