import { type EksMode, type WarmTargets } from "@cluster-ipam/address-plan";
import { ValidationError } from "@cluster-ipam/blueprint-core";
import { type Construct } from "constructs";
import { type EksNetworkContract } from "../network/eks-network-contract";

/** How many addresses the VPC CNI keeps ready on a node, with prefix delegation. */
export interface PrefixDelegation {
  /**
   * Whole /28 prefixes kept free on each node, at least 1. Not together with `warmIpTarget`, which overrides it.
   * @default 1, or none when `warmIpTarget` is given
   */
  readonly warmPrefixTarget?: number;
  /** Addresses kept free on each node, at least 1; prefixes are attached in whole. @default none */
  readonly warmIpTarget?: number;
  /** Addresses a node holds at least, used or not, at least 1; needs `warmIpTarget`. @default none */
  readonly minimumIpTarget?: number;
}

/** Settings of the VPC CNI that the managed add-on and the self-managed DaemonSet share. */
export interface CniSettings {
  /** /28 prefixes for each network interface instead of single addresses; false for single addresses. @default on */
  readonly prefixDelegation?: PrefixDelegation | false;
  /**
   * Pods get their interfaces from the zone's ENIConfig instead of subnet discovery: their security group can
   * differ, but they stay in the one pod subnet of their zone and no subnet autoscaler can help.
   * @default false, subnet discovery
   */
  readonly customNetworking?: boolean;
}

/** How the CNI's settings use up addresses, in the address plan's terms. */
export function addressUse(
  settings: CniSettings,
  network: EksNetworkContract,
): { readonly mode: EksMode; readonly warm: WarmTargets } {
  // Discovery over closed node subnets leaves a node's first interface without pods, as custom networking does.
  const spare = settings.customNetworking || network.nodeSubnetsExcluded;
  if (settings.prefixDelegation === false)
    return { mode: spare ? "custom-networking" : "standard", warm: {} };
  const { warmPrefixTarget, warmIpTarget, minimumIpTarget } = settings.prefixDelegation ?? {};
  return {
    mode: spare ? "custom-networking-with-prefixes" : "prefix-delegation",
    warm: { prefixes: warmPrefixTarget, addresses: warmIpTarget, minimumAddresses: minimumIpTarget },
  };
}

/**
 * The environment of the `aws-node` container, names in order.
 *
 * @throws ValidationError on warm targets with which the CNI ignores one or stops handing out addresses, and on
 * settings an IPv6 cluster does not have
 */
export function cniEnvironment(
  where: Construct,
  settings: CniSettings,
  network: EksNetworkContract,
): Readonly<Record<string, string>> {
  const variables =
    network.ipFamily === "ipv6" ? ipv6Variables(where, settings) : ipv4Variables(where, settings, network);
  return Object.fromEntries(Object.entries(variables).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function ipv4Variables(
  where: Construct,
  settings: CniSettings,
  network: EksNetworkContract,
): Readonly<Record<string, string>> {
  return {
    ...(settings.customNetworking
      ? {
          AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG: "true",
          ENI_CONFIG_LABEL_DEF: "topology.kubernetes.io/zone",
          ENABLE_SUBNET_DISCOVERY: "false",
        }
      : { ENABLE_SUBNET_DISCOVERY: "true" }),
    // Pods keep their address towards every private range of the plan, so growth is covered before it is used.
    AWS_VPC_K8S_CNI_EXCLUDE_SNAT_CIDRS: network.cluster.privateRanges.join(","),
    ...(settings.prefixDelegation === false
      ? { ENABLE_PREFIX_DELEGATION: "false" }
      : { ENABLE_PREFIX_DELEGATION: "true", ...warmTargets(where, settings.prefixDelegation ?? {}) }),
  };
}

/** An IPv6 pod takes its address from the /80 prefix of the node's first interface: nothing else to choose. */
function ipv6Variables(where: Construct, settings: CniSettings): Readonly<Record<string, string>> {
  const { prefixDelegation, customNetworking } = settings;
  if (prefixDelegation === false) {
    throw new ValidationError(
      where,
      "an IPv6 cluster needs prefix delegation; leave cni.prefixDelegation out",
    );
  }
  if (customNetworking) {
    throw new ValidationError(
      where,
      "an IPv6 cluster has no custom networking; leave cni.customNetworking out",
    );
  }
  if (prefixDelegation !== undefined) {
    throw new ValidationError(
      where,
      "warm targets do nothing in an IPv6 cluster, where one /80 holds every pod of a node; leave cni.prefixDelegation out",
    );
  }
  return { ENABLE_PREFIX_DELEGATION: "true" };
}

function warmTargets(where: Construct, targets: PrefixDelegation): Readonly<Record<string, string>> {
  const { warmPrefixTarget, warmIpTarget, minimumIpTarget } = targets;
  for (const [name, value] of Object.entries({ warmPrefixTarget, warmIpTarget, minimumIpTarget })) {
    if (value !== undefined && (!Number.isInteger(value) || value < 1)) {
      throw new ValidationError(
        where,
        `cni.prefixDelegation.${name} is ${value}; use a whole number of at least 1, because the CNI with all targets at 0 hands out no prefix`,
      );
    }
  }
  if (minimumIpTarget !== undefined && warmIpTarget === undefined) {
    throw new ValidationError(
      where,
      `cni.prefixDelegation.minimumIpTarget ${minimumIpTarget} without warmIpTarget stops a node at ${minimumIpTarget} addresses; add warmIpTarget`,
    );
  }
  if (warmPrefixTarget !== undefined && warmIpTarget !== undefined) {
    throw new ValidationError(
      where,
      `cni.prefixDelegation.warmIpTarget ${warmIpTarget} overrides warmPrefixTarget ${warmPrefixTarget}; keep one of them`,
    );
  }
  if (warmIpTarget === undefined) return { WARM_PREFIX_TARGET: String(warmPrefixTarget ?? 1) };
  return {
    WARM_IP_TARGET: String(warmIpTarget),
    ...(minimumIpTarget !== undefined && { MINIMUM_IP_TARGET: String(minimumIpTarget) }),
  };
}
