import { BlockEnvironments, reviewerOf } from "../../src/read/block-environment";

test("the environment of a block is in its key, whatever its space is called", () => {
  const environments = new BlockEnvironments([
    "aws/eu-central-1/dev/eks",
    "aws/eu-central-1/dev-eu/eks-overlay",
    "aws/eu-central-1/prod-1/eks/shop",
  ]);
  expect(
    [
      "aws/eu-central-1/dev",
      "aws/eu-central-1/dev-pods#2",
      "aws/eu-central-1/dev-eu-overlay",
      "aws/eu-central-1/dev-eu/eks#2",
      "google/europe-west3/prod-1/gke/shop/pods#3",
      "aws/eu-central-1/lab",
    ].map((key) => environments.of(key)),
  ).toEqual(["dev", "dev", "dev-eu", "dev-eu", "prod-1", "lab"]);
  expect(environments.of("aws/eu-central-1-pods")).toBeUndefined();
});

test("the network reviews what no app does", () => {
  const apps = ["network", "dev"];
  expect(["dev", "gone", undefined].map((name) => reviewerOf(name, apps))).toEqual([
    "dev",
    "network",
    "network",
  ]);
  expect([undefined, "gone"].map((name) => reviewerOf(name, ["dev", "prod"]))).toEqual(["dev", "dev"]);
});
