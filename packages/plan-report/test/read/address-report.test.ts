import { type AddressNode, selectEnvironments } from "../../src/read/address-report";
import { ADDRESSES } from "../example-plan";

const all = (nodes: readonly AddressNode[]): AddressNode[] =>
  nodes.flatMap((node) => [node, ...all(node.children)]);

test("a block and its free space belong to the environment they are allocated to", () => {
  const environments = new Map(all(ADDRESSES.tree).map(({ key, environment }) => [key, environment]));
  expect(environments.get("aws/eu-central-1/prod/eks/prod-payments")).toBe("prod");
  expect(environments.get("aws/eu-central-1/prod-pods")).toBe("prod");
  expect(environments.get("aws/eu-central-1")).toBeUndefined();
  const freeInProd = all(ADDRESSES.tree).find(
    ({ key, kind }) => kind === "free" && key.startsWith("aws/eu-central-1/prod/"),
  );
  expect(freeInProd?.environment).toBe("prod");
});

test("selecting an environment keeps its blocks and the spaces around them, and no others", () => {
  const { tree, clusters } = selectEnvironments(ADDRESSES, ["prod"]);
  expect(tree.map(({ cidr }) => cidr)).toEqual(["10.0.0.0/8", "100.64.0.0/10"]);
  expect(tree[0]?.children.map(({ owner }) => owner)).toEqual(["aws eu-central-1"]);
  expect(new Set(all(tree).map(({ environment }) => environment))).toEqual(new Set([undefined, "prod"]));
  expect(clusters.map(({ name }) => name)).toEqual(["prod-payments"]);
});

test("an environment without addresses has an empty report", () => {
  expect(selectEnvironments(ADDRESSES, ["staging"])).toEqual({ tree: [], clusters: [] });
});

test("selecting the network, or nothing, keeps the whole plan", () => {
  expect(selectEnvironments(ADDRESSES, ["dev", "network"])).toBe(ADDRESSES);
  expect(selectEnvironments(ADDRESSES, [])).toBe(ADDRESSES);
});
