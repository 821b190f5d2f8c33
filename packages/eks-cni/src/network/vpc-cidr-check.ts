import {
  type EksClusterAddresses,
  Prefix,
  vpcCidrConflict,
  type VpcCidr,
  vpcSizedBlocks,
} from "@cluster-ipam/address-plan";
import { ValidationError } from "@cluster-ipam/blueprint-core";
import { Token } from "cdktf";
import { type Construct } from "constructs";
import { furtherCidrs } from "./attached-cidrs";
import { type EksNetworkProps } from "./eks-network-props";
import { type ExistingVpcOptions } from "./existing-vpc";

/**
 * Checks a VPC's CIDRs: sizes, number, overlaps, and which ones AWS accepts together.
 *
 * @throws ValidationError for the first rule that is broken, and if `vpcCidr` contradicts the plan
 */
export function checkVpcCidrs(
  where: Construct,
  { addresses, vpcCidr, ipFamily = "ipv4", attachCidrs = [] }: EksNetworkProps,
): void {
  const { length } = Prefix.parse(addresses.vpc);
  if (length < 16 || length > 28) {
    throw new ValidationError(where, `VPC ${addresses.vpc} is a /${length}; use a /16 to /28`);
  }
  if (vpcCidr) checkExisting(where, addresses, vpcCidr);
  const further = furtherCidrs(addresses, ipFamily);
  const own = [addresses.vpc, ...further.map(({ cidr }) => cidr)];
  const attached = attachCidrs.map((cidr) => ({ name: "attachCidrs", cidr }));
  if (ipFamily === "ipv6" && attached.length > 0) {
    throw new ValidationError(
      where,
      `attachCidrs has ${attachCidrs[0]}, but the pods of an IPv6 network need no IPv4 space; remove attachCidrs`,
    );
  }
  checkQuota(where, addresses, [...further, ...attached]);
  checkOverlaps(where, own);
  checkAttachable(where, addresses, own, attachCidrs);
  checkConflicts(where, addresses, [...further, ...attached]);
}

/** CIDRs that the autoscaler attaches are as large as a VPC accepts, fit a subnet with prefixes, and are nobody's. */
function checkAttachable(
  where: Construct,
  { name, podCidrs, sharedGrowth }: EksClusterAddresses,
  own: readonly string[],
  attachCidrs: readonly string[],
): void {
  const taken = [...own, ...sharedGrowth.map(({ cidr }) => cidr)].map((cidr) => Prefix.parse(cidr));
  for (const text of attachCidrs) {
    const cidr = Prefix.parse(text);
    if (cidr.length < 16 || cidr.length > 26) {
      throw new ValidationError(
        where,
        `attachCidrs has ${text}; use a /16 to /26, which a VPC accepts and which fits a subnet with usable /28 prefixes`,
      );
    }
    const other = taken.find((prefix) => prefix.overlaps(cidr));
    if (other !== undefined) {
      throw new ValidationError(
        where,
        `attachCidrs has ${cidr}, which overlaps ${other} of ${name}; use another block of ${podCidrs[0]?.pool}`,
      );
    }
    taken.push(cidr);
  }
}

function checkExisting(where: Construct, addresses: EksClusterAddresses, existing: ExistingVpcOptions): void {
  const mode: string = existing.mode;
  if (mode !== "existing") {
    throw new ValidationError(
      where,
      `vpcCidr.mode is "${mode}", but the address plan decides that; remove vpcCidr and set clusters.${addresses.key}.vpcCidr: ${mode} in addresses.yaml`,
    );
  }
  if (addresses.vpcCidr === "ipam-assigned") {
    throw new ValidationError(
      where,
      `vpcCidr imports ${existing.vpcId}, but in the address plan IPAM assigns the VPC's CIDR; remove clusters.${addresses.key}.vpcCidr from addresses.yaml`,
    );
  }
  const ids = {
    vpcId: ["vpc", existing.vpcId],
    internetGatewayId: ["igw", existing.internetGatewayId],
  } as const;
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

function checkQuota(
  where: Construct,
  { key, vpcCidrQuota }: EksClusterAddresses,
  further: readonly Pick<VpcCidr, "cidr">[],
): void {
  const cidrs = further.map(({ cidr }) => cidr);
  const count = 1 + cidrs.flatMap(vpcSizedBlocks).length;
  if (count <= vpcCidrQuota) return;
  throw new ValidationError(
    where,
    `the VPC needs ${count} CIDRs (1 + ${cidrs.join(" + ")} in blocks of at most a /16), but the quota is ${vpcCidrQuota}; raise quota L-83CA0A9D and set clusters.${key}.vpcCidrQuota in addresses.yaml (50 at most), or plan fewer pods or less growth`,
  );
}

function checkOverlaps(where: Construct, cidrs: readonly string[]): void {
  const all = cidrs.map((cidr) => Prefix.parse(cidr));
  all.forEach((prefix, index) => {
    const other = all.slice(index + 1).find((candidate) => candidate.overlaps(prefix));
    if (other) {
      throw new ValidationError(
        where,
        `${other} overlaps ${prefix} in the same VPC; run npm run addresses to plan them again`,
      );
    }
  });
}

function checkConflicts(
  where: Construct,
  { vpc, environment }: EksClusterAddresses,
  further: readonly Pick<VpcCidr, "name" | "cidr">[],
): void {
  for (const { name, cidr } of further) {
    const conflict = vpcCidrConflict(Prefix.parse(vpc), Prefix.parse(cidr));
    if (conflict !== undefined) {
      throw new ValidationError(
        where,
        `AWS rejects ${name} ${cidr} in the VPC ${vpc}: ${conflict}; choose other spaces with nodesFrom and podsFrom in environments.${environment}.aws, such as 100.64.0.0/10 for pods`,
      );
    }
  }
}
