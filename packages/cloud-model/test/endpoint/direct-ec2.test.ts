import {
  CreateVpcCommand,
  type CreateVpcCommandOutput,
  DescribeVpcsCommand,
  type DescribeVpcsCommandOutput,
} from "@aws-sdk/client-ec2";
import { noAnswer, Store } from "../../src";
import { DirectEc2 } from "../../src/endpoint";

const region = "eu-west-1";

it("answers the SDK's commands with the SDK's outputs", async () => {
  const cloud = new DirectEc2({ store: new Store(), region });
  const made = await cloud.send<CreateVpcCommandOutput>(new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }));
  const { Vpcs } = await cloud.send<DescribeVpcsCommandOutput>(
    new DescribeVpcsCommand({ VpcIds: [made.Vpc!.VpcId!] }),
  );
  expect(Vpcs).toMatchObject([{ CidrBlock: "10.0.0.0/16", OwnerId: "123456789012" }]);
});

it("refuses as the SDK does, with a status only where there was an answer", async () => {
  const refused = new DirectEc2({ store: new Store(), region }).send(
    new DescribeVpcsCommand({ VpcIds: ["vpc-1"] }),
  );
  await expect(refused).rejects.toMatchObject({
    name: "InvalidVpcID.NotFound",
    $metadata: { httpStatusCode: 400 },
  });
  const store = new Store();
  const silent = new DirectEc2({ store, region, faults: { after: noAnswer } });
  await expect(silent.send(new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }))).rejects.toMatchObject({
    $metadata: {},
  });
  const { Vpcs } = await new DirectEc2({ store, region }).send<DescribeVpcsCommandOutput>(
    new DescribeVpcsCommand({}),
  );
  expect(Vpcs).toHaveLength(1);
});
