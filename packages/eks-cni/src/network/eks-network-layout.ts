import {
  EKS_DISALLOWED_ZONE_IDS,
  type EksClusterAddresses,
  Prefix,
  SUBNET_RESERVED_ADDRESSES,
  type ZoneSubnet,
} from "@cluster-ipam/address-plan";
import { literalCidr, ValidationError, warn } from "@cluster-ipam/blueprint-core";
import { Token } from "cdktf";
import { type Construct } from "constructs";
import { type EksNetworkProps } from "./eks-network-props";
import { type VpcCidrOptions, vpcSizedBlocks } from "./vpc-cidr";

/** Regions with a zone in which EKS does not place control planes. */
const REGIONS_WITH_DISALLOWED_ZONES = ["us-east-1", "us-west-1", "ca-central-1"];

/** RFC 1918 ranges that cannot be combined in one VPC (VPC user guide, CIDR block association restrictions). */
const RFC_1918 = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

/**
 * Checks addresses against the VPC and EKS rules that the provider does not check at plan.
 *
 * @throws ValidationError for the first rule that is broken
 */
export function checkLayout(where: Construct, props: EksNetworkProps): void {
  checkLiterals(where, props.addresses);
  checkZones(where, props);
  checkVpcCidr(where, props);
  checkControlPlaneSubnets(where, props.addresses);
  checkSubnets(where, props.addresses);
  if (props.ipFamily !== "ipv6") checkSecondaryCidrs(where, props);
}

/** Checks that every CIDR is a valid literal, which the other checks rely on. */
function checkLiterals(where: Construct, addresses: EksClusterAddresses): void {
  const { vpc, pods, growth, publicSubnets, controlPlaneSubnets, nodeSubnets } = addresses;
  const subnets = [...publicSubnets, ...controlPlaneSubnets, ...nodeSubnets, ...pods.subnets];
  literalCidr(where, "vpc", vpc);
  literalCidr(where, "pods", pods.cidr);
  for (const { name, cidr } of growth) literalCidr(where, name, cidr);
  for (const { zone, cidr } of subnets) literalCidr(where, `a subnet in ${zone}`, cidr);
}

function checkZones(where: Construct, { addresses, zoneIds }: EksNetworkProps): void {
  const { region, zones } = addresses;
  if (zones.length < 2) {
    throw new ValidationError(
      where,
      `EKS needs subnets in at least 2 zones, but the plan has ${zones.length} (${zones.join(", ")}); add a zone`,
    );
  }
  for (const zone of zones) {
    if (!new RegExp(`^${region}[a-z]$`).test(zone)) {
      throw new ValidationError(
        where,
        `zone ${zone} is not an Availability Zone of ${region}; use its full name, such as ${region}a`,
      );
    }
    const zoneId = zoneIds?.[zone];
    if (zoneId !== undefined && EKS_DISALLOWED_ZONE_IDS.includes(zoneId)) {
      throw new ValidationError(
        where,
        `zone ${zone} is ${zoneId} in this account, where EKS does not place control planes; plan another zone`,
      );
    }
  }
  if (REGIONS_WITH_DISALLOWED_ZONES.includes(region) && zones.some((zone) => zoneIds?.[zone] === undefined)) {
    warn(
      where,
      `EKS does not place control planes in one zone of ${region}, whose name differs by account: set zoneIds for ${zones.join(", ")}`,
    );
  }
}

function checkVpcCidr(where: Construct, { addresses, vpcCidr }: EksNetworkProps): void {
  const { length } = Prefix.parse(addresses.vpc);
  if (length < 16 || length > 28) {
    throw new ValidationError(where, `VPC ${addresses.vpc} is a /${length}; use a /16 to /28`);
  }
  if (vpcCidr?.mode === "existing") checkIds(where, vpcCidr);
  if (vpcCidr?.mode !== "ipam-assigned") return;
  const { netmaskLength } = vpcCidr;
  if (!Number.isInteger(netmaskLength) || netmaskLength < 16 || netmaskLength > length) {
    throw new ValidationError(
      where,
      `vpcCidr.netmaskLength is ${netmaskLength}; use 16 to ${length}, so that the planned ${addresses.vpc} fits`,
    );
  }
}

function checkIds(
  where: Construct,
  { vpcId, internetGatewayId }: VpcCidrOptions & { mode: "existing" },
): void {
  const ids = { vpcId: ["vpc", vpcId], internetGatewayId: ["igw", internetGatewayId] } as const;
  for (const [name, [kind, id]] of Object.entries(ids)) {
    if (
      id === undefined ||
      Token.isUnresolved(id) ||
      new RegExp(`^${kind}-([0-9a-f]{8}|[0-9a-f]{17})$`).test(id)
    )
      continue;
    throw new ValidationError(
      where,
      `vpcCidr.${name} is "${id}"; use the id that EC2 shows, ${kind}- and 8 or 17 hexadecimal digits`,
    );
  }
}

function checkSubnets(where: Construct, addresses: EksClusterAddresses): void {
  const roles: readonly (readonly [string, readonly ZoneSubnet[], string])[] = [
    ["public", addresses.publicSubnets, addresses.vpc],
    ["control-plane", addresses.controlPlaneSubnets, addresses.vpc],
    ["node", addresses.nodeSubnets, addresses.vpc],
    ["pod", addresses.pods.subnets, addresses.pods.cidr],
  ];
  for (const [role, subnets, parent] of roles) {
    const zones = subnets.map(({ zone }) => zone).join(", ");
    if (zones !== addresses.zones.join(", ")) {
      throw new ValidationError(
        where,
        `${role} subnets are in ${zones || "no zone"}, but the cluster's zones are ${addresses.zones.join(", ")}; plan one subnet per zone, in that order`,
      );
    }
    const blocks = vpcSizedBlocks(parent).map((block) => Prefix.parse(block));
    for (const { zone, cidr } of subnets) {
      const prefix = Prefix.parse(cidr);
      if (prefix.length < 16 || prefix.length > 28) {
        throw new ValidationError(
          where,
          `${role} subnet ${cidr} in ${zone} is a /${prefix.length}; use a /16 to /28`,
        );
      }
      if (!blocks.some((block) => block.contains(prefix))) {
        throw new ValidationError(
          where,
          `${role} subnet ${cidr} in ${zone} is outside ${parent}; run npm run addresses to plan it again`,
        );
      }
    }
  }
}

function checkControlPlaneSubnets(where: Construct, { controlPlaneSubnets }: EksClusterAddresses): void {
  for (const { zone, cidr } of controlPlaneSubnets) {
    const free = 2 ** (32 - Prefix.parse(cidr).length) - SUBNET_RESERVED_ADDRESSES;
    if (free < 6) {
      throw new ValidationError(
        where,
        `control-plane subnet ${cidr} in ${zone} has ${free} free addresses, but EKS needs 6; use a /28`,
      );
    }
  }
}

function checkSecondaryCidrs(where: Construct, { addresses, vpcCidrQuota = 5 }: EksNetworkProps): void {
  if (!Number.isInteger(vpcCidrQuota) || vpcCidrQuota < 5 || vpcCidrQuota > 50) {
    throw new ValidationError(
      where,
      `vpcCidrQuota is ${vpcCidrQuota}; use 5 to 50, which AWS allows per VPC`,
    );
  }
  const secondary = [addresses.pods.cidr, ...addresses.growth.map(({ cidr }) => cidr)];
  const blocks = secondary.flatMap(vpcSizedBlocks);
  if (blocks.length + 1 > vpcCidrQuota) {
    throw new ValidationError(
      where,
      `the VPC needs ${blocks.length + 1} CIDRs (1 + ${secondary.join(" + ")} in blocks of at most a /16), but the quota is ${vpcCidrQuota}; raise quota L-83CA0A9D and set vpcCidrQuota, or plan fewer pods or less growth`,
    );
  }
  const all = [addresses.vpc, ...secondary].map((cidr) => Prefix.parse(cidr));
  all.forEach((prefix, index) => {
    const other = all.slice(index + 1).find((candidate) => candidate.overlaps(prefix));
    if (other) {
      throw new ValidationError(
        where,
        `${other} overlaps ${prefix} in the same VPC; run npm run addresses to plan them again`,
      );
    }
  });
  checkRfc1918(where, addresses.vpc, secondary);
}

function checkRfc1918(where: Construct, vpc: string, secondary: readonly string[]): void {
  const rangeOf = (cidr: string) =>
    RFC_1918.find((range) => Prefix.parse(range).contains(Prefix.parse(cidr)));
  const primary = rangeOf(vpc);
  for (const cidr of secondary) {
    const range = rangeOf(cidr);
    if (primary !== undefined && range !== undefined && range !== primary) {
      throw new ValidationError(
        where,
        `AWS rejects the secondary CIDR ${cidr} (${range}) in a VPC of ${primary}; plan the pods in 100.64.0.0/10`,
      );
    }
  }
}
