import { ValidationError } from "@cluster-ipam/blueprint-core";
import { type Construct } from "constructs";
import { type PlannedSubnet } from "../subnets/planned-subnets";

/** /64 networks in the /56 that Amazon assigns to a VPC. */
const NETWORKS = 256;
/** /64 networks per role and set: one for each of the zone letters a to p. */
const PER_SET = 16;

/** The first network of each role's first set. Node sets are last, because only they become more. */
const FIRST: Readonly<Record<PlannedSubnet["role"], number>> = {
  public: 0,
  "control-plane": PER_SET,
  node: 2 * PER_SET,
  pod: NETWORKS,
};

/**
 * The number of a subnet's /64 in the VPC's /56. It depends on the subnet's role, set and zone letter alone, so it does
 * not change when a zone or a set is added or leaves.
 *
 * @returns 0 to 255
 * @throws ValidationError for a zone letter after p, and for node sets after the 14th
 */
export function ipv6Network(where: Construct, { role, set, zone, id }: PlannedSubnet): number {
  const letter = zone.charCodeAt(zone.length - 1) - "a".charCodeAt(0);
  const network = FIRST[role] + (set - 1) * PER_SET + letter;
  if (letter < PER_SET && network < NETWORKS) return network;
  throw new ValidationError(
    where,
    `subnet ${id} has no /64 in the VPC's IPv6 /56, which has room for zones a to p and 14 node subnet sets; use another zone or ipFamily "ipv4"`,
  );
}
