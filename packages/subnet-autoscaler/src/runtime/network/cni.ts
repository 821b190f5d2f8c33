import { AutoscalerError } from "./autoscaler-error";

/** What a release of the VPC CNI makes of subnet tags (amazon-vpc-cni-k8s, `pkg/awsutils`). */
export interface CniTagging {
  /** The values "0" and "" keep pods out (v1.22.0); before, any value invites them in. */
  readonly excludesByZero: boolean;
  /** A subnet can be kept for one cluster (v1.22.1). */
  readonly filtersByCluster: boolean;
}

/** The cluster's VPC CNI, as it is configured now. */
export interface Cni extends CniTagging {
  /** Release with or without its build, for example `v1.23.1-eksbuild.1`. */
  readonly version: string;
  /** Nodes that find their own subnet full take interfaces in others (v1.18.3). */
  readonly recentEnough: boolean;
  readonly prefixDelegation: boolean;
  readonly subnetDiscovery: boolean;
  readonly customNetworking: boolean;
}

/** The settings of the CNI that matter here. */
export interface CniSwitches {
  readonly prefixDelegation: boolean;
  readonly subnetDiscovery: boolean;
  readonly customNetworking: boolean;
}

/**
 * The CNI of a release with its settings.
 *
 * @throws AutoscalerError when the version cannot be read
 */
export function cniOf(version: string, switches: CniSwitches): Cni {
  const match = /^v?(\d+)\.(\d+)\.(\d+)/.exec(version);
  if (!match)
    throw new AutoscalerError("vpc-cni", `version ${version} cannot be read; expected one such as v1.23.1`);
  const release = Number(match[1]) * 1e6 + Number(match[2]) * 1e3 + Number(match[3]);
  return {
    ...switches,
    version,
    recentEnough: release >= 1_018_003,
    excludesByZero: release >= 1_022_000,
    filtersByCluster: release >= 1_022_001,
  };
}

/**
 * The CNI of the managed add-on.
 *
 * @param configuration the add-on's configuration values: JSON, or absent for the defaults
 * @throws AutoscalerError when it is not JSON
 */
export function addonCni(version: string, configuration: string | undefined): Cni {
  const env = readEnvironment(configuration);
  const on = (name: string, byDefault: boolean): boolean =>
    (env[name] ?? String(byDefault)).toLowerCase() === "true";
  return cniOf(version, {
    prefixDelegation: on("ENABLE_PREFIX_DELEGATION", false),
    subnetDiscovery: on("ENABLE_SUBNET_DISCOVERY", true),
    customNetworking: on("AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG", false),
  });
}

function readEnvironment(configuration: string | undefined): Readonly<Record<string, string>> {
  if (configuration === undefined || configuration.trim() === "") return {};
  try {
    return (JSON.parse(configuration) as { env?: Record<string, string> } | null)?.env ?? {};
  } catch (error) {
    throw new AutoscalerError(
      "vpc-cni",
      "the add-on's configuration values are no JSON; write them as JSON, not YAML",
      { cause: error },
    );
  }
}
