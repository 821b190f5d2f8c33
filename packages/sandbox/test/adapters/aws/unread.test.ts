import { Store } from "@cluster-ipam/cloud-model";
import { isList, type ObjectValue } from "@cluster-ipam/terraform-provider";
import { Account } from "../../../../cloud-model/test/aws/ec2/account";
import { type TerraformCaller } from "../terraform-caller";
import { awsCaller } from "./network-fixture";

// Measured with hashicorp/aws 5.100.0 against the endpoint: what it imports, sees as drift and sends.
describe("what hashicorp/aws does not read", () => {
  let account: Account;
  let aws: TerraformCaller;
  let poolArgs: ObjectValue;
  let pool: ObjectValue;
  let vpcArgs: ObjectValue;

  beforeEach(async () => {
    const store = new Store();
    account = new Account(store);
    aws = awsCaller(store);
    poolArgs = {
      address_family: "ipv4",
      ipam_scope_id: account.scope("eu-west-1"),
      locale: "eu-west-1",
      description: "the pool",
      allocation_default_netmask_length: 20,
      allocation_min_netmask_length: 16,
      allocation_max_netmask_length: 28,
    };
    pool = await aws.create("aws_vpc_ipam_pool", poolArgs);
    await aws.create("aws_vpc_ipam_pool_cidr", { ipam_pool_id: pool["id"]!, cidr: "10.64.0.0/12" });
    vpcArgs = { ipv4_ipam_pool_id: pool["id"]!, ipv4_netmask_length: 20 };
  });

  const imported = async (type: string, id: string) => (await aws.import(type, id)) as ObjectValue;
  const text = (value: ObjectValue, name = "id") => String(value[name]);
  const poolInEc2 = () => account.call("DescribeIpamPools", {}).IpamPools![0]!;
  const noLengths = {
    allocation_default_netmask_length: null,
    allocation_min_netmask_length: null,
    allocation_max_netmask_length: null,
  };

  it("is null after an import, and stays in the state that has it", async () => {
    const vpc = await aws.create("aws_vpc", vpcArgs);
    const nothing = { ipv4_ipam_pool_id: null, ipv4_netmask_length: null };
    expect(await imported("aws_vpc", text(vpc))).toMatchObject({ cidr_block: "10.64.0.0/20", ...nothing });
    expect(await imported("aws_vpc_ipam_pool", text(pool))).toMatchObject({
      description: "the pool",
      ...noLengths,
    });
    expect(await imported("aws_vpc_ipam_pool_cidr", `10.64.0.0/12_${text(pool)}`)).toMatchObject({
      cidr: "10.64.0.0/12",
      netmask_length: null,
    });
    expect(await aws.read("aws_vpc", vpc)).toMatchObject(vpcArgs);
    expect(await aws.read("aws_vpc_ipam_pool", pool)).toEqual(pool);
  });

  it("is null after an import of what nothing of Terraform's made", async () => {
    const VpcId = account.call("CreateVpc", { Ipv4IpamPoolId: text(pool), Ipv4NetmaskLength: 20 }).Vpc!
      .VpcId!;
    const found = await imported("aws_vpc", VpcId);
    expect(found).toMatchObject({ ipv4_ipam_pool_id: null, assign_generated_ipv6_cidr_block: false });
    expect(await aws.read("aws_vpc", found)).toEqual(found);
    const bare = account.pool(String(poolArgs["ipam_scope_id"]), "10.128.0.0/12", {
      AllocationDefaultNetmaskLength: 20,
    });
    expect(await imported("aws_vpc_ipam_pool", bare)).toMatchObject(noLengths);
  });

  it("comes with the import id of a CIDR association", async () => {
    const vpc = await aws.create("aws_vpc", vpcArgs);
    const made = await aws.create("aws_vpc_ipv4_cidr_block_association", {
      vpc_id: vpc["id"]!,
      ...vpcArgs,
    });
    const type = "aws_vpc_ipv4_cidr_block_association";
    const id = text(made);
    for (const [given, ipv4_ipam_pool_id, ipv4_netmask_length] of [
      [id, null, null],
      [`${id},${text(pool)}`, pool["id"]!, null],
      [`${id},${text(pool)},20`, pool["id"]!, 20],
    ] as const) {
      const found = await imported(type, given);
      expect(found).toMatchObject({
        id,
        cidr_block: made["cidr_block"],
        ipv4_ipam_pool_id,
        ipv4_netmask_length,
      });
      expect(await aws.read(type, found)).toEqual(found);
    }
    await expect(aws.import(type, `${id},a,20,b`)).rejects.toThrow(`invalid import ID (${id},a,20,b)`);
  });

  it("is drift that no plan shows", async () => {
    account.call("ModifyIpamPool", {
      IpamPoolId: text(pool),
      AllocationDefaultNetmaskLength: 24,
      AllocationMinNetmaskLength: 18,
      Description: "drifted",
    });
    expect(await aws.read("aws_vpc_ipam_pool", pool)).toEqual({
      ...pool,
      description: "drifted",
      state: "modify-complete",
    });
  });

  it("is not sent when it goes, so that a description of a pool or scope is a difference for ever", async () => {
    const bare = { ...poolArgs, ...noLengths, description: null };
    const changed = await aws.update("aws_vpc_ipam_pool", pool, bare);
    expect(changed).toMatchObject({ ...noLengths, description: "the pool" });
    expect(poolInEc2()).toMatchObject({ AllocationDefaultNetmaskLength: 20, Description: "the pool" });
    expect(await aws.update("aws_vpc_ipam_pool", changed, bare)).toMatchObject({ description: "the pool" });

    const ipam = account.call("DescribeIpams", {}).Ipams![0]!;
    const args = { ipam_id: ipam.IpamId!, description: "the scope" };
    const scope = await aws.create("aws_vpc_ipam_scope", args);
    const kept = await aws.update("aws_vpc_ipam_scope", scope, { ...args, description: null });
    expect(kept).toMatchObject({ description: "the scope" });

    const found = await imported("aws_vpc_ipam", ipam.IpamId!);
    const regions = { operating_regions: [{ region_name: "eu-west-1" }] };
    const named = await aws.update("aws_vpc_ipam", found, { ...regions, description: "the IPAM" });
    expect(await aws.update("aws_vpc_ipam", named, regions)).toMatchObject({ description: null });
  });

  it("is not automatic import either: a pool that imports cannot be told to stop", async () => {
    const importing = await aws.update("aws_vpc_ipam_pool", pool, { ...poolArgs, auto_import: true });
    expect(await aws.update("aws_vpc_ipam_pool", importing, poolArgs)).toMatchObject({ auto_import: true });
  });
});

describe("a network ACL", () => {
  it("is imported with its rules, and shows the rules of others", async () => {
    const store = new Store();
    const [account, aws] = [new Account(store), awsCaller(store)];
    const VpcId = account.vpc();
    const rule = {
      rule_no: 100,
      protocol: "tcp",
      action: "allow",
      cidr_block: "10.0.0.0/8",
      from_port: 443,
      to_port: 443,
    };
    const made = await aws.create("aws_network_acl", { vpc_id: VpcId, ingress: [rule] });
    const known = { ...rule, protocol: "6", ipv6_cidr_block: "", icmp_code: 0, icmp_type: 0 };
    expect(made["ingress"]).toEqual([known]);
    expect(await aws.import("aws_network_acl", String(made["id"]))).toEqual(made);

    account.call("CreateNetworkAclEntry", {
      NetworkAclId: String(made["id"]),
      Egress: false,
      RuleNumber: 200,
      Protocol: "17",
      PortRange: { From: 53, To: 53 },
      RuleAction: "allow",
      CidrBlock: "10.1.0.0/16",
    });
    const read = (await aws.read("aws_network_acl", made)) as ObjectValue;
    const rules = isList(read["ingress"]!) ? read["ingress"] : [];
    expect(rules).toEqual([known, expect.objectContaining({ rule_no: 200, protocol: "17" })]);
    const foreign = account.call("CreateNetworkAcl", { VpcId }).NetworkAcl!.NetworkAclId!;
    expect(await aws.import("aws_network_acl", foreign)).toMatchObject({
      vpc_id: VpcId,
      ingress: [],
      egress: [],
    });
  });
});
