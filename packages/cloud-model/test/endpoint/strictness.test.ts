import {
  AssignPrivateIpAddressesCommand,
  CreateIpamCommand,
  CreateIpamPoolCommand,
  CreateNetworkAclCommand,
  CreateNetworkInterfaceCommand,
  CreateRouteTableCommand,
  CreateSubnetCommand,
  CreateTagsCommand,
  CreateVpcCommand,
  DeleteTagsCommand,
  DescribeTagsCommand,
  ModifyIpamPoolCommand,
  ModifySubnetAttributeCommand,
} from "@aws-sdk/client-ec2";
import { Clients, codeOf } from "./clients";

let clients: Clients;
beforeAll(async () => {
  clients = await Clients.start();
});
afterAll(() => clients.stop());

const authorizationFor = (service: string): string =>
  `AWS4-HMAC-SHA256 Credential=a/20260101/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;

/** Sends a request as it is. @returns status and body */
async function raw(
  service: string,
  path: string,
  init: { readonly method?: string; readonly body?: string; readonly headers?: Record<string, string> } = {},
): Promise<readonly [status: number, body: string]> {
  const headers = { authorization: authorizationFor(service), ...init.headers };
  const response = await fetch(new URL(path, clients.endpoint.url), { ...init, headers });
  return [response.status, await response.text()];
}

describe("EventBridge", () => {
  const entry = { Source: "s", DetailType: "t", Detail: "{}" };
  const put = (body: unknown) =>
    raw("events", "/", {
      method: "POST",
      body: typeof body === "string" ? body : JSON.stringify(body),
      headers: { "x-amz-target": "AWSEvents.PutEvents", "content-type": "application/x-amz-json-1.1" },
    });

  it.each([
    [{ Entries: [entry], EndpointId: "abc.xyz" }, "UnsupportedOperation", "EndpointId"],
    [{ Entries: [entry], Nonsense: 1 }, "UnsupportedOperation", "Nonsense"],
    [{ Entries: [{ ...entry, TraceHeader: "x" }] }, "UnsupportedOperation", "Entries[0].TraceHeader"],
    [{ Entries: [{ ...entry, Time: "yesterday" }] }, "SerializationException", "Entries[0].Time"],
    [{ Entries: [{ ...entry, Resources: "x" }] }, "SerializationException", "Entries[0].Resources"],
    [{ Entries: [{ ...entry, Source: 1 }] }, "SerializationException", "Entries[0].Source"],
    [{ Entries: ["x"] }, "SerializationException", "Entries[0]"],
    [{ Entries: "x" }, "SerializationException", "Entries"],
    [{ Entries: [] }, "ValidationException", "entries"],
    ["not JSON", "SerializationException", "JSON"],
    ["[]", "SerializationException", "JSON"],
  ])("refuses %j as %s", async (body, code, named) => {
    const [status, text] = await put(body);
    expect([status, JSON.parse(text)]).toEqual([
      400,
      { __type: code, message: expect.stringContaining(named) as string },
    ]);
    expect(clients.endpoint.events()).toEqual([]);
  });
});

describe("STS", () => {
  it("refuses parameters that the action does not have", async () => {
    const ask = (form: string) =>
      raw("sts", "/", {
        method: "POST",
        body: form,
        headers: { "content-type": "application/x-www-form-urlencoded" },
      });
    const [status, text] = await ask("Action=GetCallerIdentity&Version=2011-06-15&RoleArn=x");
    expect([status, text]).toEqual([400, expect.stringContaining("the parameter RoleArn")]);
    expect((await ask("Action=GetCallerIdentity&Version=2011-06-15"))[0]).toBe(200);
  });
});

describe("EKS", () => {
  it.each(["0", "101", "abc", "5.5", "", "1e1", "-1"])("refuses maxResults=%s", async (value) => {
    const [status, text] = await raw("eks", `/clusters?maxResults=${value}`);
    expect([status, JSON.parse(text)]).toMatchObject([400, { __type: "InvalidParameterException" }]);
  });

  it.each(["1", "100"])("accepts maxResults=%s", async (value) => {
    expect((await raw("eks", `/clusters?maxResults=${value}`))[0]).toBe(200);
  });
});

describe("the query API", () => {
  it("answers a GET that is signed in a header or in the URL", async () => {
    const query = "/?Action=DescribeVpcs&Version=2016-11-15&MaxResults=5";
    expect(await raw("ec2", query)).toEqual([200, expect.stringContaining("<DescribeVpcsResponse")]);
    const presigned = new URLSearchParams({
      "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
      "X-Amz-Credential": "a/20260101/eu-west-1/ec2/aws4_request",
      "X-Amz-Signature": "0",
    });
    const response = await fetch(new URL(`${query}&${presigned}`, clients.endpoint.url));
    expect(response.status).toBe(200);
    expect((await raw("sts", "/?Action=GetCallerIdentity&Version=2011-06-15"))[0]).toBe(200);
    const [status, text] = await raw("ec2", "/?Action=DescribeVpcs&Nonsense=1");
    expect([status, text]).toEqual([400, expect.stringContaining("UnknownParameter")]);
  });

  it("accepts a parameter that asks for its default, and refuses it with another value", async () => {
    const ec2 = clients.ec2();
    const { Vpc } = await ec2.send(
      new CreateVpcCommand({
        CidrBlock: "10.0.0.0/16",
        AmazonProvidedIpv6CidrBlock: false,
        Ipv6CidrBlockNetworkBorderGroup: "eu-west-1",
      }),
    );
    const { Subnet } = await ec2.send(
      new CreateSubnetCommand({ VpcId: Vpc!.VpcId, CidrBlock: "10.0.0.0/24", Ipv6Native: false }),
    );
    const SubnetId = Subnet!.SubnetId;
    const create = (more: object) => ec2.send(new CreateNetworkInterfaceCommand({ SubnetId, ...more }));
    const { NetworkInterface } = await create({ Ipv6AddressCount: 0, EnablePrimaryIpv6: false });
    const { NetworkInterfaceId } = NetworkInterface!;
    const assign = (AllowReassignment: boolean) =>
      ec2.send(
        new AssignPrivateIpAddressesCommand({
          NetworkInterfaceId,
          SecondaryPrivateIpAddressCount: 1,
          AllowReassignment,
        }),
      );
    await assign(false);
    await ec2.send(
      new ModifySubnetAttributeCommand({ SubnetId, MapCustomerOwnedIpOnLaunch: { Value: false } }),
    );
    expect(await codeOf(assign(true))).toBe("UnsupportedOperation");
    expect(await codeOf(create({ Ipv6AddressCount: 1 }))).toBe("UnsupportedOperation");
    expect(await codeOf(create({ EnablePrimaryIpv6: true }))).toBe("UnsupportedOperation");
  });

  it("accepts what the real provider sends when it changes a pool's tags", async () => {
    const ec2 = clients.ec2(clients.config("210987654321"));
    const { Ipam } = await ec2.send(
      new CreateIpamCommand({ OperatingRegions: [{ RegionName: "eu-west-1" }], ClientToken: "ipam" }),
    );
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }));
    const tag = { Key: "team", Value: "net" };
    const { IpamPool } = await ec2.send(
      new CreateIpamPoolCommand({
        IpamScopeId: Ipam!.PrivateDefaultScopeId,
        AddressFamily: "ipv4",
        Locale: "eu-west-1",
        AllocationResourceTags: [tag],
        SourceResource: {
          ResourceId: Vpc!.VpcId,
          ResourceOwner: "210987654321",
          ResourceRegion: "eu-west-1",
          ResourceType: "vpc",
        },
      }),
    );
    expect(IpamPool!.SourceResource!.ResourceType).toBe("vpc");
    const modified = await ec2.send(
      new ModifyIpamPoolCommand({ IpamPoolId: IpamPool!.IpamPoolId, RemoveAllocationResourceTags: [tag] }),
    );
    expect(modified.IpamPool).toMatchObject({ State: "modify-complete", AllocationResourceTags: [] });
    const Resources = [Vpc!.VpcId!];
    await ec2.send(new CreateTagsCommand({ Resources, Tags: [tag] }));
    await ec2.send(new DeleteTagsCommand({ Resources, Tags: [{ Key: "none", Value: "such" }] }));
    const { Tags } = await ec2.send(new DescribeTagsCommand({}));
    expect(Tags).toMatchObject([tag]);
  });

  it("repeats the client token where EC2 does", async () => {
    const ec2 = clients.ec2(clients.config("333333333333"));
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }));
    const { VpcId } = Vpc!;
    const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: "10.0.0.0/24" }));
    const { SubnetId } = Subnet!;
    const token = { ClientToken: "once" };
    expect(await ec2.send(new CreateNetworkAclCommand({ VpcId, ...token }))).toMatchObject(token);
    expect(await ec2.send(new CreateRouteTableCommand({ VpcId, ...token }))).toMatchObject(token);
    expect(await ec2.send(new CreateNetworkInterfaceCommand({ SubnetId, ...token }))).toMatchObject(token);
  });
});
