import { combine, paths, type TypeOverlay, under } from "../../schema/overlay";
import { podTemplate } from "./pod-template";

/** Facts about workloads. */
export const workload: Readonly<Record<string, TypeOverlay>> = {
  kubernetes_daemon_set_v1: combine(
    {
      computed: ["metadata.name", "spec.strategy", "spec.strategy.rolling_update"],
      forceNew: ["metadata.generate_name", "metadata.name", "metadata.namespace", "spec.selector"],
      defaults: {
        wait_for_rollout: true,
        "metadata.namespace": "default",
        "spec.min_ready_seconds": 0,
        "spec.revision_history_limit": 10,
        "spec.strategy.type": "RollingUpdate",
        "spec.strategy.rolling_update.max_surge": 0,
        "spec.strategy.rolling_update.max_unavailable": 1,
      },
    },
    under("spec.template", podTemplate),
  ),
  kubernetes_deployment_v1: combine(
    {
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
    },
    under("spec.template", podTemplate),
  ),
};
