import { addressMap } from "../../../src/render/page/address-map";
import { type MapBlock, packMap, unpackMap } from "../../../src/render/page/map-document";
import { type AddressNode } from "../../../src/read/address-report";
import { addressesOfChange, baseOf, eks, gke, planned, reviewOf } from "../../example-change";
import { fleetPlan } from "../../fleet";

const all = (blocks: readonly MapBlock[]): MapBlock[] =>
  blocks.flatMap((block) => [block, ...all(block.children)]);
const named = (blocks: readonly MapBlock[], name: string) => all(blocks).find((block) => block.name === name);

test("a packed map is small, and unpacking gives it back", () => {
  const { addresses } = fleetPlan(0, 60);
  const map = addressMap(addresses.tree, []);
  const packed = JSON.stringify(packMap(map));
  expect(unpackMap(JSON.parse(packed) as ReturnType<typeof packMap>)).toEqual(map);
  expect(packed.length / all(map.blocks).length).toBeLessThan(60);
});

test("marks blocks that the address plan or the Terraform plan changes", () => {
  const [before, after] = addressesOfChange(
    { shop: eks(), old: gke("prod") },
    { shop: eks(), search: gke("prod") },
  );
  const shop = named(addressMap(after.tree, []).blocks, "shop VPC");
  const gone = planned("aws_vpc.main", { cidr_block: shop?.cidr }, { actions: ["delete", "create"] });
  const review = reviewOf({ network: [gone] }, after, { base: baseOf(before) });

  const { blocks } = addressMap(after.tree, [review]);
  const marks = all(blocks).flatMap(({ mark, name }) => (mark ? `${mark} ${name}` : []));
  expect(new Set(marks)).toEqual(
    new Set([
      "replaced shop VPC",
      ...["nodes", "pods", "growth", "control-plane"].flatMap((block) => [
        ...[`added search ${block}`, `retired old ${block}`],
      ]),
    ]),
  );
  expect(named(blocks, "shop VPC")?.plan).toEqual(["replace aws_vpc.main in network"]);
});

test("tells blocks that are draining or retired, and where freed ones were", () => {
  const [before, after] = addressesOfChange({ shop: eks(), old: gke("prod") }, { shop: eks() });
  const retired = all(addressMap(after.tree, []).blocks).filter(({ state }) => state === "retired");
  expect(retired.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["old nodes", "old pods", "old growth"]) as string[],
  );
  const [, fresh] = addressesOfChange({}, { shop: eks() });
  const { gone } = addressMap(fresh.tree, [reviewOf({}, fresh, { base: baseOf(before) })]);
  expect(gone.map(({ mark, name }) => `${mark} ${name}`)).toEqual(
    expect.arrayContaining(["freed old nodes", "freed old pods", "freed old growth"]) as string[],
  );
});

test("says from where to where a block moves", () => {
  const [, after] = addressesOfChange({}, { shop: eks() });
  const base = baseOf(after);
  const shop = named(addressMap(after.tree, []).blocks, "shop VPC") as MapBlock;
  const allocations = (base.lock?.allocations ?? []).map((entry) =>
    entry.key === shop.key ? { ...entry, cidr: "10.63.0.0/24" } : entry,
  );
  const map = addressMap(after.tree, [reviewOf({}, after, { base: { ...base, lock: { allocations } } })]);
  expect(named(map.blocks, "shop VPC")).toMatchObject({ mark: "moved", from: "10.63.0.0/24" });
  expect(map.gone).toEqual([{ key: shop.key, cidr: "10.63.0.0/24", name: "shop VPC", mark: "moved" }]);
});

test("knows accounts and ids from the plans, and use from those who looked; what surrounds a block is not repeated", () => {
  const [, after] = addressesOfChange({}, { shop: eks() });
  const shop = named(addressMap(after.tree, []).blocks, "shop VPC") as MapBlock;
  const nodes = shop.children[0] as MapBlock;
  const deployed = { owner_id: "333333333333", vpc_id: "vpc-0aaa" };
  const kept = (address: string, cidr: string, id: string) =>
    planned(
      address,
      { ...deployed, id, cidr_block: cidr },
      { actions: ["no-op"], before: { ...deployed, id } },
    );
  const resources = [
    kept("aws_vpc.a", shop.cidr, "vpc-0aaa"),
    kept("aws_subnet.a", nodes.cidr, "subnet-0bbb"),
  ];
  const use = new Map([[nodes.cidr, { used: 12, date: "2026-11-28" }]]);
  const map = addressMap(after.tree, [reviewOf({ network: resources }, after)], use);
  expect(named(map.blocks, "shop VPC")).toMatchObject({ account: "333333333333", ids: ["vpc-0aaa"] });
  expect(named(map.blocks, nodes.name)).toMatchObject({ ids: ["subnet-0bbb"], use: { used: 12 } });
  expect(named(map.blocks, nodes.name)).not.toHaveProperty("account");
});

test("without a base nothing is marked as new", () => {
  const [, after] = addressesOfChange({}, { shop: eks() });
  const map = addressMap(after.tree, [reviewOf({}, after)]);
  expect(all(map.blocks).filter(({ mark }) => mark)).toEqual([]);
  expect(map.gone).toEqual([]);
});

test("a block without an IPv4 CIDR is an error that names it", () => {
  const odd: AddressNode = { key: "primary", cidr: "fd00::/8", kind: "pool", owner: "odd", children: [] };
  expect(() => addressMap([odd], [])).toThrow("primary: fd00::/8 is not an IPv4 CIDR");
});
