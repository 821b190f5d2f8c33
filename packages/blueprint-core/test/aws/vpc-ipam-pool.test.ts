import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { VpcIpamPool, type VpcIpamPoolSourceResource } from "../../src/aws";
import { renderings } from "../renderings";

const pool = (sourceResource?: VpcIpamPoolSourceResource) =>
  renderings((stack) => {
    new AwsProvider(stack, "aws", { region: "eu-west-1" });
    new VpcIpamPool(stack, "pool", { addressFamily: "ipv4", ipamScopeId: "scope-1", sourceResource });
  });

test("both renderings carry the source resource and the version that knows it", () => {
  const { hcl, json } = pool({
    resourceId: "${aws_vpc.main.id}",
    resourceOwner: "012345678901",
    resourceRegion: "eu-west-1",
    resourceType: "vpc",
  });
  expect(json.resource["aws_vpc_ipam_pool"]?.["pool"]).toMatchObject({
    source_resource: {
      resource_id: "${aws_vpc.main.id}",
      resource_owner: "012345678901",
      resource_region: "eu-west-1",
      resource_type: "vpc",
    },
  });
  expect(hcl).toContain(`
  source_resource {
    resource_id     = aws_vpc.main.id
    resource_owner  = "012345678901"
    resource_region = "eu-west-1"
    resource_type   = "vpc"
  }
`);
  expect(hcl).toContain('version = ">= 6.29.0, < 7.0.0"');
});

test("without it, it is the binding", () => {
  expect(pool().hcl).not.toContain("source_resource");
  expect(pool().hcl).toContain('version = ">= 6.25.0, < 7.0.0"');
});
