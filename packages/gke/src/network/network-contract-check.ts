import { type Construct } from "constructs";
import { GKE_ADDITIONAL_SUBNETS, GKE_SECONDARY_RANGES } from "@cluster-ipam/address-plan";
import { ValidationError } from "@cluster-ipam/blueprint-core";
import { checkGkeName } from "./google-name";
import { type AutoIpam, type UnverifiedCombination } from "./ipam-mode";
import { type GkeNetworkContract, type PodRange } from "./gke-network-contract";
import { checkGrowthBlocks, checkPlannedBlocks, type OwnedBlock } from "./network-ranges";

/**
 * Checks a network's contract against its mode, whether `GkeNetwork` made it or a person wrote it.
 *
 * @throws ValidationError ranges that have no place in the mode, names that clash, limits passed, blocks that overlap
 */
export function checkContract(where: Construct, contract: GkeNetworkContract): void {
  checkGkeName(where, "cluster", contract.cluster.name);
  if (contract.ipam.mode === "auto") checkAuto(where, contract, contract.ipam);
  else checkPlanned(where, contract);
  checkPlannedBlocks(where, contract.cluster);
  checkGrowthBlocks(where, contract.cluster, growthBlocks(contract));
}

/** Every range a cluster's configuration can name, over all of its subnets. */
export function allPodRanges(contract: GkeNetworkContract): readonly PodRange[] {
  return [...contract.podRanges, ...contract.extraSubnets.map((extra) => extra.pods)];
}

function growthBlocks(contract: GkeNetworkContract): readonly OwnedBlock[] {
  return [
    ...contract.podRanges
      .filter((range) => range.cidr !== contract.cluster.pods)
      .map((range) => ({ owner: `pod range "${range.name}"`, cidr: range.cidr })),
    ...contract.extraSubnets.flatMap((extra) => [
      { owner: `the nodes of subnet "${extra.name}"`, cidr: extra.nodes },
      { owner: `the pods of subnet "${extra.name}"`, cidr: extra.pods.cidr },
    ]),
  ];
}

function checkAuto(where: Construct, contract: GkeNetworkContract, ipam: AutoIpam): void {
  const named = [...contract.podRanges.map((range) => range.rangeName), contract.servicesRangeName].find(
    (name) => name !== undefined,
  );
  if (named !== undefined) {
    throw new ValidationError(
      where,
      `range "${named}" is named but ipam is "auto", where GKE makes the ranges and any in the configuration would remove them; leave it out or use mode: "planned"`,
    );
  }
  const extra = contract.extraSubnets[0];
  if (extra !== undefined) {
    throw new ValidationError(
      where,
      `subnet "${extra.name}" is extra but ipam is "auto", where GKE adds subnets itself; leave it out or use mode: "planned"`,
    );
  }
  if (contract.networkProject !== contract.project) {
    checkVerified(where, ipam, "shared-vpc", `the network's project ${contract.networkProject} (Shared VPC)`);
  }
  if (contract.dualStack) checkVerified(where, ipam, "dual-stack", "dual-stack");
}

function checkVerified(
  where: Construct,
  ipam: AutoIpam,
  combination: UnverifiedCombination,
  what: string,
): void {
  if (ipam.unverified?.includes(combination)) return;
  throw new ValidationError(
    where,
    `Auto IPAM with ${what} is not verified; use mode: "planned", or take the risk with unverified: ["${combination}"]`,
  );
}

function checkPlanned(where: Construct, contract: GkeNetworkContract): void {
  if (contract.podRanges.length === 0) {
    throw new ValidationError(
      where,
      'ipam is "planned" but the network has no pod range, and omitting ranges does not switch Auto IPAM on; name the secondary range of the pods',
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
  checkAtMost(where, "extra subnets", contract.extraSubnets.length, GKE_ADDITIONAL_SUBNETS, "larger subnets");
  const names = new Set<string>();
  for (const range of allPodRanges(contract)) {
    checkRangeName(where, range.rangeName);
    if (range.rangeName === contract.servicesRangeName) {
      throw new ValidationError(
        where,
        `pods and Services both use the range "${range.rangeName}"; leave servicesRangeName out for GKE's own 34.118.224.0/20`,
      );
    }
    if (names.has(range.name)) {
      throw new ValidationError(where, `two pod ranges are called "${range.name}"; give each its own name`);
    }
    names.add(range.name);
  }
  if (contract.servicesRangeName !== undefined) checkRangeName(where, contract.servicesRangeName);
}

function checkRangeName(where: Construct, name: string): void {
  if (name.includes("/")) {
    throw new ValidationError(
      where,
      `range "${name}" is a CIDR where a range's name belongs, and Google takes names or CIDRs, never both; give the secondary range a name`,
    );
  }
  if (!/^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(name) || name.length > 63) {
    throw new ValidationError(
      where,
      `range "${name}" is not a name in Google Cloud; use at most 63 lower-case letters, digits and hyphens, starting with a letter`,
    );
  }
}

function checkAtMost(where: Construct, what: string, got: number, most: number, instead: string): void {
  if (got <= most) return;
  throw new ValidationError(where, `${got} ${what} but Google allows ${most}; use ${instead}`);
}
