import { type ContainerNodePoolUpgradeSettings } from "@cdktf/provider-google/lib/container-node-pool";
import { ValidationError } from "@cluster-ipam/blueprint-core";
import { type Construct } from "constructs";
import { checkKnown } from "./known-number";

/** An upgrade that adds nodes before it removes others. */
export interface SurgeUpgrade {
  /** Nodes that an upgrade adds, at least 0. They need addresses too. @default 1 */
  readonly surgeNodes?: number;
  /** Nodes that may be missing meanwhile, at least 0; at least 1 without `surgeNodes`. @default 0 */
  readonly unavailableNodes?: number;
}

/**
 * How an upgrade replaces a pool's nodes. `blue-green` creates as many nodes as there are, moves the pods, and keeps the old
 * nodes for another hour, so the pool needs addresses for twice its nodes.
 */
export type UpgradeOptions = SurgeUpgrade | "blue-green";

/** The nodes that a pool has in addition while it is upgraded. @param maxNodes most nodes of the pool otherwise */
export function upgradeNodes(upgrade: UpgradeOptions, maxNodes: number): number {
  return upgrade === "blue-green" ? maxNodes : (upgrade.surgeNodes ?? 1);
}

/** The most nodes of a pool, if that many nodes in all have addresses. */
export function mostNodes(upgrade: UpgradeOptions, nodes: number): number {
  return upgrade === "blue-green" ? Math.floor(nodes / 2) : nodes - upgradeNodes(upgrade, nodes);
}

/** @throws ValidationError for an upgrade that could not begin */
export function upgradeSettings(where: Construct, upgrade: UpgradeOptions): ContainerNodePoolUpgradeSettings {
  if (upgrade === "blue-green")
    return {
      strategy: "BLUE_GREEN",
      // GKE's defaults: node by node, and an hour in which the old nodes can take the pods back.
      blueGreenSettings: {
        standardRolloutPolicy: { batchNodeCount: 1, batchSoakDuration: "0s" },
        nodePoolSoakDuration: "3600s",
      },
    };
  const { surgeNodes = 1, unavailableNodes = 0 } = upgrade;
  checkKnown(where, "upgrade", surgeNodes, unavailableNodes);
  const valid = [surgeNodes, unavailableNodes].every((count) => Number.isInteger(count) && count >= 0);
  if (!valid || surgeNodes + unavailableNodes < 1)
    throw new ValidationError(
      where,
      `upgrade has surgeNodes ${surgeNodes} and unavailableNodes ${unavailableNodes}, so no node could be replaced; use whole numbers, one of them at least 1`,
    );
  return { strategy: "SURGE", maxSurge: surgeNodes, maxUnavailable: unavailableNodes };
}
