import { appendFileSync } from "node:fs";
import {
  AttachInternetGatewayCommand,
  CreateInternetGatewayCommand,
  CreateVpcCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import { Journal, startEndpoint, Store } from "@cluster-ipam/sandbox";
import { Checkout } from "../checkout";
import { follow } from "./guide";

jest.setTimeout(300_000);

let checkout: Checkout;
beforeEach(async () => (checkout = await Checkout.make()));
afterEach(() => checkout.remove());

test.each(["add-a-cluster.md", "growth-space.md", "accounts.md", "ipv6.md", "auto-ipam.md"])("%s", (page) =>
  follow(page, checkout),
);

test("recovery.md", async () => {
  appendFileSync(checkout.path("addresses.lock.json"), "<<<<<<< HEAD\n");
  await follow("recovery.md", checkout);
});

test("import.md", async () => {
  const { vpc, gateway } = await existingVpc("10.224.9.0/24");
  await follow("import.md", checkout, { "vpc-0a1b2c3d4e5f60718": vpc, "igw-0a1b2c3d4e5f60718": gateway });
});

/** A VPC that someone made in dev's account, in the cloud that the commands will find. */
async function existingVpc(cidr: string): Promise<{ readonly vpc: string; readonly gateway: string }> {
  const store = new Store({ journal: new Journal(checkout.path(".sandbox")) });
  const endpoint = await startEndpoint({ store });
  try {
    const ec2 = new EC2Client({
      ...{ endpoint: endpoint.url, region: "eu-west-1" },
      credentials: { accessKeyId: "222222222222", secretAccessKey: "sandbox" },
    });
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: cidr }));
    const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand({}));
    const ids = { VpcId: Vpc!.VpcId!, InternetGatewayId: InternetGateway!.InternetGatewayId! };
    await ec2.send(new AttachInternetGatewayCommand(ids));
    return { vpc: ids.VpcId, gateway: ids.InternetGatewayId };
  } finally {
    await endpoint.stop();
  }
}
