import { BlueprintApp } from "@cluster-ipam/blueprint-core";
import { GkeClusterStack, GkeNetworkStack, GkeSystemStack } from "../../src";
import { project, search } from "../fixture";

test("a network is deployed before its cluster, and a cluster before its system stack", () => {
  const app = new BlueprintApp({ backend: { type: "local" } });
  const network = new GkeNetworkStack(app, "network", {
    addresses: search,
    project,
    ipam: { mode: "planned" },
  });
  const cluster = new GkeClusterStack(app, "cluster", { network: network.contract });
  const system = new GkeSystemStack(app, "system", { contract: cluster.contract });

  expect(cluster.dependencies).toEqual([network]);
  expect(system.dependencies).toEqual([cluster]);
});
