import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { type AddressInfo } from "node:net";
import { EC2Client } from "@aws-sdk/client-ec2";
import { sdkEc2 } from "../../../src/runtime";
import { boundedClientConfig, untilAborted } from "../../../src/runtime/cloud/bounded-client";

let server: Server;
let url: string;
beforeAll(async () => {
  // Takes connections and requests, and never answers.
  server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const config = boundedClientConfig("eu-central-1");
const credentials = { accessKeyId: "a", secretAccessKey: "b" };

test("a call without response ends at the request timeout", async () => {
  const requestHandler = { ...config.requestHandler, requestTimeout: 10 };
  const client = new EC2Client({ ...config, maxAttempts: 1, endpoint: url, credentials, requestHandler });
  await expect(sdkEc2(client).subnets("vpc-1")).rejects.toThrow(
    /^ec2:DescribeSubnets: no response \(.*timed?.?out.*\)/i,
  );
});

test("a call and its retries end with the run, at the first page or a later one", async () => {
  const end = new AbortController();
  const client = new EC2Client({ ...config, endpoint: url, credentials });
  const called = once(server, "request");
  const read = sdkEc2(untilAborted(client, end.signal)).subnets("vpc-1");
  await called;
  end.abort();
  await expect(read).rejects.toThrow(
    "ec2:DescribeSubnets: no response before the end of the run; the next run goes on with what this one has read",
  );
});
