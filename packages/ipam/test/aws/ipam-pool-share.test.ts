import { AwsIpamPools } from "../../src";
import { ipam, tree } from "./pool-tree";
import { find, one, synth } from "../synth";

const eks = "aws/eu-central-1/prod/eks";

test("a pool is shared with accounts and OUs of the organisation, from the home Region", () => {
  const ou = "arn:aws:organizations::111122223333:ou/o-exampleorg/ou-exam-12345678";
  const { resource } = synth((stack) => {
    new AwsIpamPools(stack, "pools", {
      ipam,
      pools: tree,
      shares: [{ pool: eks, principals: ["012345678901", ou] }],
    });
  });

  const [name, share] = one(resource, "aws_ram_resource_share");
  expect(share).toMatchObject({
    region: "eu-central-1",
    name: "ipam-pool-aws-eu-central-1-prod-eks",
    allow_external_principals: false,
    permission_arns: ["arn:aws:ram::aws:permission/AWSRAMDefaultPermissionsIpamPool"],
  });
  const arn = `\${aws_ram_resource_share.${name}.arn}`;
  expect(one(resource, "aws_ram_resource_association")[1]).toMatchObject({
    region: "eu-central-1",
    resource_share_arn: arn,
    resource_arn: expect.stringMatching(/^\$\{aws_vpc_ipam_pool\..*eks.*\.arn\}$/),
  });
  const principals = find(resource, "aws_ram_principal_association", { resource_share_arn: arn });
  expect(principals.map(([, { principal }]) => principal)).toEqual(["012345678901", ou]);
});

test.each([
  ["cn-north-1", "arn:aws-cn:ram::aws:permission/AWSRAMDefaultPermissionsIpamPool"],
  ["us-gov-west-1", "arn:aws-us-gov:ram::aws:permission/AWSRAMDefaultPermissionsIpamPool"],
])("in %s the permission's ARN has the partition", (homeRegion, permission) => {
  const { resource } = synth((stack) => {
    new AwsIpamPools(stack, "pools", {
      ipam: { ...ipam, homeRegion },
      pools: tree,
      shares: [{ pool: eks, principals: ["012345678901"] }],
    });
  });

  expect(one(resource, "aws_ram_resource_share")[1]["permission_arns"]).toEqual([permission]);
});
