import { type AddressNode, addressesOf } from "../../src/read/address-report";
import { ADDRESSES } from "../example-plan";

const all = (nodes: readonly AddressNode[]): AddressNode[] =>
  nodes.flatMap((node) => [node, ...all(node.children)]);

test("a block and what is free in it belong to the environment it is cut for", () => {
  const environments = new Map(all(ADDRESSES.tree).map(({ key, environment }) => [key, environment]));
  expect(environments.get("aws/eu-central-1/prod/eks/prod-payments")).toBe("prod");
  expect(environments.get("aws/eu-central-1/prod-pods")).toBe("prod");
  expect(environments.get("aws/eu-central-1")).toBeUndefined();
  const freeInProd = all(ADDRESSES.tree).find(
    ({ key, kind }) => kind === "free" && key.startsWith("aws/eu-central-1/prod/"),
  );
  expect(freeInProd?.environment).toBe("prod");
});

test("an environment sees its blocks and what they are cut from, and nobody else's", () => {
  const { tree, clusters } = addressesOf(ADDRESSES, ["prod"]);
  expect(tree.map(({ cidr }) => cidr)).toEqual(["10.0.0.0/8", "100.64.0.0/10"]);
  expect(tree[0]?.children.map(({ owner }) => owner)).toEqual(["aws eu-central-1"]);
  expect(new Set(all(tree).map(({ environment }) => environment))).toEqual(new Set([undefined, "prod"]));
  expect(clusters.map(({ name }) => name)).toEqual(["prod-payments"]);
});

test("an environment without addresses sees nothing of the others", () => {
  expect(addressesOf(ADDRESSES, ["staging"])).toEqual({ tree: [], clusters: [] });
});

test("the network owns the whole plan, and no choice is all", () => {
  expect(addressesOf(ADDRESSES, ["dev", "network"])).toBe(ADDRESSES);
  expect(addressesOf(ADDRESSES, [])).toBe(ADDRESSES);
});
