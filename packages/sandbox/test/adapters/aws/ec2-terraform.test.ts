import { rmSync } from "node:fs";
import { Journal, Store } from "@cluster-ipam/cloud-model";
import { Account } from "../../../../cloud-model/test/aws/ec2/account";
import { type Sandbox, startSandbox } from "../../../src";
import { newFolder, providers, Workspace } from "../../workspace";

const ipam = `
resource "aws_vpc_ipam" "main" {
  operating_regions {
    region_name = "eu-west-1"
  }
}
resource "aws_vpc_ipam_pool" "top" {
  address_family = "ipv4"
  ipam_scope_id  = aws_vpc_ipam.main.private_default_scope_id
}
resource "aws_vpc_ipam_pool_cidr" "top" {
  ipam_pool_id = aws_vpc_ipam_pool.top.id
  cidr         = "10.0.0.0/8"
}
resource "aws_vpc_ipam_pool" "region" {
  address_family      = "ipv4"
  ipam_scope_id       = aws_vpc_ipam.main.private_default_scope_id
  source_ipam_pool_id = aws_vpc_ipam_pool.top.id
  locale              = "eu-west-1"
  description         = "region: all of it"
}
resource "aws_vpc_ipam_pool_cidr" "region" {
  ipam_pool_id   = aws_vpc_ipam_pool.region.id
  netmask_length = 12
  depends_on     = [aws_vpc_ipam_pool_cidr.top]
}
`;

const network = `
resource "aws_vpc" "main" {
  ipv4_ipam_pool_id   = aws_vpc_ipam_pool.region.id
  ipv4_netmask_length = 16
  tags                = { Name = "main" }
  depends_on          = [aws_vpc_ipam_pool_cidr.region]
}
resource "aws_subnet" "a" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = cidrsubnet(aws_vpc.main.cidr_block, 4, 0)
  availability_zone = "eu-west-1a"
  tags              = { Name = "a" }
}
resource "aws_route_table" "main" {
  vpc_id = aws_vpc.main.id
}
resource "aws_route_table_association" "a" {
  subnet_id      = aws_subnet.a.id
  route_table_id = aws_route_table.main.id
}
resource "aws_network_acl" "main" {
  vpc_id     = aws_vpc.main.id
  subnet_ids = [aws_subnet.a.id]
  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    cidr_block = "10.0.0.0/8"
    from_port  = 443
    to_port    = 443
  }
}
resource "aws_ec2_tag" "role" {
  resource_id = aws_vpc.main.id
  key         = "role"
  value       = "network"
}
output "vpc" {
  value = aws_vpc.main.id
}
output "subnet" {
  value = aws_subnet.a.id
}
output "cidr" {
  value = aws_vpc.main.cidr_block
}
`;

describe("Terraform on the addresses of AWS", () => {
  let sandbox: Sandbox;
  let workspace: Workspace;
  let account: Account;
  let state: string;

  beforeAll(async () => {
    state = newFolder();
    sandbox = await startSandbox({ state, folders: [] });
    account = new Account(new Store({ journal: new Journal(state) }));
    workspace = new Workspace(sandbox).write(`${providers}${ipam}${network}`);
    await workspace.apply();
  }, 60_000);

  afterAll(async () => {
    workspace.remove();
    await sandbox.stop();
    rmSync(state, { recursive: true });
  });

  const changes = async () =>
    [...(await workspace.plan())]
      .filter(([, { actions }]) => actions[0] !== "no-op")
      .map(([address]) => address);

  it("gives a VPC the lowest CIDR of the pool, and plans nothing afterwards", async () => {
    expect((await workspace.outputs())["cidr"]).toBe("10.0.0.0/16");
    // The tag that aws_ec2_tag adds is drift of the VPC's tags, as with the real provider.
    expect(await changes()).toEqual(["aws_vpc.main"]);
  });

  it("sees what others change and delete", async () => {
    const { vpc, subnet } = (await workspace.outputs()) as { vpc: string; subnet: string };
    account.call("DeleteTags", { Resources: [vpc], Tags: [{ Key: "role" }] });
    account.call("CreateTags", { Resources: [subnet], Tags: [{ Key: "Name", Value: "b" }] });
    const changed = await workspace.plan();
    expect(changed.get("aws_subnet.a")).toMatchObject({
      actions: ["update"],
      before: { tags: { Name: "b" } },
      after: { tags: { Name: "a" } },
    });
    expect(changed.get("aws_ec2_tag.role")?.actions).toEqual(["create"]);
    account.call("DeleteSubnet", { SubnetId: subnet });
    expect(await changes()).toEqual([
      "aws_ec2_tag.role",
      "aws_network_acl.main",
      "aws_route_table_association.a",
      "aws_subnet.a",
    ]);
    await workspace.apply();
  }, 60_000);

  it("finds and imports what others made", async () => {
    const { vpc } = (await workspace.outputs()) as { vpc: string };
    const made = account.call("CreateSubnet", {
      VpcId: vpc,
      CidrBlock: "10.0.128.0/20",
      AvailabilityZone: "eu-west-1b",
      TagSpecifications: [{ ResourceType: "subnet", Tags: [{ Key: "grown", Value: "1" }] }],
    }).Subnet!;
    const other = account.call("CreateVpc", { CidrBlock: "172.16.0.0/16" }).Vpc!;
    workspace.write(
      `
resource "aws_subnet" "grown" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.128.0/20"
  availability_zone = "eu-west-1b"
  tags              = { grown = "1" }
}
resource "aws_vpc" "other" {
  cidr_block = "172.16.0.0/16"
}
import {
  to = aws_subnet.grown
  id = "${made.SubnetId}"
}
import {
  to = aws_vpc.other
  id = "${other.VpcId}"
}
data "aws_vpc_ipam_pool" "region" {
  filter {
    name   = "description"
    values = ["region: *"]
  }
}
data "aws_subnets" "grown" {
  filter {
    name   = "vpc-id"
    values = [aws_vpc.main.id]
  }
  tags = { grown = "1" }
}
output "pool" {
  value = data.aws_vpc_ipam_pool.region.id == aws_vpc_ipam_pool.region.id
}
output "grown" {
  value = data.aws_subnets.grown.ids
}
`,
      "found.tf",
    );
    const { actions, after } = (await workspace.plan()).get("aws_vpc.other")!;
    expect({ actions, id: after?.["id"] }).toEqual({ actions: ["no-op"], id: other.VpcId });
    await workspace.apply();
    expect(await workspace.outputs()).toMatchObject({ pool: true, grown: [made.SubnetId] });
  }, 60_000);

  it("refuses what the cloud refuses, and leaves nothing behind when it destroys", async () => {
    workspace.write(
      `
resource "aws_subnet" "twice" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.0.0/24"
}`,
      "twice.tf",
    );
    const { code, stderr } = await workspace.terraform("apply", "-auto-approve", "-no-color");
    expect(code).toBe(1);
    expect(stderr).toContain("InvalidSubnet.Conflict: The CIDR '10.0.0.0/24' conflicts with another subnet");
    workspace.write("", "twice.tf");
    const { VpcId } = account
      .call("DescribeVpcs", {})
      .Vpcs!.find(({ CidrBlock }) => CidrBlock === "10.0.0.0/16")!;
    const foreign = account.subnet(VpcId!, "10.0.64.0/20");
    const refused = await workspace.terraform("destroy", "-auto-approve", "-no-color");
    expect(refused.stderr).toContain(`DependencyViolation: The vpc '${VpcId}' has dependencies`);
    account.call("DeleteSubnet", { SubnetId: foreign });
    await workspace.destroy();
    expect(account.call("DescribeVpcs", {}).Vpcs).toEqual([]);
    expect(account.call("DescribeIpams", {}).Ipams).toEqual([]);
  }, 60_000);
});
