import { type ComparedLock, compareLocks } from "../../src/lock/lock-difference";

const POOL = "aws/eu-central-1/dev/eks";
const PODS = "aws/eu-central-1/dev/eks-pods";
const VPC = { key: `${POOL}/shop`, cidr: "10.0.0.0/23" };
const NODES = { key: `${POOL}/shop/nodes/eu-central-1a`, cidr: "10.0.0.0/26" };
const GROWTH = { key: `${PODS}/shop/growth`, cidr: "100.64.0.0/18" };

const lock = (allocations: ComparedLock["allocations"], more: Partial<ComparedLock> = {}): ComparedLock => ({
  allocations: [{ key: POOL, cidr: "10.0.0.0/16" }, ...allocations],
  ...more,
});
const retired = <T extends object>(block: T) => ({ ...block, state: "retired" as const });

test("equal locks do not differ, whatever else they record", () => {
  expect(compareLocks(lock([VPC, NODES]), lock([VPC, NODES]))).toEqual([]);
});

test("a new cluster is added once per outermost block", () => {
  expect(compareLocks(lock([]), lock([VPC, NODES, GROWTH]))).toEqual([
    { kind: "added", ...GROWTH },
    { kind: "added", ...VPC },
  ]);
});

test("a wider block contains the old one; any other CIDR is a move, which blocks inside make together", () => {
  const wider = { ...GROWTH, cidr: "100.64.0.0/17" };
  const [moved, inside] = [
    { ...VPC, cidr: "10.0.4.0/23" },
    { ...NODES, cidr: "10.0.4.64/26" },
  ];
  expect(compareLocks(lock([VPC, NODES, GROWTH]), lock([moved, inside, wider]))).toEqual([
    { kind: "widened", ...wider, from: GROWTH.cidr },
    { kind: "moved", ...moved, from: VPC.cidr },
  ]);
});

test("a block that moves into a moved block from elsewhere is a move of its own", () => {
  const [moved, elsewhere] = [
    { ...VPC, cidr: "10.0.4.0/23" },
    { ...NODES, cidr: "10.0.4.0/26" },
  ];
  const before = lock([VPC, { ...NODES, cidr: "10.0.9.0/26" }]);
  expect(compareLocks(before, lock([moved, elsewhere]))).toHaveLength(2);
});

test("a smaller block is a move: part of it is no longer taken", () => {
  expect(compareLocks(lock([VPC]), lock([{ ...VPC, cidr: "10.0.0.0/24" }]))).toMatchObject([
    { kind: "moved", from: "10.0.0.0/23" },
  ]);
});

test("a block drains, retires and is restored", () => {
  const draining = { ...VPC, state: "draining" as const };
  expect(compareLocks(lock([VPC]), lock([draining]))).toEqual([
    { kind: "draining", key: VPC.key, cidr: VPC.cidr },
  ]);
  expect(compareLocks(lock([draining]), lock([retired(VPC)]))).toMatchObject([
    { kind: "retired", was: "draining" },
  ]);
  expect(compareLocks(lock([retired(VPC)]), lock([VPC]))).toMatchObject([
    { kind: "restored", was: "retired" },
  ]);
});

describe("a freed block", () => {
  const receipt = { key: VPC.key, cidr: VPC.cidr, proof: "shop-network 3f0c2a1b:12" };

  test("has a proof if it was retired and a receipt covers it", () => {
    expect(compareLocks(lock([retired(VPC), NODES]), lock([], { freed: [receipt] }))).toEqual([
      { kind: "freed", ...VPC, was: "retired", proof: receipt.proof },
    ]);
    // The receipt of the outermost block covers a block inside it.
    expect(compareLocks(lock([VPC, retired(NODES)]), lock([VPC], { freed: [receipt] }))).toMatchObject([
      { kind: "freed", key: NODES.key, proof: receipt.proof },
    ]);
  });

  test.each<[string, ComparedLock, ComparedLock]>([
    ["without a receipt", lock([retired(VPC)]), lock([])],
    ["that was in use", lock([VPC]), lock([], { freed: [receipt] })],
    [
      "with a receipt for other addresses",
      lock([retired(VPC)]),
      lock([], { freed: [{ ...receipt, cidr: "10.0.0.0/24" }] }),
    ],
    [
      "with an earlier block's receipt",
      lock([retired(VPC)], { freed: [receipt] }),
      lock([], { freed: [receipt] }),
    ],
    ["whose key changed without a rename", lock([VPC]), lock([{ ...VPC, key: `${POOL}/store` }])],
  ])("has none %s", (_, base, head) => {
    const [freed] = compareLocks(base, head);
    expect(freed).toMatchObject({ kind: "freed", key: VPC.key });
    expect(freed).not.toHaveProperty("proof");
  });
});

test("a renamed cluster has the same blocks under its new key, also when it is renamed again or back", () => {
  const named = (name: string) => ({ ...VPC, key: `${POOL}/${name}` });
  const renamed = (cluster: string) => ({ renamed: [{ cluster, createdAs: "shop" }] });
  const [first, second] = [
    lock([named("store"), { ...NODES, key: `${POOL}/store/nodes/eu-central-1a` }], renamed("store")),
    lock([named("market")], renamed("market")),
  ];
  expect(compareLocks(lock([VPC, NODES]), first)).toEqual([
    { kind: "renamed", ...named("store"), from: VPC.key },
  ]);
  expect(compareLocks(lock([named("store")], renamed("store")), second)).toEqual([
    { kind: "renamed", ...named("market"), from: `${POOL}/store` },
  ]);
  expect(compareLocks(second, lock([VPC]))).toEqual([{ kind: "renamed", ...VPC, from: `${POOL}/market` }]);
});

test("a renamed block that moves is both", () => {
  const head = lock([{ key: `${POOL}/store`, cidr: "10.0.8.0/23" }], {
    renamed: [{ cluster: "store", createdAs: "shop" }],
  });
  expect(compareLocks(lock([VPC]), head).map(({ kind, from }) => [kind, from])).toEqual([
    ["renamed", VPC.key],
    ["moved", VPC.cidr],
  ]);
});
