import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Token } from "cdktf";
import { AwsIpam } from "../../src";
import { find, one, resolve, synth } from "../synth";

const regions = { homeRegion: "eu-central-1", operatingRegions: ["eu-central-1", "us-east-1"] };

test("an IPAM operates in its Regions, is managed in its home Region, and is protected", () => {
  const { resource } = synth((stack) => {
    new AwsIpam(stack, "ipam", { ...regions, tags: { team: "platform" } });
  });

  const [, ipam] = one(resource, "aws_vpc_ipam");
  expect(ipam).toMatchObject({
    region: "eu-central-1",
    operating_regions: [{ region_name: "eu-central-1" }, { region_name: "us-east-1" }],
    tier: "advanced",
    tags: { team: "platform", Name: "network/ipam" },
    lifecycle: { prevent_destroy: true },
  });
  expect(resource).not.toHaveProperty("aws_vpc_ipam_scope");
});

test("an additional private scope replaces the default one", () => {
  const scopes: string[] = [];
  const { resource } = synth((stack) => {
    scopes.push(new AwsIpam(stack, "default", regions).scopeId);
    scopes.push(new AwsIpam(stack, "own", { ...regions, privateScope: "acquired company" }).scopeId);
    expect(resolve(stack, scopes[0])).toMatch(/^\$\{aws_vpc_ipam\..+\.private_default_scope_id\}$/);
    expect(resolve(stack, scopes[1])).toMatch(/^\$\{aws_vpc_ipam_scope\..+\.id\}$/);
  });

  expect(one(resource, "aws_vpc_ipam_scope")[1]).toMatchObject({ description: "acquired company" });
});

test("the management account delegates before the IPAM is created", () => {
  const { resource } = synth((stack) => {
    const management = new AwsProvider(stack, "management", { alias: "management", region: "us-east-1" });
    new AwsIpam(stack, "ipam", {
      ...regions,
      delegatedAdmin: { accountId: "012345678901", managementProvider: management },
    });
  });

  const [name, admin] = one(resource, "aws_vpc_ipam_organization_admin_account");
  expect(admin).toMatchObject({ delegated_admin_account_id: "012345678901", provider: "aws.management" });
  const [[, ipam]] = find(resource, "aws_vpc_ipam") as [[string, object]];
  expect(ipam).toMatchObject({ depends_on: [`aws_vpc_ipam_organization_admin_account.${name}`] });
});

test.each([
  [
    { operatingRegions: ["us-east-1"] },
    "network/ipam: the home Region eu-central-1 is not one of the operating Regions (us-east-1); add it",
  ],
  [
    { operatingRegions: ["eu-central-1", "frankfurt"] },
    'network/ipam: the operating Region "frankfurt" is not an AWS Region; use a name like eu-central-1',
  ],
  [
    { operatingRegions: ["eu-central-1", "us-east-1", "us-east-1"] },
    "network/ipam: the operating Region us-east-1 is listed twice; list it once",
  ],
  [
    { operatingRegions: ["eu-central-1", Token.asString({ resolve: () => "us-east-1" })] },
    "network/ipam: a Region is known only after apply, but aws_vpc_ipam needs it at plan; write a literal",
  ],
  [
    { tier: "free" as const, privateScope: "lab" },
    'network/ipam: privateScope "lab" needs tier "advanced", but the tier is "free"; change the tier or remove privateScope',
  ],
])("rejects %j", (props, message) => {
  expect(() => synth((stack) => void new AwsIpam(stack, "ipam", { ...regions, ...props }))).toThrow(
    new Error(message),
  );
});

test("rejects a delegated account id without its leading zero", () => {
  expect(() =>
    synth((stack) => {
      const managementProvider = new AwsProvider(stack, "aws", { region: "us-east-1" });
      new AwsIpam(stack, "ipam", {
        ...regions,
        delegatedAdmin: { accountId: "12345678901", managementProvider },
      });
    }),
  ).toThrow(
    'network/ipam: delegatedAdmin.accountId is "12345678901", but an AWS account id has 12 digits; quote it to keep leading zeros',
  );
});
