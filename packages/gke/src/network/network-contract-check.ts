import { type Construct } from "constructs";
import { GKE_ADDITIONAL_SUBNETS, GKE_SECONDARY_RANGES } from "@cluster-ipam/address-plan";
import { resourceName, ValidationError } from "@cluster-ipam/blueprint-core";
import { type AutoIpamOptions, type UnverifiedCombination } from "./ipam-mode";
import { type GkeNetworkContract, type PodRange } from "./gke-network-contract";
import { checkGrowthBlocks, checkPlannedBlocks, type OwnedBlock } from "./network-ranges";

/**
 * Checks a network's contract, from `GkeNetwork` or written as a literal.
 *
 * @throws ValidationError for ranges that the mode does not allow, invalid or duplicate names, exceeded limits and
 * overlapping blocks
 */
export function checkContract(where: Construct, contract: GkeNetworkContract): void {
  resourceName(where, contract.addresses.name, "gke-cluster");
  if (contract.ipam.mode === "auto") checkAuto(where, contract, contract.ipam);
  else checkPlanned(where, contract);
  checkPlannedBlocks(where, contract.addresses);
  checkGrowthBlocks(where, contract.addresses, compositionBlocks(contract));
}

/** All pod ranges of a cluster, across its subnets. */
function allPodRanges(contract: GkeNetworkContract): readonly PodRange[] {
  return [...contract.podRanges, ...contract.extraSubnets.map((extra) => extra.pods)];
}

/** The blocks that the composition adds to those of the plan. */
function compositionBlocks({
  addresses,
  podRanges,
  extraSubnets,
}: GkeNetworkContract): readonly OwnedBlock[] {
  const { pods, furtherPods, furtherSubnets } = addresses;
  const planned = [pods, ...furtherPods.map(({ cidr }) => cidr)];
  return [
    ...podRanges
      .filter(({ cidr }) => !planned.includes(cidr))
      .map(({ name, cidr, state }) => ({ owner: `pod range "${name}"`, cidr, state })),
    ...extraSubnets
      .filter(({ nodes }) => !furtherSubnets.some((subnet) => subnet.nodes === nodes))
      .flatMap(({ name, nodes, pods: { cidr }, state }) => [
        { owner: `the nodes of subnet "${name}"`, cidr: nodes, state },
        { owner: `the pods of subnet "${name}"`, cidr, state },
      ]),
  ];
}

function checkAuto(where: Construct, contract: GkeNetworkContract, ipam: AutoIpamOptions): void {
  const isAdded = ({ name }: { readonly name: string }) => ipam.plannedRanges?.includes(name) !== true;
  const named = contract.podRanges.find(isAdded)?.rangeName ?? contract.servicesRangeName;
  if (named !== undefined) {
    throw new ValidationError(
      where,
      `range "${named}" is set, but ipam is "auto", where GKE adds ranges and ranges in the configuration would remove them; remove it or use mode: "planned"`,
    );
  }
  const extra = contract.extraSubnets.find(isAdded);
  if (extra !== undefined) {
    throw new ValidationError(
      where,
      `extra subnet "${extra.name}" is set, but ipam is "auto", where GKE adds subnets; remove it or use mode: "planned"`,
    );
  }
  if (contract.networkProject !== contract.project) {
    checkVerified(where, ipam, "shared-vpc", `the network's project ${contract.networkProject} (Shared VPC)`);
  }
  if (contract.dualStack) checkVerified(where, ipam, "dual-stack", "dual-stack");
}

function checkVerified(
  where: Construct,
  ipam: AutoIpamOptions,
  combination: UnverifiedCombination,
  what: string,
): void {
  if (ipam.unverified?.includes(combination)) return;
  throw new ValidationError(
    where,
    `Auto IPAM with ${what} is not verified; use mode: "planned", or accept the risk with unverified: ["${combination}"]`,
  );
}

function checkPlanned(where: Construct, contract: GkeNetworkContract): void {
  if (contract.podRanges.length === 0) {
    throw new ValidationError(
      where,
      'ipam is "planned", but the network has no pod range, and omitting ranges does not enable Auto IPAM; add the secondary range of the pods',
    );
  }
  const secondaryRanges = contract.podRanges.length + (contract.servicesRangeName === undefined ? 0 : 1);
  checkAtMost(
    where,
    "secondary ranges on a subnetwork",
    secondaryRanges,
    GKE_SECONDARY_RANGES,
    "extraSubnets",
  );
  const subnets = contract.extraSubnets.filter(({ state }) => state === undefined).length;
  checkAtMost(where, "extra subnets", subnets, GKE_ADDITIONAL_SUBNETS, "larger subnets");
  const names = new Set<string>();
  for (const range of allPodRanges(contract)) {
    checkRangeName(where, range.rangeName);
    if (range.rangeName === contract.servicesRangeName) {
      throw new ValidationError(
        where,
        `pods and Services both use the range "${range.rangeName}"; remove servicesRangeName for GKE's managed 34.118.224.0/20`,
      );
    }
    if (names.has(range.name)) {
      throw new ValidationError(where, `two pod ranges are named "${range.name}"; use unique names`);
    }
    names.add(range.name);
  }
  if (contract.servicesRangeName !== undefined) checkRangeName(where, contract.servicesRangeName);
}

function checkRangeName(where: Construct, name: string): void {
  if (name.includes("/")) {
    throw new ValidationError(
      where,
      `rangeName "${name}" is a CIDR, and Google accepts names or CIDRs, but not both; use the name of the secondary range`,
    );
  }
  resourceName(where, name, "google");
}

function checkAtMost(where: Construct, what: string, count: number, limit: number, instead: string): void {
  if (count <= limit) return;
  throw new ValidationError(where, `${count} ${what}, but Google allows ${limit}; use ${instead}`);
}
