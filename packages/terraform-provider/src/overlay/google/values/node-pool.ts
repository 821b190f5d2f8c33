import { type TypeOverlay } from "../../../schema/overlay";

/** Values that GKE node pools accept, and spellings that mean the same. */
export const nodePoolValues: TypeOverlay = {
  checks: {
    between: {
      "autoscaling.min_node_count": [0, null],
      "autoscaling.max_node_count": [0, null],
      "autoscaling.total_min_node_count": [0, null],
      "autoscaling.total_max_node_count": [0, null],
      "upgrade_settings.max_surge": [0, null],
      "upgrade_settings.max_unavailable": [0, null],
      "upgrade_settings.blue_green_settings.standard_rollout_policy.batch_percentage": [0, 1],
      node_count: [0, null],
    },
    oneOf: {
      "autoscaling.location_policy": ["BALANCED", "ANY"],
      "upgrade_settings.strategy": ["SURGE", "BLUE_GREEN"],
    },
    length: {
      name_prefix: [null, 31],
    },
  },
  suppress: {
    "network_config.pod_ipv4_cidr_block": "cidr-or-size",
    "network_config.subnetwork": "self-link",
  },
};
