import { type Cloud } from "../cloud/regions";
import { type PlanDefinition } from "./plan-definition";

/** The setting with the size of the growth pool that the EKS clusters of an environment share. */
export const SHARED_GROWTH = "eksGrowth";

/** The pools of one environment on one cloud: which space each part of a cluster comes from, and their sizes. */
export interface PoolSettings {
  /** Space of the nodes. */
  readonly nodesFrom: string;
  /** Space of the pods and of growth. */
  readonly podsFrom: string;
  /** Whether clusters share a growth pool, of the size `eksGrowth`. */
  readonly sharesGrowth: boolean;
  /** The settings with the size of the application pool in a space. Undefined for a space without one. */
  applicationSetting(space: string): string | undefined;
}

/** The settings of an environment's pools on a cloud. Undefined if the environment is not on that cloud. */
export function poolSettings(
  plan: PlanDefinition,
  environment: string,
  cloud: Cloud,
): PoolSettings | undefined {
  const sizes = plan.environments[environment]?.[cloud];
  if (sizes === undefined) return undefined;
  const { nodesFrom, podsFrom } = sizes;
  const [nodes, pods] = cloud === "aws" ? ["eks", "eksPods"] : ["gke", "gkePods"];
  return {
    nodesFrom,
    podsFrom,
    sharesGrowth: cloud === "aws" && blockSize(sizes, SHARED_GROWTH) !== undefined,
    applicationSetting: (space) => (space === nodesFrom ? nodes : space === podsFrom ? pods : undefined),
  };
}

/** The size of a block in a space or of an application pool: a netmask length. Undefined if it is not set. */
export function blockSize(
  sizes: Readonly<Record<string, unknown>> | undefined,
  setting: string | undefined,
): number | undefined {
  const size = setting === undefined ? undefined : sizes?.[setting];
  return typeof size === "number" ? size : undefined;
}
