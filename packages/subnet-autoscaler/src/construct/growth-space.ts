import { type VpcCidr } from "@cluster-ipam/address-plan";
import { AddressPlanError, Prefix } from "@cluster-ipam/address-plan/prefix";
import { ValidationError } from "@cluster-ipam/blueprint-core";
import { type EksClusterContract } from "@cluster-ipam/eks-cni";
import { Token } from "cdktf";
import { type Construct } from "constructs";

/** The growth CIDRs of a cluster. */
export interface GrowthSpace {
  /** Those in which subnets are created: of the address plan, then those that the autoscaler attaches. */
  readonly inUse: readonly Prefix[];
  /** Those that the address plan drains. */
  readonly draining: readonly Prefix[];
  /** Key of the IPAM pool of the growth space. */
  readonly pool: string;
}

/**
 * The growth space of a cluster.
 *
 * @param attachCidrs literal IPv4 CIDRs that no network stack attaches
 * @throws ValidationError for a cluster that more subnets do not help, and for CIDRs that its VPC cannot have
 */
export function growthSpace(
  scope: Construct,
  { network, cni }: EksClusterContract,
  attachCidrs: readonly string[],
): GrowthSpace {
  const { addresses, ipFamily } = network;
  if (ipFamily === "ipv6") {
    throw new ValidationError(
      scope,
      `${addresses.name} is an IPv6 cluster, whose pods never run out of addresses; remove the autoscaler`,
    );
  }
  if (cni.customNetworking) {
    throw new ValidationError(
      scope,
      `${addresses.name} uses custom networking, which keeps pods in the subnets of their ENIConfigs, so a new subnet would stay empty; remove cni.customNetworking`,
    );
  }
  if (!cni.prefixDelegation) {
    throw new ValidationError(
      scope,
      `${addresses.name} does not use prefix delegation, and the autoscaler scales on free /28 prefixes; remove cni.prefixDelegation: false`,
    );
  }
  if (addresses.growth.length === 0) {
    throw new ValidationError(
      scope,
      `${addresses.name} has growthPercent 0 in the address plan, so it has no growth space; raise it and run npm run addresses`,
    );
  }
  const isDraining = ({ state }: VpcCidr) => state === "draining";
  const { pool } = addresses.growth.find((block) => !isDraining(block)) ?? addresses.growth[0]!;
  const prefixes = (blocks: readonly { cidr: string }[]) => blocks.map(({ cidr }) => Prefix.parse(cidr));
  const { vpc, nodeCidrs, podCidrs, growth } = addresses;
  const taken = prefixes([{ cidr: vpc }, ...nodeCidrs, ...podCidrs, ...growth]);
  const inUse = prefixes(growth.filter((block) => !isDraining(block)));
  for (const text of attachCidrs) {
    const cidr = attachable(scope, text);
    const other = taken.find((prefix) => prefix.overlaps(cidr));
    if (other !== undefined) {
      throw new ValidationError(
        scope,
        `attachCidrs has ${cidr}, which overlaps ${other} of ${addresses.name}; use another block of ${pool}`,
      );
    }
    taken.push(cidr);
    inUse.push(cidr);
  }
  return { inUse, draining: prefixes(growth.filter(isDraining)), pool };
}

function attachable(scope: Construct, text: string): Prefix {
  if (Token.isUnresolved(text)) {
    throw new ValidationError(
      scope,
      "attachCidrs has a CIDR that is known only after apply, but it is checked at synth; use a literal",
    );
  }
  const prefix = parse(scope, text);
  if (prefix.length >= 16 && prefix.length <= 26) return prefix;
  throw new ValidationError(
    scope,
    `attachCidrs has ${text}; use a /16 to /26, which a VPC accepts and which fits a subnet with usable /28 prefixes`,
  );
}

function parse(scope: Construct, text: string): Prefix {
  try {
    return Prefix.parse(text, 4);
  } catch (error) {
    if (error instanceof AddressPlanError) throw new ValidationError(scope, `attachCidrs: ${error.message}`);
    throw error;
  }
}
