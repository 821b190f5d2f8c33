/** Limits of an account that can be raised; the defaults are those of a new account. */
export interface Quotas {
  /** IPv4 CIDRs of a VPC, the first included. @default 5 */
  readonly cidrsPerVpc: number;
  /** @default 200 */
  readonly subnetsPerVpc: number;
  /** VPCs in a Region. @default 5 */
  readonly vpcsPerRegion: number;
  /** Secondary ranges of a Google subnetwork. @default 30 */
  readonly secondaryRangesPerSubnetwork: number;
}

/** Sources: Amazon VPC quotas; Google Cloud VPC quotas. */
export const defaultQuotas: Quotas = {
  cidrsPerVpc: 5,
  subnetsPerVpc: 200,
  vpcsPerRegion: 5,
  secondaryRangesPerSubnetwork: 30,
};
