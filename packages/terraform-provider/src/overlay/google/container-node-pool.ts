import { combine, type TypeOverlay, under } from "../../schema/overlay";
import { nodeConfig } from "./node-config";
import { nodePool } from "./node-pool";
import { nodeValues } from "./values/node";

/** Facts about GKE node pools. */
export const containerNodePool: Readonly<Record<string, TypeOverlay>> = {
  google_container_node_pool: combine(
    nodePool,
    {
      version: 1,
      computed: ["location", "project"],
      forceNew: ["cluster", "location", "project"],
      added: { deletion_policy: { type: "string", optional: true, computed: true, since: "7.33.0" } },
    },
    under("node_config", combine(nodeConfig, nodeValues)),
  ),
};
