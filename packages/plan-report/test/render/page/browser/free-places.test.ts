import fc from "fast-check";
import { contains, ipv4Range } from "../../../../src/read/ipv4-range";
import { addressMap } from "../../../../src/render/page/address-map";
import { blockTree } from "../../../../src/render/page/browser/block";
import { freePlaces } from "../../../../src/render/page/browser/free-places";
import { fleetPlan } from "../../../fleet";
import { exampleTree } from "./example-tree";

const places = (length: number) =>
  freePlaces(exampleTree(), length).map(({ pool, count, first }) => [pool.data.name, count, first]);

test("lists how often a block fits into each pool, and where first", () => {
  expect(places(12)).toEqual([
    ["example: nodes and GKE", 14, ["10.32.0.0/12", "10.48.0.0/12", "10.64.0.0/12"]],
  ]);
  expect(places(13)).toEqual([
    ["example: nodes and GKE", 28, ["10.32.0.0/13", "10.40.0.0/13", "10.48.0.0/13"]],
    ["aws eu-central-1", 1, ["10.24.0.0/13"]],
    ["example: pods of EKS", 1, ["100.72.0.0/13"]],
  ]);
  expect(places(4)).toEqual([]);
});

test("every place is inside free space of its pool", () => {
  const { addresses } = fleetPlan(0, 30);
  const root = blockTree(addressMap(addresses.tree, []));
  fc.assert(
    fc.property(fc.integer({ min: 8, max: 28 }), (length) => {
      for (const { pool, first } of freePlaces(root, length))
        for (const cidr of first) {
          const range = ipv4Range(cidr);
          const free = (pool.children ?? []).filter(({ data }) => data.kind === "free");
          expect(range !== undefined && free.some(({ data }) => contains(data, range))).toBe(true);
        }
    }),
  );
});
