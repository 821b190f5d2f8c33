import { search, placeOf } from "../../../../src/render/page/browser/search";
import { exampleTree } from "./example-tree";

const root = exampleTree();
const names = (question: string) => search(root, question).matches.map(({ data }) => data.name);

test.each([
  [
    "10.16.0.77",
    "10.16.0.77 belongs to prod-payments VPC nodes eu-central-1a, 10.16.0.0/24, in 333333333333.",
  ],
  [
    "who owns 10.16.0.77?",
    "10.16.0.77 belongs to prod-payments VPC nodes eu-central-1a, 10.16.0.0/24, in 333333333333.",
  ],
  ["10.16.1.9", "10.16.1.9 is free: prod-payments VPC has not given it to anyone."],
  ["10.1.2.3", "10.1.2.3 is reserved: on premises, 10.0.0.0/12."],
  [
    "10.16.0.0/22",
    "10.16.0.0/22 is in the pool aws eu-central-1, 10.16.0.0/12, of which parts have been given away.",
  ],
  ["192.0.2.1", "192.0.2.1 is in none of this plan's spaces."],
])("answers %s", (question, sentence) => {
  expect(search(root, question).sentence).toBe(sentence);
});

test("a CIDR finds its block and what is inside it", () => {
  expect(names("10.16.0.0/23")).toEqual(["prod-payments VPC", "nodes eu-central-1a"]);
});

test("finds clusters, accounts, ids and keys, the best match first", () => {
  expect(names("prod-pay")[0]).toBe("prod-payments VPC");
  expect(names("333333333333")).toEqual(["prod-payments VPC"]);
  expect(names("111111111111")).toEqual(["aws eu-central-1"]);
  expect(names("vpc-0aaa")).toEqual(["prod-payments VPC"]);
  expect(names("aws/eu-central-1/prod/eks/prod-payments/nodes/eu-central-1a")).toEqual([
    "nodes eu-central-1a",
  ]);
  expect(names("payments nodes 1a")).toEqual(["nodes eu-central-1a"]);
  expect(names("no such thing")).toEqual([]);
  expect(search(root, " ")).toEqual({ matches: [] });
});

test("says where a block is", () => {
  const [found] = search(root, "vpc-0aaa").matches;
  expect(found && placeOf(found)).toBe("example: nodes and GKE › aws eu-central-1");
});
