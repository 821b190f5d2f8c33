import {
  associateResourceShare,
  createResourceShare,
  deleteResourceShare,
  disassociateResourceShare,
  findResourceShare,
  updateResourceShare,
} from "../../../src/aws/ram";
import { Account } from "../ec2/account";

const code = (text: string) => expect.objectContaining({ code: text });

describe("a resource share", () => {
  const account = new Account();
  const member = account.elsewhere({ owner: "210987654321" });
  const IpamPoolId = account.pool(account.scope(), "10.0.0.0/8");
  const poolArn = account.call("DescribeIpamPools", {}).IpamPools![0]!.IpamPoolArn!;
  const visible = () => member.call("DescribeIpamPools", {}).IpamPools!.map((pool) => pool.IpamPoolId);
  const create = (name: string) =>
    account.act((context) => createResourceShare(context, { name }).resourceShareArn);

  it("shows a pool to its principals, as long as both are in it", () => {
    const resourceShareArn = create("pools");
    const pool = { resourceShareArn, resourceArns: [poolArn] };
    account.act((context) => associateResourceShare(context, pool));
    expect(visible()).toEqual([]);
    const organization = "arn:aws:organizations::123456789012:organization/o-1";
    for (const principal of ["210987654321", organization]) {
      const principals = { resourceShareArn, principals: [principal] };
      account.act((context) => associateResourceShare(context, principals));
      expect(visible()).toEqual([IpamPoolId]);
      account.act((context) => disassociateResourceShare(context, principals));
      expect(visible()).toEqual([]);
    }
    const everybody = { resourceShareArn, principals: [organization] };
    account.act((context) => associateResourceShare(context, everybody));
    account.act((context) => deleteResourceShare(context, { resourceShareArn }));
    expect(visible()).toEqual([]);
  });

  it("shares what exists, in the account and Region that it was created in", () => {
    const resourceShareArn = create("pools");
    account.act((context) => updateResourceShare(context, { resourceShareArn, name: "addresses" }));
    expect(account.act((context) => findResourceShare(context, resourceShareArn)?.name)).toBe("addresses");
    const associate = (from: Account, resourceArn: string) => () =>
      from.act((context) =>
        associateResourceShare(context, { resourceShareArn, resourceArns: [resourceArn] }),
      );
    expect(associate(account, poolArn.replace(IpamPoolId, "ipam-pool-0"))).toThrow(
      code("MalformedArnException"),
    );
    expect(associate(member, poolArn)).toThrow(code("UnknownResourceException"));
    const subnetId = account.subnet(account.vpc(), "10.0.0.0/24");
    associate(account, `arn:aws:ec2:eu-west-1:123456789012:subnet/${subnetId}`)();
  });
});
