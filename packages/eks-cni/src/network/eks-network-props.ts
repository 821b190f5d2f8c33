import { type EksClusterAddresses } from "@cluster-ipam/address-plan";
import { type VpcCidrOptions } from "./vpc-cidr";

/** How private subnets reach the internet over IPv4. */
export type NatGateways =
  /** One gateway in the first zone. Cheap, but the other zones depend on that zone and pay for cross-zone traffic. */
  | "single"
  /** One gateway per zone. */
  | "per-zone"
  /** No gateway. The nodes reach AWS through interface endpoints only. */
  | "none";

/** Props of an {@link EksNetwork}. */
export interface EksNetworkProps {
  /** Addresses of the cluster, from the address plan. */
  readonly addresses: EksClusterAddresses;
  /** Id of the IPAM pool that allocates the VPC's CIDR. */
  readonly ipamPoolId: string;
  /** Id of the IPAM pool that allocates the pod and growth CIDRs. */
  readonly podIpamPoolId: string;
  readonly natGateways: NatGateways;
  /** Source of the VPC's primary CIDR. @default the planned CIDR */
  readonly vpcCidr?: VpcCidrOptions;
  /** "ipv6" makes the VPC dual-stack: pods get IPv6 addresses from the node subnets. @default "ipv4" */
  readonly ipFamily?: "ipv4" | "ipv6";
  /** Version of the VPC CNI add-on with its build. It decides the subnets' tags. @default "v1.23.1-eksbuild.1" */
  readonly cniVersion?: string;
  /** The account's quota of IPv4 CIDRs per VPC, 5 to 50. @default 5, the quota of a new account */
  readonly vpcCidrQuota?: number;
  /**
   * AZ id of each zone in this account, for example `{ "us-east-1a": "use1-az4" }`. EKS does not support some AZ ids.
   * @default none; a warning in Regions with such zones
   */
  readonly zoneIds?: Readonly<Record<string, string>>;
  /** Terraform refuses to destroy the VPC. @default true */
  readonly deletionProtection?: boolean;
}
