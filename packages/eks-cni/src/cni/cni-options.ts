import { type EksMode, type WarmTargets } from "@cluster-ipam/address-plan";
import { ValidationError } from "@cluster-ipam/blueprint-core";
import { type Construct } from "constructs";
import { checkVariables, type CniVariables } from "./cni-environment";
import { type EksNetworkContract } from "../network/eks-network-contract";

/** Addresses that the VPC CNI keeps ready on a node with prefix delegation. */
export interface PrefixDelegationOptions {
  /**
   * Free /28 prefixes per node, at least 1. Not with `warmIpTarget`, which overrides it.
   * @default 1, or none if `warmIpTarget` is set
   */
  readonly warmPrefixTarget?: number;
  /** Free addresses per node, at least 1. The CNI attaches whole prefixes. @default none */
  readonly warmIpTarget?: number;
  /** Minimum addresses per node, in use or free, at least 1. Needs `warmIpTarget`. @default none */
  readonly minimumIpTarget?: number;
}

/** Which pod subnets the ENIConfigs of custom networking name. */
export interface CustomNetworkingOptions {
  /**
   * Name of the set of pod subnets in the address plan: `pods`, `pods-2` and so on. The CNI reads the ENIConfig whenever it creates an
   * interface (amazon-vpc-cni-k8s, `pkg/ipamd`: `tryAllocateENI`), so after a change new nodes, and running ones with a free interface, use the
   * new subnets; interfaces that exist keep theirs. A zone without a subnet in the set has its first one.
   */
  readonly podSubnets: string;
}

/** Options of the VPC CNI that the managed add-on and the self-managed DaemonSet share. */
export interface CniOptions {
  /** Assigns /28 prefixes to network interfaces; false for single addresses. @default one warm prefix */
  readonly prefixDelegation?: PrefixDelegationOptions | false;
  /**
   * Uses the zone's ENIConfig instead of subnet discovery. Pods may have another security group, but are limited to the
   * one pod subnet of their zone, so a subnet autoscaler cannot help. With `true`, that is the zone's first.
   * @default false, subnet discovery
   */
  readonly customNetworking?: boolean | CustomNetworkingOptions;
  /** Further variables of the `aws-node` container. @default none */
  readonly environment?: CniVariables;
}

/** Whether pods have addresses from the subnets of ENIConfigs. */
export function usesCustomNetworking({ customNetworking = false }: CniOptions): boolean {
  return customNetworking !== false;
}

/** The CNI mode and warm targets, in the address plan's terms. */
export function addressUse(
  options: CniOptions,
  network: EksNetworkContract,
): { readonly mode: EksMode; readonly warm: WarmTargets } {
  // With closed node subnets, a node's first interface has no pods, as with custom networking.
  const primaryUnused = usesCustomNetworking(options) || network.nodeSubnetsExcluded;
  if (options.prefixDelegation === false)
    return { mode: primaryUnused ? "custom-networking" : "standard", warm: {} };
  const { warmPrefixTarget, warmIpTarget, minimumIpTarget } = options.prefixDelegation ?? {};
  return {
    mode: primaryUnused ? "custom-networking-with-prefixes" : "prefix-delegation",
    warm: { prefixes: warmPrefixTarget, addresses: warmIpTarget, minimumAddresses: minimumIpTarget },
  };
}

/**
 * Returns the environment of the `aws-node` container, sorted by name.
 *
 * @throws ValidationError for warm targets that the CNI ignores or that stop it from assigning addresses, for options that
 * IPv6 clusters do not support, for a variable that the plan or another option decides, and without prefix delegation in a
 * network whose pod subnets are reserved for prefixes
 */
export function cniEnvironment(
  where: Construct,
  options: CniOptions,
  network: EksNetworkContract,
): Readonly<Record<string, string>> {
  const { environment = {} } = options;
  checkVariables(where, environment);
  checkReservations(where, options, network);
  const variables =
    network.ipFamily === "ipv6" ? ipv6Variables(where, options) : ipv4Variables(where, options, network);
  const all = Object.entries({ ...variables, ...environment }).filter(
    (variable): variable is [string, string] => variable[1] !== undefined,
  );
  return Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** EC2 assigns single addresses only outside of the reservations for prefixes: a sixteenth of a subnet. */
function checkReservations(where: Construct, options: CniOptions, network: EksNetworkContract): void {
  const { ipFamily, prefixReservations = true, stack } = network;
  if (options.prefixDelegation !== false || ipFamily === "ipv6" || !prefixReservations) return;
  throw new ValidationError(
    where,
    `cni.prefixDelegation is false, but the pod subnets are reserved for /28 prefixes; set prefixReservations: false in ${stack}`,
  );
}

function ipv4Variables(
  where: Construct,
  options: CniOptions,
  network: EksNetworkContract,
): Readonly<Record<string, string>> {
  return {
    ...(usesCustomNetworking(options)
      ? {
          AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG: "true",
          ENI_CONFIG_LABEL_DEF: "topology.kubernetes.io/zone",
          ENABLE_SUBNET_DISCOVERY: "false",
        }
      : { ENABLE_SUBNET_DISCOVERY: "true" }),
    // No SNAT towards any private range of the plan, so growth ranges are covered before they are used.
    AWS_VPC_K8S_CNI_EXCLUDE_SNAT_CIDRS: network.addresses.privateRanges.join(","),
    ...(options.prefixDelegation === false
      ? { ENABLE_PREFIX_DELEGATION: "false" }
      : { ENABLE_PREFIX_DELEGATION: "true", ...warmTargets(where, options.prefixDelegation ?? {}) }),
  };
}

/** IPv6 pods get addresses from the /80 prefix of the node's first interface, so there is nothing to configure. */
function ipv6Variables(where: Construct, options: CniOptions): Readonly<Record<string, string>> {
  const { prefixDelegation } = options;
  if (prefixDelegation === false) {
    throw new ValidationError(where, "an IPv6 cluster needs prefix delegation; remove cni.prefixDelegation");
  }
  if (usesCustomNetworking(options)) {
    throw new ValidationError(
      where,
      "an IPv6 cluster does not support custom networking; remove cni.customNetworking",
    );
  }
  if (prefixDelegation !== undefined) {
    throw new ValidationError(
      where,
      "warm targets have no effect in an IPv6 cluster, where one /80 covers all pods of a node; remove cni.prefixDelegation",
    );
  }
  return { ENABLE_PREFIX_DELEGATION: "true" };
}

function warmTargets(where: Construct, targets: PrefixDelegationOptions): Readonly<Record<string, string>> {
  const { warmPrefixTarget, warmIpTarget, minimumIpTarget } = targets;
  for (const [name, value] of Object.entries({ warmPrefixTarget, warmIpTarget, minimumIpTarget })) {
    if (value !== undefined && (!Number.isInteger(value) || value < 1)) {
      throw new ValidationError(
        where,
        `cni.prefixDelegation.${name} is ${value}; use a whole number of at least 1, because the CNI assigns no prefix if all targets are 0`,
      );
    }
  }
  if (minimumIpTarget !== undefined && warmIpTarget === undefined) {
    throw new ValidationError(
      where,
      `cni.prefixDelegation.minimumIpTarget ${minimumIpTarget} without warmIpTarget limits a node to ${minimumIpTarget} addresses; add warmIpTarget`,
    );
  }
  if (warmPrefixTarget !== undefined && warmIpTarget !== undefined) {
    throw new ValidationError(
      where,
      `cni.prefixDelegation.warmIpTarget ${warmIpTarget} overrides warmPrefixTarget ${warmPrefixTarget}; remove one`,
    );
  }
  if (warmIpTarget === undefined) return { WARM_PREFIX_TARGET: String(warmPrefixTarget ?? 1) };
  return {
    WARM_IP_TARGET: String(warmIpTarget),
    ...(minimumIpTarget !== undefined && { MINIMUM_IP_TARGET: String(minimumIpTarget) }),
  };
}
