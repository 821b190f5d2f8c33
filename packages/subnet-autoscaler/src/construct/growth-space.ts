import { AddressPlanError, Prefix } from "@cluster-ipam/address-plan";
import { ValidationError } from "@cluster-ipam/blueprint-core";
import { type EksClusterContract } from "@cluster-ipam/eks-cni";
import { Token } from "cdktf";
import { type Construct } from "constructs";

/**
 * The space a cluster grows into: what the address plan keeps for it, then what the autoscaler attaches beside.
 *
 * @param attachCidrs literal IPv4 CIDRs that no network attaches
 * @throws ValidationError for a cluster that more subnets cannot help, and on CIDRs that cannot be in its VPC
 */
export function growthSpace(
  where: Construct,
  { network, cni }: EksClusterContract,
  attachCidrs: readonly string[],
): readonly Prefix[] {
  const { addresses: cluster, ipFamily } = network;
  if (ipFamily === "ipv6") {
    throw new ValidationError(
      where,
      `${cluster.name} is an IPv6 cluster, whose pods never run out of addresses; leave the autoscaler out`,
    );
  }
  if (cni.customNetworking) {
    throw new ValidationError(
      where,
      `${cluster.name} has custom networking, which keeps its pods in the subnets of their ENIConfigs, so a new one would stay empty; leave cni.customNetworking out`,
    );
  }
  if (!cni.prefixDelegation) {
    throw new ValidationError(
      where,
      `${cluster.name} has no prefix delegation, and free /28 prefixes are what the autoscaler goes by; leave cni.prefixDelegation out`,
    );
  }
  if (cluster.growth.length === 0) {
    throw new ValidationError(
      where,
      `${cluster.name} has growthPercent 0 in the address plan, so there is no space to grow into; raise it and run npm run addresses`,
    );
  }
  const space = cluster.growth.map(({ cidr }) => Prefix.parse(cidr));
  const taken = [Prefix.parse(cluster.vpc), Prefix.parse(cluster.pods.cidr), ...space];
  for (const text of attachCidrs) {
    const cidr = attachable(where, text);
    const other = taken.find((prefix) => prefix.overlaps(cidr));
    if (other !== undefined) {
      throw new ValidationError(
        where,
        `attachCidrs has ${cidr}, which overlaps ${other} of ${cluster.name}; take another block of ${cluster.podPool}`,
      );
    }
    taken.push(cidr);
    space.push(cidr);
  }
  return space;
}

function attachable(where: Construct, text: string): Prefix {
  if (Token.isUnresolved(text)) {
    throw new ValidationError(
      where,
      "attachCidrs has a CIDR that is known after apply only but it is checked at synth; write it as a literal",
    );
  }
  const prefix = parse(where, text);
  if (prefix.length >= 16 && prefix.length <= 26) return prefix;
  throw new ValidationError(
    where,
    `attachCidrs has ${text}; use a /16 to /26, which a VPC takes and which holds a subnet with usable /28 prefixes`,
  );
}

function parse(where: Construct, text: string): Prefix {
  try {
    return Prefix.parse(text, 4);
  } catch (error) {
    if (error instanceof AddressPlanError) throw new ValidationError(where, `attachCidrs: ${error.message}`);
    throw error;
  }
}
