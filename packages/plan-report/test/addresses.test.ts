import { addressesOf } from "../src/addresses";
import { ADDRESSES } from "./addresses.fixture";

test("an environment sees its blocks and what they are cut from", () => {
  const { tree, clusters } = addressesOf(ADDRESSES, ["prod"]);
  expect(tree.map(({ cidr, children }) => [cidr, children.map((child) => child.cidr)])).toEqual([
    ["10.0.0.0/8", ["10.16.0.0/16"]],
  ]);
  expect(clusters.map(({ name }) => name)).toEqual(["prod-payments", "prod-search"]);
});

test("an environment without clusters sees nothing of the others", () => {
  expect(addressesOf(ADDRESSES, ["dev"])).toEqual({ tree: [], clusters: [] });
});

test("the network owns the whole plan, and no choice is all", () => {
  expect(addressesOf(ADDRESSES, ["dev", "network"])).toBe(ADDRESSES);
  expect(addressesOf(ADDRESSES, [])).toBe(ADDRESSES);
});
