import {
  CreateNetworkAclCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DescribeSecurityGroupsCommand,
  GetIpamAddressHistoryCommand,
  GetIpamResourceCidrsCommand,
} from "@aws-sdk/client-ec2";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { Account } from "../aws/ec2/account";
import { ec2Operations } from "../../src/aws/ec2/operations/ec2-operations";
import { documentedFilters } from "../../src/aws/ec2/operations/documented-filters";
import { ec2Action } from "../../src/endpoint/query/action-shapes";
import { enumMembers } from "../../src/endpoint/query/enum-members";
import { inputOf } from "../../src/endpoint/query/query-form";
import { Clients, codeOf } from "./clients";

let clients: Clients;
beforeAll(async () => {
  clients = await Clients.start();
});
afterAll(() => clients.stop());

const authorization = (service: string) =>
  `AWS4-HMAC-SHA256 Credential=123456789012/20260101/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;

/** The answer to a form as it stands. */
async function form(parameters: string, service = "ec2"): Promise<string> {
  const headers = {
    authorization: authorization(service),
    "content-type": "application/x-www-form-urlencoded; charset=utf-8",
  };
  return (await fetch(clients.endpoint.url, { method: "POST", headers, body: parameters })).text();
}

const code = (xml: string): string => /<Code>(.*?)<\/Code>/.exec(xml)?.[1] ?? "accepted";

async function vpcOf(cidr = "10.0.0.0/16"): Promise<string> {
  return (await clients.ec2().send(new CreateVpcCommand({ CidrBlock: cidr }))).Vpc!.VpcId!;
}

describe("a request", () => {
  it.each(Object.keys(enumMembers).filter((member) => member.endsWith("Request." + member.split(".")[1])))(
    "%s takes only the values of its enum",
    (member) => {
      const [structure = "", name = ""] = member.split(".");
      const shapes = ec2Action(structure.replace(/Request$/, ""));
      if (!shapes) return; // a structure inside a request
      const wire = [...shapes.input.structIterator()].find(([one]) => one === name)![1].getMemberTraits();
      const parameter = String(wire.ec2QueryName ?? wire.xmlName ?? name);
      const spelled = parameter.charAt(0).toUpperCase() + parameter.slice(1);
      expect(() => inputOf(new URLSearchParams(`${spelled}=nonsense`), shapes.input)).toThrow(
        expect.objectContaining({ code: "InvalidParameterValue" }),
      );
    },
  );

  it.each(["24.5", "0x18", "1e1", "", " 24", "99999999999"])(
    "takes the integer %j for no integer",
    (text) => {
      const { input } = ec2Action("CreateVpc")!;
      expect(() => inputOf(new URLSearchParams({ Ipv4NetmaskLength: text }), input)).toThrow(
        expect.objectContaining({ code: "InvalidParameterValue" }),
      );
    },
  );

  it("may be a signed GET, or presigned", async () => {
    const { url } = clients.endpoint;
    const headers = { authorization: authorization("ec2") };
    const signed = await fetch(`${url}/?Action=DescribeVpcs&Version=2016-11-15`, { headers });
    expect(await signed.text()).toContain("<DescribeVpcsResponse");
    const credential = encodeURIComponent("123456789012/20260101/eu-west-1/sts/aws4_request");
    const presigned = await fetch(
      `${url}/?Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Credential=${credential}&X-Amz-Signature=0`,
    );
    expect(await presigned.text()).toContain("<Account>123456789012</Account>");
  });

  it("may have members with their defaults that are not modeled", async () => {
    const subnet = await clients
      .ec2()
      .send(new CreateSubnetCommand({ VpcId: await vpcOf(), CidrBlock: "10.0.0.0/24" }));
    const id = subnet.Subnet!.SubnetId;
    const create = `Action=CreateNetworkInterface&SubnetId=${id}&EnablePrimaryIpv6=`;
    expect(code(await form(`${create}false`))).toBe("accepted");
    expect(code(await form(`${create}true`))).toBe("UnsupportedOperation");
  });

  it("loses no member in any service", async () => {
    expect(code(await form("Action=GetCallerIdentity&Version=2011-06-15&Colour=red", "sts"))).toBe(
      "UnknownParameter",
    );
    const events = new EventBridgeClient(clients.config());
    const entry = { Source: "a", DetailType: "b", Detail: "{}" };
    expect(await codeOf(events.send(new PutEventsCommand({ Entries: [entry] })))).toBe("not refused");
    const put = async (body: object) => {
      const headers = {
        authorization: authorization("events"),
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": "AWSEvents.PutEvents",
      };
      const answer = await fetch(clients.endpoint.url, {
        method: "POST",
        headers,
        body: JSON.stringify(body),
      });
      return ((await answer.json()) as { __type?: string }).__type;
    };
    expect(await put({ Entries: [entry], EndpointId: "x" })).toBe("UnsupportedOperation");
    expect(await put({ Entries: [{ ...entry, TraceHeader: "x" }] })).toBe("UnsupportedOperation");
    expect(await put({ Entries: [{ ...entry, Time: "yesterday" }] })).toBe("SerializationException");
    expect(await put({ Entries: "x" })).toBe("SerializationException");
  });

  it.each(["0", "101", "abc"])("of EKS has no page of %s", async (size) => {
    const answer = await fetch(`${clients.endpoint.url}/clusters?maxResults=${size}`, {
      headers: { authorization: authorization("eks") },
    });
    expect(((await answer.json()) as { __type: string }).__type).toBe("InvalidParameterException");
  });
});

describe("an answer", () => {
  it("repeats the client token where EC2 does, and a new subnet is pending", async () => {
    const VpcId = await vpcOf();
    const acl = await clients.ec2().send(new CreateNetworkAclCommand({ VpcId, ClientToken: "once" }));
    expect(acl.ClientToken).toBe("once");
    const { Subnet } = await clients.ec2().send(new CreateSubnetCommand({ VpcId, CidrBlock: "10.0.1.0/24" }));
    expect(Subnet).toMatchObject({ State: "pending", Type: "subnet" });
  });

  it("tells what an IPAM monitors, and which groups a VPC has", async () => {
    const account = new Account(clients.endpoint.store);
    const IpamScopeId = account.scope("eu-west-1");
    const pool = account.pool(IpamScopeId, "10.128.0.0/12");
    const managed = account.call("CreateVpc", { Ipv4IpamPoolId: pool, Ipv4NetmaskLength: 20 }).Vpc!;
    const { IpamResourceCidrs } = await clients
      .ec2()
      .send(new GetIpamResourceCidrsCommand({ IpamScopeId, IpamPoolId: pool }));
    expect(IpamResourceCidrs).toMatchObject([
      {
        ResourceId: managed.VpcId,
        ResourceCidr: managed.CidrBlock,
        ManagementState: "managed",
        OverlapStatus: "nonoverlapping",
      },
    ]);
    const history = new GetIpamAddressHistoryCommand({ IpamScopeId, Cidr: managed.CidrBlock });
    expect((await clients.ec2().send(history)).HistoryRecords).toMatchObject([{ ResourceId: managed.VpcId }]);
    const Filters = [{ Name: "vpc-id", Values: [managed.VpcId!] }];
    const { SecurityGroups } = await clients.ec2().send(new DescribeSecurityGroupsCommand({ Filters }));
    expect(SecurityGroups).toMatchObject([{ GroupName: "default", VpcId: managed.VpcId }]);
  });
});

it("does or says that it does not model every documented filter", () => {
  const account = new Account();
  const VpcId = account.vpc();
  const SubnetId = account.subnet(VpcId, "10.0.0.0/24");
  const without = Object.entries(documentedFilters).flatMap(([action, names]) =>
    names.filter((Name) => {
      const operation = action as keyof typeof ec2Operations;
      try {
        account.call(operation, { SubnetId, Filters: [{ Name, Values: ["x"] }] } as never);
        return false;
      } catch (error) {
        expect(error).toMatchObject({ code: "UnsupportedOperation" });
        return true;
      }
    }),
  );
  expect(without.sort()).toMatchInlineSnapshot(`
    [
      "addresses.association.owner-id",
      "addresses.association.public-ip",
      "association.allocation-id",
      "association.association-id",
      "association.ip-owner-id",
      "association.public-dns-name",
      "association.public-ip",
      "egress.ip-permission.group-name",
      "egress.ip-permission.user-id",
      "enable-lni-at-device-index",
      "ip-permission.group-name",
      "ip-permission.user-id",
    ]
  `);
});
