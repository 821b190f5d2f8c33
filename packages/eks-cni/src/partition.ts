/** The AWS partition of a Region: the second part of its ARNs. */
export function partition(region: string): string {
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}
