import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Token } from "cdktf";
import { Subnet, type SubnetConfig } from "../../src/aws";
import { hclOf } from "../terraform";
import { renderings } from "../renderings";

const subnet = (config: Omit<SubnetConfig, "vpcId">) =>
  renderings((stack) => {
    new AwsProvider(stack, "aws", { region: "eu-west-1" });
    new Subnet(stack, "subnet", { vpcId: "vpc-1", ...config });
  });

test("both renderings carry the IPAM arguments and the version that knows them", () => {
  const { hcl, json } = subnet({
    ipv4IpamPoolId: "pool-4",
    ipv4NetmaskLength: 20,
    ipv6IpamPoolId: "pool-6",
    ipv6NetmaskLength: 60,
  });
  expect(json.resource["aws_subnet"]?.["subnet"]).toMatchObject({
    ipv4_ipam_pool_id: "pool-4",
    ipv4_netmask_length: 20,
    ipv6_ipam_pool_id: "pool-6",
    ipv6_netmask_length: 60,
  });
  expect(hcl).toContain(`  vpc_id              = "vpc-1"
  ipv4_ipam_pool_id   = "pool-4"
  ipv4_netmask_length = 20
  ipv6_ipam_pool_id   = "pool-6"
  ipv6_netmask_length = 60
`);
  expect(hcl).toContain('version = ">= 6.29.0, < 7.0.0"');
  expect(json.terraform.required_providers["aws"]?.version).toBe(">= 6.29.0, < 7.0.0");
});

test("requires 6.33.0 for a CIDR with a pool and for /64", () => {
  expect(subnet({ ipv4IpamPoolId: "pool", cidrBlock: "10.0.0.0/24" }).hcl).toContain(">= 6.33.0");
  expect(subnet({ ipv6IpamPoolId: "pool", ipv6NetmaskLength: 64 }).hcl).toContain(">= 6.33.0");
});

test("without them it is the binding", () => {
  const { hcl } = subnet({ cidrBlock: "10.0.0.0/24" });
  expect(hcl).not.toContain("ipam");
  expect(hcl).toContain('version = ">= 6.25.0, < 7.0.0"');
});

test("accepts a length known only after apply", () => {
  expect(
    subnet({ ipv4IpamPoolId: "pool", ipv4NetmaskLength: Token.asNumber("${local.length}") }).hcl,
  ).toContain("ipv4_netmask_length = local.length");
});

test.each([
  [{ ipv4NetmaskLength: 20 }, "ipv4NetmaskLength 20 needs a pool; set ipv4IpamPoolId"],
  [{ ipv4IpamPoolId: "p", ipv4NetmaskLength: 15 }, "ipv4NetmaskLength 15 is out of bounds; use 16 to 28"],
  [{ ipv4IpamPoolId: "p", ipv4NetmaskLength: 29 }, "ipv4NetmaskLength 29 is out of bounds"],
  [{ ipv4IpamPoolId: "p", ipv4NetmaskLength: 20.5 }, "ipv4NetmaskLength 20.5 is out of bounds"],
  [
    { ipv6IpamPoolId: "p", ipv6NetmaskLength: 58 },
    "ipv6NetmaskLength 58 is out of bounds; use 44 to 64 in steps of 4",
  ],
  [
    { ipv4IpamPoolId: "p", ipv4NetmaskLength: 20, cidrBlock: "10.0.0.0/20" },
    "ipv4NetmaskLength 20 and the CIDR 10.0.0.0/20 are mutually exclusive",
  ],
])("rejects %j", (config, message) => {
  expect(() => hclOf((stack) => new Subnet(stack, "subnet", { vpcId: "vpc-1", ...config }))).toThrow(message);
});
