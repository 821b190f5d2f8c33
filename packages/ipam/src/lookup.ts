export { IpamPoolLookup, type IpamPoolLookupProps } from "./ipam-pool-lookup";
