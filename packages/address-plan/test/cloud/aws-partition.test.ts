import { awsPartition, REGIONS } from "../../src";

test.each([
  ["eu-central-1", "aws"],
  ["us-east-1", "aws"],
  ["us-gov-west-1", "aws-us-gov"],
  ["cn-north-1", "aws-cn"],
  ["cn-northwest-1", "aws-cn"],
  ["eusc-de-east-1", "aws-eusc"],
  ["us-iso-east-1", "aws-iso"],
  ["us-isob-east-1", "aws-iso-b"],
  ["eu-isoe-west-1", "aws-iso-e"],
  ["us-isof-south-1", "aws-iso-f"],
])("%s is in the partition %s", (region, partition) => {
  expect(awsPartition(region)).toBe(partition);
});

test("every AWS Region of the plan is in aws or aws-us-gov", () => {
  for (const region of REGIONS.aws.keys()) {
    expect(awsPartition(region)).toBe(region.startsWith("us-gov-") ? "aws-us-gov" : "aws");
  }
});
