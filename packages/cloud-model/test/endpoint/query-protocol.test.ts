import * as client from "@aws-sdk/client-ec2";
import { NormalizedSchema } from "@smithy/core/schema";
import { ec2Operations } from "../../src/aws/ec2/operations/ec2-operations";
import { enumMembers, valuesOf } from "../../src/endpoint/query/enum-members";
import { ServiceError } from "../../src/service-error";
import { ec2Action } from "../../src/endpoint/query/action-shapes";
import { inputOf } from "../../src/endpoint/query/query-form";
import { watched } from "../../src/endpoint/query/unread-parameters";
import { enumsInTypes } from "./sdk-types";
import { ec2Answer, ec2Refusal, outputXml } from "../../src/endpoint/query/xml";

const parse = (action: string, parameters: string) =>
  inputOf(new URLSearchParams(`Action=${action}&Version=2016-11-15&${parameters}`), ec2Action(action)!.input);

describe("a request", () => {
  it("has nested lists, numbers and booleans under EC2's names", () => {
    const form =
      "VpcId=vpc-1&Ipv4NetmaskLength=24&DryRun=true&TagSpecification.1.ResourceType=subnet" +
      "&TagSpecification.1.Tag.2.Key=b&TagSpecification.1.Tag.1.Key=a&TagSpecification.1.Tag.1.Value=1";
    expect(parse("CreateSubnet", form)).toEqual({
      VpcId: "vpc-1",
      Ipv4NetmaskLength: 24,
      DryRun: true,
      TagSpecifications: [{ ResourceType: "subnet", Tags: [{ Key: "a", Value: "1" }, { Key: "b" }] }],
    });
  });

  it("keeps the order of a list of more than nine", () => {
    const form = Array.from({ length: 11 }, (_, index) => `SubnetId.${11 - index}=s${11 - index}`).join("&");
    expect(parse("DescribeSubnets", form)).toEqual({
      SubnetIds: Array.from({ length: 11 }, (_, index) => `s${index + 1}`),
    });
  });

  it.each([
    ["CreateSubnet", "VpcId=vpc-1&Nonsense=1", "UnknownParameter", "Nonsense"],
    ["DescribeSubnets", "Filter.1.Value.1.Deep=1", "UnknownParameter", "Filter.1.Value.1.Deep"],
    ["DescribeSubnets", "SubnetId.first=1", "UnknownParameter", "SubnetId.first"],
    ["CreateSubnet", "CidrBlock=10.0.0.0/24", "MissingParameter", "VpcId"],
    ["DescribeSubnets", "MaxResults=many", "InvalidParameterValue", "MaxResults"],
    ["DescribeSubnets", "DryRun=perhaps", "InvalidParameterValue", "DryRun"],
    ["DescribeSubnets", "MaxResults=5.5", "InvalidParameterValue", "MaxResults"],
    ["DescribeSubnets", "SubnetId=subnet-1", "UnknownParameter", "SubnetId"],
    ["CreateVpc", "Ipv4NetmaskLength=24.5", "InvalidParameterValue", "Ipv4NetmaskLength"],
    ["CreateVpc", "Ipv4NetmaskLength=0x18", "InvalidParameterValue", "Ipv4NetmaskLength"],
    ["CreateVpc", "Ipv4NetmaskLength=1e1", "InvalidParameterValue", "Ipv4NetmaskLength"],
    ["CreateVpc", "Ipv4NetmaskLength=%2024", "InvalidParameterValue", "Ipv4NetmaskLength"],
    ["CreateVpc", "Ipv4NetmaskLength=4294967320", "InvalidParameterValue", "Ipv4NetmaskLength"],
    ["CreateVpc", "InstanceTenancy=shared", "InvalidParameterValue", "InstanceTenancy"],
    ["CreateIpam", "Tier=gold", "InvalidParameterValue", "Tier"],
    ["ModifyIpam", "IpamId=i&MeteredAccount=nobody", "InvalidParameterValue", "MeteredAccount"],
    ["CreateIpamPool", "IpamScopeId=s&AddressFamily=IPV4", "InvalidParameterValue", "AddressFamily"],
    ["CreateSubnet", "VpcId=v&TagSpecification.1.ResourceType=x", "InvalidParameterValue", "ResourceType"],
  ])("%s with %s is refused as %s", (action, form, code, parameter) => {
    const refused = catchError(() => parse(action, form));
    expect(refused).toMatchObject({ code, message: expect.stringContaining(parameter) });
  });
});

describe("an enumerated parameter", () => {
  it("is every one that the SDK's types enumerate", () => {
    expect(enumMembers).toEqual(enumsInTypes(Object.keys(ec2Operations)));
  });

  it.each(
    Object.entries(enumMembers).flatMap(([structure, members]) =>
      Object.entries(members).map(([member, name]) => [structure, member, name] as const),
    ),
  )("%s.%s has the values of the SDK's %s", (structure, member) => {
    const schema = NormalizedSchema.of((client as unknown as Record<string, never>)[`${structure}$`]!);
    expect(valuesOf(schema, member)).not.toHaveLength(0);
  });
});

describe("an answer", () => {
  it("is EC2's XML, with items in sets and text escaped", () => {
    const members = outputXml(ec2Action("DescribeSubnets")!.output, {
      Subnets: [{ SubnetId: "subnet-1", AvailableIpAddressCount: 251, Tags: [{ Key: "a", Value: "<&>" }] }],
    });
    expect(ec2Answer("DescribeSubnets", "id", members)).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n' +
        '<DescribeSubnetsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>id</requestId>' +
        "<subnetSet><item><tagSet><item><key>a</key><value>&lt;&amp;&gt;</value></item></tagSet>" +
        "<subnetId>subnet-1</subnetId><availableIpAddressCount>251</availableIpAddressCount></item></subnetSet>" +
        "</DescribeSubnetsResponse>",
    );
  });

  it("without members says that it was done", () => {
    expect(outputXml(ec2Action("DeleteSubnet")!.output, {})).toBe("<return>true</return>");
  });

  it("shows times in UTC", () => {
    const AttachTime = new Date(0);
    const NetworkInterfaces = [{ Attachment: { AttachTime } }];
    expect(outputXml(ec2Action("DescribeNetworkInterfaces")!.output, { NetworkInterfaces })).toContain(
      "<attachTime>1970-01-01T00:00:00.000Z</attachTime>",
    );
  });

  it("that refuses has a code, words and a request id", () => {
    expect(ec2Refusal(new ServiceError("A.B", "1 < 2"), "id")).toContain(
      "<Response><Errors><Error><Code>A.B</Code><Message>1 &lt; 2</Message></Error></Errors><RequestID>id</RequestID></Response>",
    );
  });
});

describe("what an operation did not look at", () => {
  const request = { VpcId: "vpc-1", Tags: [{ Key: "a", Value: "1" }], Nested: { Left: 1, Right: 2 } };

  it("is known by its path", () => {
    const { input, unread } = watched(request);
    expect([input.VpcId, input.Tags[0]!.Key, input.Nested.Left]).toEqual(["vpc-1", "a", 1]);
    expect(unread()).toEqual(["Tags[0].Value", "Nested.Right"]);
  });

  it("does not include what was taken whole", () => {
    const { input, unread } = watched(request);
    expect({ ...input }).toEqual(request);
    const { input: other, unread: unreadOther } = watched(request);
    expect([other.Tags, other.Nested]).toHaveLength(2);
    expect([unread(), unreadOther()]).toEqual([[], ["VpcId"]]);
  });
});

function catchError(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}
