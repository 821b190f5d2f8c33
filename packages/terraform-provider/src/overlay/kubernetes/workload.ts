import { combine, each, paths, type TypeOverlay, under } from "../../schema/overlay";
import { metadata } from "./metadata";
import { podTemplate } from "./pod-template";

const ROLLING_UPDATE = "spec.strategy.rolling_update.max_surge spec.strategy.rolling_update.max_unavailable";
/** Before version 1, `resources` had lists of one block each. */
const RESOURCES_OF_LISTS = { "0": "pod-resources" };

/** Facts about workloads. */
export const workload: Readonly<Record<string, TypeOverlay>> = {
  kubernetes_daemon_set_v1: combine(
    metadata,
    {
      version: 1,
      upgrades: RESOURCES_OF_LISTS,
      computed: ["metadata.name", "spec.strategy", "spec.strategy.rolling_update"],
      forceNew: ["metadata.generate_name", "metadata.name", "metadata.namespace", "spec.selector"],
      defaults: {
        wait_for_rollout: true,
        "metadata.namespace": "default",
        "spec.min_ready_seconds": 0,
        "spec.revision_history_limit": 10,
        "spec.strategy.type": "RollingUpdate",
        "spec.strategy.rolling_update.max_surge": "0",
        "spec.strategy.rolling_update.max_unavailable": "1",
      },
      checks: {
        oneOf: {
          "spec.strategy.type": ["RollingUpdate", "OnDelete"],
          "spec.template.spec.restart_policy": ["Always", "OnFailure", "Never"],
        },
        matches: each(ROLLING_UPDATE, "^(0|[1-9][0-9]*|[1-9][0-9]?%|100%)$"),
      },
    },
    under("spec.template", podTemplate),
  ),
  kubernetes_deployment_v1: combine(
    metadata,
    {
      version: 1,
      upgrades: RESOURCES_OF_LISTS,
      computed: ["metadata.name", "spec.replicas", "spec.strategy", "spec.strategy.rolling_update"],
      forceNew: paths(`
    metadata.generate_name metadata.name metadata.namespace spec.selector spec.selector.match_labels
    spec.selector.match_expressions spec.selector.match_expressions.key
    spec.selector.match_expressions.operator spec.selector.match_expressions.values
  `),
      defaults: {
        wait_for_rollout: true,
        "metadata.namespace": "default",
        "spec.min_ready_seconds": 0,
        "spec.paused": false,
        "spec.progress_deadline_seconds": 600,
        "spec.revision_history_limit": 10,
        "spec.strategy.type": "RollingUpdate",
        "spec.strategy.rolling_update.max_surge": "25%",
        "spec.strategy.rolling_update.max_unavailable": "25%",
      },
      checks: {
        oneOf: {
          "spec.strategy.type": ["RollingUpdate", "Recreate"],
          "spec.template.spec.restart_policy": ["Always"],
        },
        matches: each(ROLLING_UPDATE, "^([0-9]+|[0-9]+%|)$"),
        forms: { "spec.replicas": "whole-number-text" },
      },
    },
    under("spec.template", podTemplate),
  ),
};
