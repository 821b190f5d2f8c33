import { AddressPlanError, Prefix } from "@cluster-ipam/address-plan/prefix";
import { invalid } from "./refusals";

/** Where no subnetwork can lie (VPC: "Prohibited IPv4 subnet ranges"), and GKE's managed range of Services. */
export const PROHIBITED_RANGES: readonly Prefix[] = [
  "0.0.0.0/8",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "199.36.153.4/30",
  "199.36.153.8/30",
  "224.0.0.0/4",
  "255.255.255.255/32",
  "34.118.224.0/20",
].map((cidr) => Prefix.parse(cidr));

/** Where auto-mode subnetworks lie (VPC: "Auto mode IPv4 ranges"). */
export const AUTO_MODE_RANGE = Prefix.parse("10.128.0.0/9");

/** Parses a range. @param family @default 4 @throws ServiceError invalid */
export function parseRange(field: string, cidr: string, family: 4 | 6 = 4): Prefix {
  try {
    return Prefix.parse(cidr, family);
  } catch (error) {
    if (error instanceof AddressPlanError)
      throw invalid(field, cidr, `Invalid IPCidrRange: ${error.message}.`);
    throw error;
  }
}
