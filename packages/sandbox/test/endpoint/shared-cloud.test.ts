import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateVpcCommand, DescribeVpcsCommand, EC2Client } from "@aws-sdk/client-ec2";
import { type Sandbox, startSandbox } from "../../src";

let state: string;
let sandboxes: readonly Sandbox[];

beforeAll(async () => {
  state = await mkdtemp(join(tmpdir(), "endpoint-"));
  sandboxes = await Promise.all([startSandbox({ state }), startSandbox({ state })]);
});
afterAll(async () => {
  await Promise.all(sandboxes.map((sandbox) => sandbox.stop()));
  await rm(state, { recursive: true, force: true });
});

const clientOf = ({ env }: Sandbox): EC2Client =>
  new EC2Client({
    endpoint: env["AWS_ENDPOINT_URL_EC2"]!,
    region: "eu-west-1",
    credentials: {
      accessKeyId: env["AWS_ACCESS_KEY_ID"]!,
      secretAccessKey: env["AWS_SECRET_ACCESS_KEY"]!,
    },
  });

it("shares the cloud with every sandbox that uses the same folder", async () => {
  const [one, other] = sandboxes.map(clientOf);
  const { Vpc } = await one!.send(new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }));
  const { Vpcs } = await other!.send(new DescribeVpcsCommand({}));
  expect(Vpcs).toMatchObject([{ VpcId: Vpc!.VpcId, OwnerId: "123456789012" }]);
});
