import { type EksClusterAddresses, type SubnetSet, type ZoneSubnet } from "@cluster-ipam/address-plan";
import { type SubnetRole } from "./network-tags";

/** A subnet of the address plan with its purpose. */
export interface PlannedSubnet extends ZoneSubnet {
  readonly role: SubnetRole;
  /** Construct id in the network, for example `node-eu-central-1a`, `pod-2-eu-central-1a`. It never changes. */
  readonly id: string;
  /** Number of its subnet set, from 1. Public and control-plane subnets are in set 1. */
  readonly set: number;
}

/** All subnets of a cluster, by role, then by set, then in the order of the plan's zones. IPv6 networks have no pod subnets. */
export function plannedSubnets(
  addresses: EksClusterAddresses,
  ipFamily: "ipv4" | "ipv6",
): readonly PlannedSubnet[] {
  const subnets = (role: SubnetRole, list: readonly ZoneSubnet[], set = 1): readonly PlannedSubnet[] =>
    list.map((subnet) => ({
      ...subnet,
      role,
      set,
      id: set === 1 ? `${role}-${subnet.zone}` : `${role}-${set}-${subnet.zone}`,
    }));
  const sets = (role: "node" | "pod", list: readonly SubnetSet[]) =>
    list.flatMap((set) => subnets(role, set.subnets, numberOf(set.name)));
  return [
    ...subnets("public", addresses.publicSubnets),
    ...subnets("control-plane", addresses.controlPlaneSubnets),
    ...sets("node", addresses.nodes),
    ...(ipFamily === "ipv6" ? [] : sets("pod", addresses.pods)),
  ];
}

/** The zones that have subnets, the plan's first: a zone that the plan drains has subnets until they are freed. */
export function networkZones(
  { zones }: EksClusterAddresses,
  subnets: readonly PlannedSubnet[],
): readonly string[] {
  return [...new Set([...zones, ...subnets.map(({ zone }) => zone)])];
}

/** The number at the end of a block's name: 1 for `pods`, 2 for `pods-2`. */
function numberOf(name: string): number {
  return Number(/-(\d+)$/.exec(name)?.[1] ?? 1);
}
