import { AutoscalerError } from "../errors/autoscaler-error";

/** How a release of the VPC CNI reads subnet tags. Source: amazon-vpc-cni-k8s, `pkg/awsutils`. */
export interface CniTagging {
  /** Whether the tag values "0" and "" exclude a subnet (v1.22.0); before, any value includes it. */
  readonly excludesByZero: boolean;
  /** Whether a tag can reserve a subnet for one cluster (v1.22.1). */
  readonly filtersByCluster: boolean;
}

/** The VPC CNI settings that decide whether a new subnet is used. */
export interface CniSettings {
  readonly prefixDelegation: boolean;
  readonly subnetDiscovery: boolean;
  readonly customNetworking: boolean;
}

/** The cluster's VPC CNI and its current settings. */
export interface Cni extends CniTagging, CniSettings {
  /** Release with or without its build, for example `v1.23.1-eksbuild.1`. */
  readonly version: string;
  /** Whether a node whose own subnet is full attaches interfaces in other subnets (v1.18.3). */
  readonly usesOtherSubnets: boolean;
}

/**
 * The VPC CNI of a release with its settings.
 *
 * @param version release with or without its build, for example `v1.23.1-eksbuild.1`
 * @throws AutoscalerError when the version cannot be parsed
 */
export function cniFromRelease(version: string, settings: CniSettings): Cni {
  const match = /^v?(\d+)\.(\d+)\.(\d+)/.exec(version);
  if (!match)
    throw new AutoscalerError("vpc-cni", `invalid version ${version}; expected one such as v1.23.1`);
  const release = Number(match[1]) * 1e6 + Number(match[2]) * 1e3 + Number(match[3]);
  return {
    ...settings,
    version,
    usesOtherSubnets: release >= 1_018_003,
    excludesByZero: release >= 1_022_000,
    filtersByCluster: release >= 1_022_001,
  };
}

/**
 * The VPC CNI of the managed add-on.
 *
 * @param configuration the add-on's configuration values as JSON; undefined for the defaults
 * @throws AutoscalerError when they are not JSON
 */
export function cniFromAddon(version: string, configuration: string | undefined): Cni {
  const env = readEnvironment(configuration);
  const isOn = (name: string, byDefault: boolean): boolean =>
    (env[name] ?? String(byDefault)).toLowerCase() === "true";
  return cniFromRelease(version, {
    prefixDelegation: isOn("ENABLE_PREFIX_DELEGATION", false),
    subnetDiscovery: isOn("ENABLE_SUBNET_DISCOVERY", true),
    customNetworking: isOn("AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG", false),
  });
}

function readEnvironment(configuration: string | undefined): Readonly<Record<string, string>> {
  if (configuration === undefined || configuration.trim() === "") return {};
  try {
    return (JSON.parse(configuration) as { env?: Record<string, string> } | null)?.env ?? {};
  } catch (error) {
    throw new AutoscalerError(
      "vpc-cni",
      "the add-on's configuration values are not JSON; write them as JSON instead of YAML",
      { cause: error },
    );
  }
}
