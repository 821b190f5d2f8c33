import { addressChanges, CHANGE_KINDS } from "../../src/review/address-change";
import { type AddressNode } from "../../src/read/address-report";
import { clusterChanges } from "../../src/review/cluster-change";
import { poolChanges } from "../../src/review/pool-change";
import { addressesOfChange, baseOf, eks, gke, reviewOf } from "../example-change";

const block = (
  key: string,
  cidr: string,
  kind: AddressNode["kind"],
  children: AddressNode[] = [],
): AddressNode => ({
  ...{ key, cidr, kind, children, owner: key.split("/").at(-1) ?? key, environment: "prod" },
});
const space = (...children: AddressNode[]) => [block("primary", "10.0.0.0/8", "pool", children)];
const network = (cidr: string, subnet: string) =>
  block("p/shop", cidr, "cluster", [block("p/shop/nodes/a", subnet, "subnet")]);

describe("address changes", () => {
  const vpc = { key: "p/shop", cidr: "10.0.0.0/24" };
  const tree = space(network("10.0.0.0/24", "10.0.0.0/26"));

  test("a network and its subnets are one change", () => {
    const moved = { kind: "moved", ...vpc, from: "10.0.4.0/24" } as const;
    expect(addressChanges([moved], { after: tree })).toEqual([
      { ...moved, block: "cluster", owner: "shop VPC", subnets: 1 },
    ]);
    expect(addressChanges([{ ...moved, kind: "widened" }], { after: tree })).toMatchObject([{ subnets: 0 }]);
  });

  test("a new, freed or retired pool is followed by the clusters inside that change with it", () => {
    const pool = (...children: AddressNode[]) => space(block("p", "10.0.0.0/16", "pool", children));
    const other = block("p/lab", "10.0.9.0/24", "cluster");
    const retired = { ...network("10.0.0.0/24", "10.0.0.0/26"), state: "retired" as const };
    const keys = (...input: Parameters<typeof addressChanges>) =>
      addressChanges(...input).map(({ kind, key }) => `${kind} ${key}`);
    const of = (kind: "added" | "freed" | "retired") => [{ kind, key: "p", cidr: "10.0.0.0/16" }];

    expect(keys(of("added"), { before: space(other), after: pool(retired, other) })).toEqual([
      ...["added p", "added p/shop"],
    ]);
    expect(keys(of("freed"), { before: pool(retired, other), after: space(other) })).toEqual([
      ...["freed p", "freed p/shop"],
    ]);
    expect(keys(of("retired"), { before: pool(other), after: pool(retired, other) })).toEqual([
      ...["retired p", "retired p/shop"],
    ]);
  });

  test("what a reviewer must not miss comes first", () => {
    const differences = CHANGE_KINDS.map((kind) => ({ ...vpc, kind })).reverse();
    expect(addressChanges(differences, { after: tree }).map(({ kind }) => kind)).toEqual(CHANGE_KINDS);
  });

  test("a block that only the lock of an unreadable base plan has is named by its key", () => {
    const keys = {
      cluster: "a/r/e/eks/c#2",
      growth: "a/r/e/eks-pods/c/growth#2",
      pool: "a/r/e/eks#2",
      subnet: "a/r/e/eks/c/nodes/z",
    };
    for (const [kind, key] of Object.entries(keys))
      expect(addressChanges([{ kind: "freed", key, cidr: "10.0.0.0/24" }], { after: [] })).toMatchObject([
        { owner: key, block: kind },
      ]);
  });
});

test("spaces are never listed, and without a base every block is added", () => {
  const [, after] = addressesOfChange({}, { shop: eks() });
  const { changes } = reviewOf({}, after).addresses;
  expect(new Set(changes.map(({ kind }) => kind))).toEqual(new Set(["added"]));
  expect(changes.map(({ key }) => key)).toContain("aws/eu-central-1/prod/eks/shop");
  expect(changes.map(({ key }) => key)).not.toContain("primary");
  expect(reviewOf({}, after, { base: baseOf(after) }).addresses.changes).toEqual([]);
});

test("the existing block of a Region is not new for an environment's first cluster there", () => {
  const [before, after] = addressesOfChange({ lab: gke("dev") }, { lab: gke("dev"), search: gke("prod") });
  const { changes } = reviewOf({}, after, { base: baseOf(before) }).addresses;
  expect(changes.map(({ key }) => key)).not.toContain("google/europe-west3");
  expect(changes.map(({ key }) => key)).toContain("google/europe-west3/prod");
  expect(changes.filter(({ key }) => key.includes("dev"))).toEqual([]);
});

test("free space of a pool before and after", () => {
  const [before, after] = addressesOfChange({ one: eks() }, { one: eks(), two: eks() });
  const pool = poolChanges(before.tree, after.tree).find(({ key }) => key === "aws/eu-central-1/prod/eks");
  expect(pool?.before?.free).toBe(2 ** 21 - 256);
  expect(pool?.after?.free).toBe(2 ** 21 - 512);
  expect(pool?.after?.largestFree).toMatch(/\/12$/);
});

test("demand, capacity and growth space of a cluster before and after", () => {
  const [before, after] = addressesOfChange(
    { one: eks({ pods: 500 }), two: eks() },
    { one: eks({ pods: 700 }), zoo: gke("prod") },
  );
  const [one, two, zoo] = clusterChanges(before, after);
  expect(one?.before).toMatchObject({ pods: 500, growthAddresses: one?.after?.growthAddresses });
  expect(one?.after).toMatchObject({ pods: 700, maxPods: after.clusters[0]?.capacity.pods });
  expect(one?.after?.headroomPercent).toBeLessThan(one?.before?.headroomPercent ?? 0);
  expect([two?.after, zoo?.before]).toEqual([undefined, undefined]);
  expect(zoo?.after?.growth).toHaveLength(1);
});
