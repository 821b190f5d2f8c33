/** Adjustable quotas of an account; the defaults are a new account's. */
export interface Quotas {
  /** IPv4 CIDRs per VPC, including the primary one. @default 5 */
  readonly cidrsPerVpc: number;
  /** @default 200 */
  readonly subnetsPerVpc: number;
  /** VPCs per Region. @default 5 */
  readonly vpcsPerRegion: number;
  /** Secondary ranges per Google subnetwork. @default 30 */
  readonly secondaryRangesPerSubnetwork: number;
}

/** Sources: Amazon VPC quotas; Google Cloud VPC quotas. */
export const defaultQuotas: Quotas = {
  cidrsPerVpc: 5,
  subnetsPerVpc: 200,
  vpcsPerRegion: 5,
  secondaryRangesPerSubnetwork: 30,
};
