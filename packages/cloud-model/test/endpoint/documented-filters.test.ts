import * as client from "@aws-sdk/client-ec2";
import { type EC2Client } from "@aws-sdk/client-ec2";
import { ec2Operations } from "../../src/aws/ec2/operations/ec2-operations";
import { Clients, codeOf } from "./clients";
import { documentedFilters } from "./sdk-types";

type AnyCommand = Parameters<EC2Client["send"]>[0];

/** Documented filters that the model does not have, because nothing sets what they compare. */
const unmodeled = [
  "DescribeAvailabilityZones group-long-name",
  "DescribeNetworkInterfaces addresses.association.owner-id",
  "DescribeNetworkInterfaces addresses.association.public-ip",
  "DescribeNetworkInterfaces association.allocation-id",
  "DescribeNetworkInterfaces association.association-id",
  "DescribeNetworkInterfaces association.ip-owner-id",
  "DescribeNetworkInterfaces association.public-dns-name",
  "DescribeNetworkInterfaces association.public-ip",
];

const documented = documentedFilters(Object.keys(ec2Operations));

let clients: Clients;
beforeAll(async () => {
  clients = await Clients.start();
});
afterAll(() => clients.stop());

it("finds the filters that the SDK documents", () => {
  expect(documented.length).toBeGreaterThan(130);
  expect(documented).toContainEqual(["DescribeSubnets", "availabilityZoneId"]);
});

it("has every documented filter, or says that it does not model it", async () => {
  const { Vpc } = await clients.ec2().send(new client.CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }));
  const subnet = new client.CreateSubnetCommand({ VpcId: Vpc!.VpcId, CidrBlock: "10.0.0.0/24" });
  const { Subnet } = await clients.ec2().send(subnet);
  const SubnetId = Subnet!.SubnetId;
  await clients.ec2().send(new client.CreateNetworkInterfaceCommand({ SubnetId }));
  const commands = client as unknown as Record<string, new (input: object) => AnyCommand>;
  const refused: Record<string, string> = {};
  for (const [action, Name] of documented) {
    const input = { SubnetId, Filters: [{ Name, Values: ["x"] }] };
    const command = new commands[`${action}Command`]!(
      action === "GetSubnetCidrReservations" ? input : { Filters: input.Filters },
    );
    const code = await codeOf(clients.ec2().send(command));
    if (code !== "not refused") refused[`${action} ${Name}`] = code;
  }
  expect(refused).toEqual(Object.fromEntries(unmodeled.map((name) => [name, "UnsupportedOperation"])));
}, 60_000);
