import { EKS_DISALLOWED_ZONE_IDS } from "@cluster-ipam/address-plan";
import { literalCidr, ValidationError, warn } from "@cluster-ipam/blueprint-core";
import { type Construct } from "constructs";
import { furtherCidrs } from "./attached-cidrs";
import { type EksNetworkProps } from "./eks-network-props";
import { type PlannedSubnet, plannedSubnets } from "../subnets/planned-subnets";
import { checkSubnets } from "../subnets/subnet-check";
import { checkVpcCidrs } from "./vpc-cidr-check";

/** Regions with a zone in which EKS does not place control planes. */
const REGIONS_WITH_DISALLOWED_ZONES = ["us-east-1", "us-west-1", "ca-central-1"];

/**
 * Checks addresses against the VPC and EKS rules that the provider does not check at plan.
 *
 * @throws ValidationError for the first rule that is broken
 */
export function checkLayout(where: Construct, props: EksNetworkProps): void {
  const { addresses, ipFamily = "ipv4" } = props;
  const subnets = plannedSubnets(addresses, ipFamily);
  checkLiterals(where, props, subnets);
  checkZones(where, props);
  checkVpcCidrs(where, props);
  checkSubnets(where, addresses, subnets);
}

/** Checks that every CIDR is a valid literal, which the other checks rely on. */
function checkLiterals(
  where: Construct,
  { addresses, attachCidrs = [] }: EksNetworkProps,
  subnets: readonly PlannedSubnet[],
): void {
  literalCidr(where, "vpc", addresses.vpc);
  for (const cidr of attachCidrs) literalCidr(where, "attachCidrs", cidr);
  for (const { name, cidr } of furtherCidrs(addresses, "ipv4")) literalCidr(where, name, cidr);
  for (const { zone, cidr } of subnets) literalCidr(where, `a subnet in ${zone}`, cidr);
}

function checkZones(where: Construct, { addresses, zoneIds }: EksNetworkProps): void {
  const { region, zones } = addresses;
  for (const zone of zones) {
    if (!new RegExp(`^${region}[a-z]$`).test(zone)) {
      throw new ValidationError(
        where,
        `zone ${zone} is not an Availability Zone of ${region}; use its full name, such as ${region}a`,
      );
    }
  }
  const controlPlane = addresses.controlPlaneSubnets.map(({ zone }) => zone);
  if (controlPlane.length < 2) {
    throw new ValidationError(
      where,
      `EKS needs control-plane subnets in at least 2 zones, but the plan has ${controlPlane.length} (${controlPlane.join(", ")}); add a zone`,
    );
  }
  for (const zone of controlPlane) {
    const zoneId = zoneIds?.[zone];
    if (zoneId !== undefined && EKS_DISALLOWED_ZONE_IDS.includes(zoneId)) {
      throw new ValidationError(
        where,
        `zone ${zone} is ${zoneId} in this account, where EKS does not place control planes; plan another zone`,
      );
    }
  }
  if (
    REGIONS_WITH_DISALLOWED_ZONES.includes(region) &&
    controlPlane.some((zone) => zoneIds?.[zone] === undefined)
  ) {
    warn(
      where,
      `EKS does not place control planes in one zone of ${region}, whose name differs by account: set zoneIds for ${controlPlane.join(", ")}`,
    );
  }
}
