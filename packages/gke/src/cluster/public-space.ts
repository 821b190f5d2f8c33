import { Prefix } from "@cluster-ipam/address-plan";

/**
 * The ranges that GKE never takes for public space (GKE: "IP masquerade agent", "Default non-masquerade destinations";
 * VPC: "Subnets", "Private IPv4 ranges").
 */
const NON_PUBLIC_RANGES = [
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "100.64.0.0/10",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "240.0.0.0/4",
].map((cidr) => Prefix.parse(cidr));

/**
 * Whether a CIDR has public addresses. GKE allows them for pods only in clusters with private nodes and without default
 * SNAT (GKE: "Create a VPC-native cluster", "Privately used public IP address ranges").
 */
export function isPublicSpace(cidr: string): boolean {
  const prefix = Prefix.parse(cidr);
  return !NON_PUBLIC_RANGES.some((range) => range.contains(prefix));
}
