import { TerraformElement } from "cdktf";
import { type BlueprintStack } from "@cluster-ipam/blueprint-core";
import { clusterStack, networkStack } from "../fixture";

// Ids become Terraform addresses: another id replaces the resource.
const ids = (stack: BlueprintStack, ofType: string) =>
  stack.node
    .findAll()
    .filter((node): node is TerraformElement => TerraformElement.isTerraformElement(node))
    .map((element) => element.node.path.replace(`${stack.node.id}/`, ""))
    .filter((path) => path.startsWith(ofType));

test("the network's resources keep their ids", () => {
  const stack = networkStack({
    extraSubnets: [{ name: "gpu", nodes: "10.66.64.0/24", pods: "10.66.128.0/18" }],
  });

  expect(ids(stack, "network/").filter((path) => !path.includes("/fence-"))).toEqual([
    "network/network",
    "network/ranges/layout",
    "network/ranges/nodes",
    "network/ranges/pods",
    "network/ranges/growth",
    "network/subnetwork",
    "network/subnetwork-gpu",
    "network/nat/router",
    "network/nat/nat",
    "network/internal",
  ]);
});

test("the cluster's resources keep their ids", () => {
  const stack = clusterStack({
    nodePools: [{ name: "general", machineType: "n2-standard-8", size: { min: 3, max: 60 } }],
  });

  expect(ids(stack, "")).toEqual(
    expect.arrayContaining([
      "cluster/nodes/account",
      "cluster/nodes/node",
      "cluster/nodes/images",
      "cluster/attachment",
      "cluster/cluster",
      "pool-general/pool",
    ]),
  );
});
