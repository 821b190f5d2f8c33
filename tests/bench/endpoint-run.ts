import { once } from "node:events";
import { Agent, request } from "node:http";
import { text } from "node:stream/consumers";
import { startEndpoint } from "@cluster-ipam/cloud-model/endpoint";
import { answer } from "./measured-run";
import { secondsOf } from "./stopwatch";

const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const headers = {
  "content-type": "application/x-www-form-urlencoded",
  authorization: "AWS4-HMAC-SHA256 Credential=123456789012/20260101/eu-west-1/ec2/aws4_request",
};

/** One call over one connection, without the cost of an SDK. @returns the first id in the answer */
async function call(url: string, form: Record<string, string>): Promise<string> {
  const sent = request(url, { method: "POST", agent, headers }).end(new URLSearchParams(form).toString());
  const [response] = (await once(sent, "response")) as [NodeJS.ReadableStream & { statusCode: number }];
  const body = await text(response);
  if (response.statusCode !== 200) throw new Error(body);
  return /<(?:vpcId|subnetId)>([^<]+)</.exec(body)?.[1] ?? "";
}

/** Creates 600 subnets in four VPCs and 1,000 interfaces in one subnet, and answers with the seconds of each. */
async function measure(): Promise<readonly [subnets: number, interfaces: number]> {
  const { url, stop } = await startEndpoint();
  const vpcs: string[] = [];
  for (let n = 0; n < 4; n++)
    vpcs.push(await call(url, { Action: "CreateVpc", CidrBlock: `10.${n}.0.0/16` }));
  const subnet = (n: number) => {
    const [vpc, block] = [Math.floor(n / 150), n % 150];
    return call(url, {
      Action: "CreateSubnet",
      VpcId: vpcs[vpc]!,
      CidrBlock: `10.${vpc}.${block}.0/24`,
      "TagSpecification.1.ResourceType": "subnet",
      "TagSpecification.1.Tag.1.Key": "Name",
      "TagSpecification.1.Tag.1.Value": `subnet-${n}`,
    });
  };
  const subnets = await secondsOf(async () => {
    for (let n = 0; n < 600; n++) await subnet(n);
  });
  const large = { Action: "CreateSubnet", VpcId: vpcs[0]!, CidrBlock: "10.0.192.0/18" };
  const SubnetId = await call(url, large);
  const interfaces = await secondsOf(async () => {
    for (let n = 0; n < 1000; n++) await call(url, { Action: "CreateNetworkInterface", SubnetId });
  });
  agent.destroy();
  await stop();
  return [subnets, interfaces];
}

void measure().then(answer);
