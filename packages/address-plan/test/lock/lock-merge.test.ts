import { type AddressLock, type LockEntry } from "../../src";
import { EMPTY_LOCK } from "../../src/lock/address-lock";
import { mergeLocks } from "../../src/lock/lock-merge";

const key = "aws/eu-west-1/dev/eks-pods/dev-apps/growth";
const block: LockEntry = { key, cidr: "100.80.4.0/22", demand: "/22" };
const retired: LockEntry = { ...block, state: "retired" };
const receipt = { key, cidr: block.cidr, proof: "dev-apps-network 3f0c2a1b:7" };
const lock = (allocations: readonly LockEntry[], freed: AddressLock["freed"] = []): AddressLock => ({
  ...EMPTY_LOCK,
  spaces: [{ space: "pods", cidr: "100.64.0.0/10" }],
  allocations,
  freed,
});

test.each([
  ["was leaving before: it is freed", retired, lock([retired]), []],
  ["is in use: it may be deployed", block, lock([block]), [block]],
  ["retired meanwhile: it may be deployed", retired, lock([block]), [retired]],
  ["came back after an earlier receipt", retired, lock([retired], [receipt]), [retired]],
])("a branch frees a block that on main %s", (_, onMain, base, expected) => {
  const merged = mergeLocks(lock([onMain]), lock([], [receipt]), base);
  expect(merged.allocations).toEqual(expected);
});

test("a block that main freed is gone, even if a branch still has it in use", () => {
  expect(mergeLocks(lock([], [receipt]), lock([block]), lock([block])).allocations).toEqual([]);
});

test("only a primary range of GKE is widened, and only into space that main did not use", () => {
  const nodes = (cidr: string): LockEntry => ({
    ...{ key: "google/europe-west3/dev/gke/dev-search/nodes", cidr, demand: "/27" },
  });
  const beside: LockEntry = {
    ...nodes("10.0.0.32/28"),
    key: "google/europe-west3/dev/gke/dev-web/control-plane",
  };
  const merge = (...[main, branch]: LockEntry[][]) =>
    mergeLocks({ ...lock(main!), spaces: [] }, { ...lock(branch!), spaces: [] }).allocations;
  expect(merge([nodes("10.0.0.0/27")], [nodes("10.0.0.0/26")])).toEqual([nodes("10.0.0.0/26")]);
  expect(merge([nodes("10.0.0.0/27"), beside], [nodes("10.0.0.0/26")])).toEqual([
    nodes("10.0.0.0/27"),
    beside,
  ]);
  expect(mergeLocks(lock([block]), lock([{ ...block, cidr: "100.80.0.0/21" }])).allocations).toEqual([block]);
});

test("of overlapping CIDRs of spaces, the rest of the second one joins", () => {
  const spaces = (...cidrs: string[]) => ({
    ...EMPTY_LOCK,
    spaces: cidrs.map((cidr) => ({ space: "pods", cidr })),
  });
  expect(mergeLocks(spaces("10.128.0.0/10"), spaces("10.128.0.0/9"))).toEqual(
    spaces("10.128.0.0/10", "10.192.0.0/10"),
  );
});

describe("a cluster that a branch knows by its new name", () => {
  const renamed = [{ cluster: "dev-apps", createdAs: "dev-shop" }];
  const known: AddressLock = { ...lock([block]), renamed };

  test("keeps it if main did not rename it", () => {
    const main = lock([{ ...block, key: key.replace("dev-apps", "dev-shop") }]);
    expect(mergeLocks(main, known, main)).toEqual(known);
  });

  test.each([
    ["came back on main, where it was created anew", lock([block]), known],
    ["came back on main, and nothing is known of the ancestor", lock([block]), undefined],
    ["was freed on main", lock([], [receipt]), known],
  ])("was not created as another if it %s", (_, main, base) => {
    expect(mergeLocks(main, known, base)).toEqual(main);
  });
});
