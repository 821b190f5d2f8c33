import { type StateAttributes, type StateUpgrade } from "./state-upgrade";

/** Upgrades of hashicorp/kubernetes. */
export const kubernetesUpgrades: Readonly<Record<string, StateUpgrade>> = {
  /** `limits` and `requests` of containers were lists of one map. */
  "pod-resources": (attributes) => inFirst(attributes, ["spec", "template", "spec"], withResources),
};

/** Rewrites the first block at a path of blocks. */
function inFirst(
  attributes: StateAttributes,
  [name, ...rest]: readonly string[],
  rewrite: StateUpgrade,
): StateAttributes {
  if (name === undefined) return rewrite(attributes);
  return {
    ...attributes,
    [name]: blocksOf(attributes[name]).map((block, index) =>
      index === 0 ? inFirst(block, rest, rewrite) : block,
    ),
  };
}

function withResources(pod: StateAttributes): StateAttributes {
  const containers = (name: string) =>
    blocksOf(pod[name]).map((container) => ({
      ...container,
      resources: blocksOf(container["resources"]).map(({ limits, requests, ...others }) => ({
        ...others,
        limits: mapOf(limits),
        requests: mapOf(requests),
      })),
    }));
  return { ...pod, container: containers("container"), init_container: containers("init_container") };
}

/** What is not a list was not written by version 0: the provider drops it. */
function mapOf(value: unknown): unknown {
  return Array.isArray(value) ? ((value as unknown[])[0] ?? {}) : {};
}

function blocksOf(value: unknown): readonly StateAttributes[] {
  return Array.isArray(value) ? (value as readonly StateAttributes[]) : [];
}
