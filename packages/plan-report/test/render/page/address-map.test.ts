import { addressMap, type MapBlock } from "../../../src/render/page/address-map";
import { type AddressNode } from "../../../src/read/address-report";
import { addressesOfChange, baseOf, eks, gke, planned, reviewOf } from "../../example-change";

const all = (blocks: readonly MapBlock[]): MapBlock[] =>
  blocks.flatMap((block) => [block, ...all(block.children)]);
const leaf = (cidr: string, kind: AddressNode["kind"]): AddressNode => ({
  ...{ key: cidr, cidr, kind, owner: kind, children: [] },
});

test("adjacent free blocks are merged", () => {
  const parts = [leaf("10.0.0.0/24", "subnet"), leaf("10.0.1.0/24", "free"), leaf("10.0.2.0/23", "free")];
  const [root] = addressMap([{ ...leaf("10.0.0.0/22", "cluster"), children: parts }], []);
  expect(root?.children.map(({ label }) => label)).toEqual(["10.0.0.0/24", "10.0.1.0 – 10.0.3.255"]);
});

test("any number of siblings is grouped, and none is lost", () => {
  const children = Array.from({ length: 3000 }, (_, at) => leaf(`10.${at >> 8}.${at & 255}.0/24`, "cluster"));
  const roots = addressMap([{ ...leaf("10.0.0.0/8", "pool"), children }], []);
  const blocks = all(roots);
  expect(Math.max(...blocks.map((block) => block.children.length))).toBeLessThanOrEqual(24);
  expect(blocks.filter(({ kind }) => kind === "cluster")).toHaveLength(3000);
});

test("marks blocks that the address plan or the Terraform plan changes", () => {
  const [before, after] = addressesOfChange(
    { shop: eks(), old: gke("prod") },
    { shop: eks(), search: gke("prod") },
  );
  const shop = all(addressMap(after.tree, [])).find(({ owner }) => owner === "shop VPC");
  const gone = planned("aws_vpc.main", { cidr_block: shop?.label }, { actions: ["delete", "create"] });
  const review = reviewOf({ network: [gone] }, after, { base: baseOf(before) });

  const marks = all(addressMap(after.tree, [review])).flatMap(({ mark, owner }) =>
    mark ? `${mark} ${owner}` : [],
  );
  expect(new Set(marks)).toEqual(
    new Set([
      "replaced shop VPC",
      ...["nodes", "pods", "growth", "control-plane"].flatMap((block) => [
        ...[`added search ${block}`, `retired old ${block}`],
      ]),
    ]),
  );
  const block = all(addressMap(after.tree, [review])).find(({ owner }) => owner === "shop VPC");
  expect(block?.plan).toEqual(["replace aws_vpc.main in network"]);
});

test("tells blocks that are draining or retired, and where freed ones were", () => {
  const [before, after] = addressesOfChange({ shop: eks(), old: gke("prod") }, { shop: eks() });
  const states = all(addressMap(after.tree, [])).filter(({ state }) => state === "retired");
  expect(states.map(({ owner }) => owner)).toEqual(
    expect.arrayContaining(["old nodes", "old pods", "old growth"]) as string[],
  );
  const [, fresh] = addressesOfChange({}, { shop: eks() });
  const freed = all(addressMap(fresh.tree, [reviewOf({}, fresh, { base: baseOf(before) })]));
  expect(freed.filter(({ mark }) => mark === "freed").map(({ kind }) => kind)).toContain("free");
});

test("without a base nothing is marked as new", () => {
  const [, after] = addressesOfChange({}, { shop: eks() });
  expect(all(addressMap(after.tree, [reviewOf({}, after)])).filter(({ mark }) => mark)).toEqual([]);
});
