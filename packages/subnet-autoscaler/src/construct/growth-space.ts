import { AddressPlanError, Prefix } from "@cluster-ipam/address-plan/prefix";
import { ValidationError } from "@cluster-ipam/blueprint-core";
import { type EksClusterContract } from "@cluster-ipam/eks-cni";
import { Token } from "cdktf";
import { type Construct } from "constructs";

/**
 * The growth space of a cluster: the CIDRs that the address plan reserves, then those that the autoscaler attaches.
 *
 * @param attachCidrs literal IPv4 CIDRs that no network stack attaches
 * @throws ValidationError for a cluster that more subnets do not help, and for CIDRs that its VPC cannot have
 */
export function growthSpace(
  scope: Construct,
  { network, cni }: EksClusterContract,
  attachCidrs: readonly string[],
): readonly Prefix[] {
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
  const space = addresses.growth.map(({ cidr }) => Prefix.parse(cidr));
  const taken = [Prefix.parse(addresses.vpc), Prefix.parse(addresses.pods.cidr), ...space];
  for (const text of attachCidrs) {
    const cidr = attachable(scope, text);
    const other = taken.find((prefix) => prefix.overlaps(cidr));
    if (other !== undefined) {
      throw new ValidationError(
        scope,
        `attachCidrs has ${cidr}, which overlaps ${other} of ${addresses.name}; use another block of ${addresses.podPool}`,
      );
    }
    taken.push(cidr);
    space.push(cidr);
  }
  return space;
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
