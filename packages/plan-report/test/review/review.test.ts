import { addressChanges } from "../../src/review/address-change";
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
  const old = space(network("10.0.0.0/24", "10.0.0.0/26"));

  test("a moved network and its subnets are one change", () => {
    expect(addressChanges(old, space(network("10.0.4.0/24", "10.0.4.0/26")))).toEqual([
      {
        ...{ kind: "moved", key: "p/shop", from: "10.0.0.0/24", cidr: "10.0.4.0/24" },
        ...{ block: "cluster", owner: "shop VPC", subnets: 1 },
      },
    ]);
  });

  test("a subnet that moves alone is a change of its own", () => {
    expect(addressChanges(old, space(network("10.0.0.0/24", "10.0.0.64/26")))).toMatchObject([
      { kind: "moved", key: "p/shop/nodes/a", from: "10.0.0.0/26", cidr: "10.0.0.64/26", subnets: 0 },
    ]);
  });

  test("an unchanged plan has no changes, and spaces are never listed", () => {
    expect(addressChanges(old, old)).toEqual([]);
    expect(addressChanges(undefined, old).map(({ kind, key }) => [kind, key])).toEqual([
      ["allocated", "p/shop"],
    ]);
    expect(addressChanges(old, space()).map(({ kind, key }) => [kind, key])).toEqual([["freed", "p/shop"]]);
  });
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
