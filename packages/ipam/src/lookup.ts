export { IpamPoolLookup, type IpamPoolLookupProps } from "./aws/ipam-pool-lookup";
