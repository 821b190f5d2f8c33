import { CreateSubnetCommand, CreateVpcCommand } from "@aws-sdk/client-ec2";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Journal, Store } from "@cluster-ipam/cloud-model";
import { Clients } from "../../../cloud-model/test/endpoint/clients";
import { inventory } from "../../src/inventory/inventory";

test("what an AWS client made is listed as well", async () => {
  const folder = mkdtempSync(join(tmpdir(), "inventory-"));
  const clients = await Clients.start({ store: new Store({ journal: new Journal(folder) }) });
  try {
    const tags = [{ ResourceType: "vpc" as const, Tags: [{ Key: "Name", Value: "apps" }] }];
    const { Vpc } = await clients
      .ec2()
      .send(new CreateVpcCommand({ CidrBlock: "10.0.0.0/16", TagSpecifications: tags }));
    const { Subnet } = await clients
      .ec2()
      .send(new CreateSubnetCommand({ VpcId: Vpc!.VpcId, CidrBlock: "10.0.0.0/24" }));
    const caller = { owner: "123456789012", region: "eu-west-1" };
    expect(inventory(folder)).toEqual([
      { ...caller, cidr: "10.0.0.0/16", use: "VPC", name: "apps" },
      { ...caller, cidr: "10.0.0.0/24", use: "subnet", name: Subnet!.SubnetId },
    ]);
  } finally {
    await clients.stop();
    rmSync(folder, { recursive: true });
  }
});
