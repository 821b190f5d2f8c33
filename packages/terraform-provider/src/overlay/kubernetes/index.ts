import { type ProviderOverlay } from "../../schema/overlay";
import { cluster } from "./cluster";
import { workload } from "./workload";

/** hashicorp/kubernetes 3.2. */
export const kubernetes: ProviderOverlay = {
  wholeNumbers: true,
  provider: {
    items: { exec: [0, 1], experiments: [0, 1] },
    required: ["exec.api_version", "exec.command"],
    deprecated: ["experiments.manifest_resource"],
    checks: {
      conflicts: { config_path: ["config_paths"] },
      forms: { ignore_annotations: "regular-expression", ignore_labels: "regular-expression" },
    },
  },
  resources: { ...cluster, ...workload },
  dataSources: {},
};
