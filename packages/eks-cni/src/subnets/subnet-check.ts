import {
  type EksClusterAddresses,
  Prefix,
  SUBNET_RESERVED_ADDRESSES,
  type VpcCidr,
  vpcSizedBlocks,
} from "@cluster-ipam/address-plan";
import { ValidationError } from "@cluster-ipam/blueprint-core";
import { type Construct } from "constructs";
import { type SubnetRole } from "./network-tags";
import { type PlannedSubnet } from "./planned-subnets";

/**
 * Checks the subnets of a cluster: one of each role in every zone, of a size that VPC accepts, inside a CIDR for its role.
 *
 * @throws ValidationError for the first rule that is broken
 */
export function checkSubnets(
  where: Construct,
  addresses: EksClusterAddresses,
  subnets: readonly PlannedSubnet[],
): void {
  checkCoverage(where, addresses, subnets);
  for (const subnet of subnets) {
    checkSize(where, subnet);
    checkParent(where, addresses, subnet);
  }
}

/** Every zone that does not drain has a subnet of each role in use, and a set has one subnet per zone. */
function checkCoverage(
  where: Construct,
  { zones }: EksClusterAddresses,
  subnets: readonly PlannedSubnet[],
): void {
  const roles = [...new Set(subnets.map(({ role }) => role))].filter((role) => role !== "control-plane");
  const inUse = subnets.filter(({ role, state }) => role !== "control-plane" && state !== "draining");
  const drains = (zone: string) =>
    subnets.some((subnet) => subnet.zone === zone && subnet.state === "draining") &&
    !inUse.some((subnet) => subnet.zone === zone);
  for (const role of roles) {
    const without = zones
      .filter((zone) => !drains(zone))
      .find((zone) => !inUse.some((subnet) => subnet.role === role && subnet.zone === zone));
    if (without !== undefined) {
      throw new ValidationError(
        where,
        `zone ${without} has no ${role} subnet, but is one of the cluster's zones (${zones.join(", ")}); run npm run addresses to plan one`,
      );
    }
  }
  const twice = subnets.find(({ id }, index) => subnets.findIndex((subnet) => subnet.id === id) !== index);
  if (twice) {
    throw new ValidationError(
      where,
      `a set has two subnets in one zone, ${twice.id}; plan one subnet per zone and set`,
    );
  }
}

function checkSize(where: Construct, { role, zone, cidr }: PlannedSubnet): void {
  const { length } = Prefix.parse(cidr);
  const free = 2 ** (32 - length) - SUBNET_RESERVED_ADDRESSES;
  if (role === "control-plane" && free < 6) {
    throw new ValidationError(
      where,
      `control-plane subnet ${cidr} in ${zone} has ${free} free addresses, but EKS needs 6; use a /28`,
    );
  }
  if (length < 16 || length > 28) {
    throw new ValidationError(where, `${role} subnet ${cidr} in ${zone} is a /${length}; use a /16 to /28`);
  }
}

function checkParent(
  where: Construct,
  addresses: EksClusterAddresses,
  { role, zone, cidr }: PlannedSubnet,
): void {
  const parents = parentsOf(role, addresses);
  const blocks = parents.flatMap((parent) => vpcSizedBlocks(parent)).map((block) => Prefix.parse(block));
  if (blocks.some((block) => block.contains(Prefix.parse(cidr)))) return;
  throw new ValidationError(
    where,
    `${role} subnet ${cidr} in ${zone} is outside ${parents.join(", ")}; run npm run addresses to plan it again`,
  );
}

function parentsOf(role: SubnetRole, { vpc, nodeCidrs, podCidrs }: EksClusterAddresses): readonly string[] {
  const cidrs = (list: readonly VpcCidr[]) => list.map(({ cidr }) => cidr);
  return role === "pod" ? cidrs(podCidrs) : [vpc, ...cidrs(nodeCidrs)];
}
