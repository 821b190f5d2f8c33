/** Partitions outside `aws`, by the first letters of their Regions. Source: the AWS SDK's `partitions.json`. */
const PARTITIONS: readonly (readonly [regionPrefix: string, partition: string])[] = [
  ["cn-", "aws-cn"],
  ["us-gov-", "aws-us-gov"],
  ["eusc-", "aws-eusc"],
  ["us-iso-", "aws-iso"],
  ["us-isob-", "aws-iso-b"],
  ["eu-isoe-", "aws-iso-e"],
  ["us-isof-", "aws-iso-f"],
];

/**
 * The AWS partition of a Region: the second part of an ARN.
 *
 * @param region name of a Region, for example `eu-central-1`
 * @returns `aws` for the commercial Regions, and for a name that matches no other partition, as the AWS SDK does
 */
export function awsPartition(region: string): string {
  return PARTITIONS.find(([prefix]) => region.startsWith(prefix))?.[1] ?? "aws";
}
