import { sdkEc2 } from "../../../src/runtime";
import { cannedEc2, errorResponse } from "./canned-ec2";

const eni = (number: number): string => `<item>
  <subnetId>subnet-1</subnetId>
  <privateIpAddressesSet><item><privateIpAddress>10.0.0.${number}</privateIpAddress></item></privateIpAddressesSet>
  <ipv4PrefixSet><item><ipv4Prefix>10.0.1.${number * 16}/28</ipv4Prefix></item></ipv4PrefixSet>
  <attachment><instanceId>i-${number}</instanceId><attachTime>2026-11-23T12:00:00.000Z</attachTime></attachment>
</item>`;

test("lists are read to the last page", async () => {
  const tokens: (string | null)[] = [];
  const ec2 = sdkEc2(
    cannedEc2((form) => {
      const token = form.get("NextToken");
      tokens.push(token);
      const page = Number(token ?? 0);
      return {
        body: `<DescribeNetworkInterfacesResponse><networkInterfaceSet>${eni(page + 5)}</networkInterfaceSet>${
          page < 2 ? `<nextToken>${page + 1}</nextToken>` : ""
        }</DescribeNetworkInterfacesResponse>`,
      };
    }),
  );
  const seen: unknown[] = [];
  await ec2.forEachInterface({ vpcId: "vpc-1" }, (one) => seen.push(one));
  expect(tokens).toEqual([null, "1", "2"]);
  expect(seen).toHaveLength(3);
  expect(seen[2]).toEqual({
    subnetId: "subnet-1",
    addresses: ["10.0.0.7"],
    prefixes: ["10.0.1.112/28"],
    instanceId: "i-7",
    attachedAt: Date.parse("2026-11-23T12:00:00Z"),
  });
});

test("a subnet is created with its CIDR and tags", async () => {
  let form = new URLSearchParams();
  const ec2 = sdkEc2(
    cannedEc2((request) => {
      form = request;
      return {
        body: `<CreateSubnetResponse><subnet><subnetId>subnet-9</subnetId><state>pending</state>
          <cidrBlock>100.64.64.0/22</cidrBlock><availabilityZone>eu-central-1a</availabilityZone>
          <tagSet><item><key>owner</key><value>prod</value></item></tagSet></subnet></CreateSubnetResponse>`,
      };
    }),
  );
  const request = { vpcId: "vpc-1", cidr: "100.64.64.0/22", zone: "eu-central-1a", tags: { owner: "prod" } };
  expect(await ec2.createSubnet(request)).toMatchObject({
    id: "subnet-9",
    state: "pending",
    tags: { owner: "prod" },
  });
  expect(Object.fromEntries(form)).toMatchObject({
    Action: "CreateSubnet",
    CidrBlock: "100.64.64.0/22",
    VpcId: "vpc-1",
    "TagSpecification.1.ResourceType": "subnet",
    "TagSpecification.1.Tag.1.Key": "owner",
  });
});

test.each([
  [
    errorResponse(
      "UnauthorizedOperation",
      "You are not authorized to perform: ec2:DeleteSubnet on resource: arn:aws:ec2:eu-central-1:1:subnet/subnet-9 because",
    ),
    "ec2:DeleteSubnet: access denied to arn:aws:ec2:eu-central-1:1:subnet/subnet-9 (UnauthorizedOperation); allow ec2:DeleteSubnet in the role's policy",
  ],
  [
    errorResponse("RequestLimitExceeded", "Request limit exceeded."),
    "ec2:DeleteSubnet: throttled on every attempt (RequestLimitExceeded); the next run tries again",
  ],
  [errorResponse("DependencyViolation", "in use"), "ec2:DeleteSubnet: in use (DependencyViolation)"],
])("an error response becomes one sentence that names the action", async (response, message) => {
  await expect(sdkEc2(cannedEc2(() => response)).deleteSubnet("subnet-9")).rejects.toThrow(message);
});

test("a missing response is reported as a network error", async () => {
  const ec2 = sdkEc2(
    cannedEc2(() => {
      throw Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
    }),
  );
  await expect(ec2.subnets("vpc-1")).rejects.toThrow(
    "ec2:DescribeSubnets: no response (connect ECONNREFUSED); check the network path to the AWS endpoint",
  );
});

test("only provisioned CIDRs of a pool count", async () => {
  const item = (cidr: string, state: string): string =>
    `<item><cidr>${cidr}</cidr><state>${state}</state></item>`;
  const ec2 = sdkEc2(
    cannedEc2(() => ({
      body: `<GetIpamPoolCidrsResponse><ipamPoolCidrSet>${item("100.64.0.0/16", "provisioned")}${item("100.65.0.0/16", "pending-provision")}</ipamPoolCidrSet></GetIpamPoolCidrsResponse>`,
    })),
  );
  expect(await ec2.poolCidrs("ipam-pool-1")).toEqual(["100.64.0.0/16"]);
});

test("a CIDR of a length is drawn from a pool, and a subnet is reserved for prefixes", async () => {
  const forms: URLSearchParams[] = [];
  const ec2 = sdkEc2(
    cannedEc2((form) => {
      forms.push(form);
      return {
        body: "<Response><cidrBlockAssociation><associationId>vpc-cidr-assoc-1</associationId></cidrBlockAssociation></Response>",
      };
    }),
  );
  expect(await ec2.associateVpcCidr("vpc-1", { netmaskLength: 24 }, "ipam-pool-1")).toBe("vpc-cidr-assoc-1");
  await ec2.reservePrefixes("subnet-1", "10.0.0.128/25");
  expect(Object.fromEntries(forms[0]!)).toMatchObject({
    Ipv4NetmaskLength: "24",
    Ipv4IpamPoolId: "ipam-pool-1",
  });
  expect(Object.fromEntries(forms[1]!)).toMatchObject({ Cidr: "10.0.0.128/25", ReservationType: "prefix" });
});
