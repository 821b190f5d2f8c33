import * as fc from "fast-check";
import { Account } from "./account";

const subnetNamed = (account: Account, VpcId: string, index: number, Name: string): string =>
  account.call("CreateSubnet", {
    VpcId,
    CidrBlock: `10.0.${index}.0/24`,
    TagSpecifications: [{ ResourceType: "subnet", Tags: [{ Key: "Name", Value: Name }] }],
  }).Subnet!.SubnetId!;

describe("a list", () => {
  it.each([
    [{ Name: "tag:Name", Values: ["pods-*"] }, ["pods-1", "pods-a"]],
    [{ Name: "tag:Name", Values: ["pods-?", "node*"] }, ["nodes", "pods-1", "pods-a"]],
    [{ Name: "tag:Name", Values: ["\\*"] }, ["*"]],
    [{ Name: "tag:Name", Values: ["NODES"] }, []],
    [{ Name: "tag-key", Values: ["Na?e"] }, ["*", "nodes", "pods-1", "pods-a"]],
    [{ Name: "cidr-block", Values: ["10.0.1.0/24"] }, ["pods-a"]],
    [{ Name: "map-public-ip-on-launch", Values: ["true"] }, []],
  ])("is filtered by %j", (filter, expected) => {
    const account = new Account();
    const VpcId = account.vpc();
    ["nodes", "pods-a", "pods-1", "*"].forEach((name, index) => subnetNamed(account, VpcId, index, name));
    const { Subnets } = account.call("DescribeSubnets", { Filters: [filter] });
    expect(Subnets!.map(({ Tags }) => Tags![0]!.Value).sort()).toEqual(expected);
  });

  it("refuses filters, pages, tokens and ids that are not there", () => {
    const account = new Account();
    const refused = (input: object, code: string) =>
      expect(() => account.call("DescribeSubnets", input)).toThrow(expect.objectContaining({ code }));
    refused({ Filters: [{ Name: "colour", Values: ["red"] }] }, "InvalidParameterValue");
    refused({ MaxResults: 4 }, "InvalidParameterValue");
    refused({ MaxResults: 1001 }, "InvalidParameterValue");
    refused({ NextToken: "?" }, "InvalidParameterValue");
    refused({ SubnetIds: ["subnet-1"] }, "InvalidSubnetID.NotFound");
  });

  it("lists a resource that exists throughout exactly once, whatever is created or deleted between pages", () => {
    const change = fc.record({ remove: fc.boolean(), index: fc.nat({ max: 39 }) });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 8 }), (changes) => {
        const account = new Account();
        const VpcId = account.vpc();
        const coming = [...changes];
        const ids = Array.from({ length: 40 }, (_, index) =>
          index < 20 ? subnetNamed(account, VpcId, index, "s") : undefined,
        );
        const always = new Set(ids.filter((id) => id !== undefined));
        const seen: string[] = [];
        let NextToken: string | undefined;
        do {
          const page = account.call("DescribeSubnets", { MaxResults: 5, NextToken });
          seen.push(...page.Subnets!.map(({ SubnetId }) => SubnetId!));
          NextToken = page.NextToken;
          const { remove, index } = coming.shift() ?? { remove: true, index: 0 };
          const id = ids[index];
          if (remove && id) {
            account.call("DeleteSubnet", { SubnetId: id });
            always.delete(id);
            ids[index] = undefined;
          } else if (!remove && !id) ids[index] = subnetNamed(account, VpcId, index, "new");
        } while (NextToken);
        expect(new Set(seen).size).toBe(seen.length);
        expect([...always].filter((id) => !seen.includes(id))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});

describe("tags", () => {
  it("are given, changed, taken and listed by resource", () => {
    const account = new Account();
    const VpcId = account.vpc();
    const SubnetId = account.subnet(VpcId, "10.0.0.0/24");
    const Tags = [
      { Key: "team", Value: "net" },
      { Key: "env", Value: "dev" },
    ];
    account.call("CreateTags", { Resources: [VpcId, SubnetId], Tags });
    account.call("DeleteTags", {
      Resources: [SubnetId],
      Tags: [{ Key: "team", Value: "other" }, { Key: "env" }],
    });
    account.call("DeleteTags", { Resources: [VpcId] });
    expect(account.call("DescribeTags", {}).Tags).toEqual([
      { Key: "team", Value: "net", ResourceId: SubnetId, ResourceType: "subnet" },
    ]);
  });

  it("have limits", () => {
    const account = new Account();
    const VpcId = account.vpc();
    const tag = (...Tags: { Key: string; Value: string }[]) =>
      account.call("CreateTags", { Resources: [VpcId], Tags });
    const many = Array.from({ length: 51 }, (_, index) => ({ Key: `k${index}`, Value: "" }));
    expect(() => tag(...many)).toThrow(expect.objectContaining({ code: "TagLimitExceeded" }));
    expect(() => tag({ Key: "aws:cloud", Value: "" })).toThrow("reserved for internal use");
    expect(() => account.call("CreateTags", { Resources: ["vpc-1"], Tags: [] })).toThrow(
      expect.objectContaining({ code: "InvalidVpcID.NotFound" }),
    );
  });
});
