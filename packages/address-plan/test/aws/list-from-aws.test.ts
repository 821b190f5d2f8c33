import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { listFromAws } from "../../src/aws/list-from-aws";
import { examplePlan } from "../example-plan";

const queries = {
  pools: [{ id: "ipam-pool-0abc", region: "eu-west-1" }],
  vpcs: [{ id: "vpc-0def", region: "eu-central-1" }],
};
const settings = {
  ...{ AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test", AWS_EC2_METADATA_DISABLED: "true" },
  ...{ AWS_SHARED_CREDENTIALS_FILE: "/dev/null", AWS_CONFIG_FILE: "/dev/null" },
};
const before = { ...process.env };
beforeEach(() => {
  for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) delete process.env[name];
  Object.assign(process.env, settings);
});
afterEach(() => {
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, before);
});

/** Lists from an endpoint that refuses everything with a code. */
async function refusedWith(code: string): ReturnType<typeof listFromAws> {
  const body = `<Response><Errors><Error><Code>${code}</Code><Message>no</Message></Error></Errors></Response>`;
  const server = createServer((_, response) => response.writeHead(403).end(body)).listen(0, "127.0.0.1");
  await once(server, "listening");
  process.env["AWS_ENDPOINT_URL"] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return listFromAws(queries).finally(() => server.close());
}
const reasons = ({ allocations, subnets }: Awaited<ReturnType<typeof listFromAws>>) => [
  allocations.get("ipam-pool-0abc"),
  subnets.get("vpc-0def"),
];

test("an endpoint that cannot be reached is a reason", async () => {
  process.env["AWS_ENDPOINT_URL"] = "http://127.0.0.1:1";
  expect(reasons(await listFromAws(queries))).toEqual([
    { unlisted: "EC2 in eu-west-1 cannot be reached" },
    { unlisted: "EC2 in eu-central-1 cannot be reached" },
  ]);
});

test("missing credentials are a reason", async () => {
  delete process.env["AWS_ACCESS_KEY_ID"];
  const reason = { unlisted: "no AWS credentials" };
  expect(reasons(await listFromAws(queries))).toEqual([reason, reason]);
});

test("a refusal is a reason, with the permission that lacks", async () => {
  expect(reasons(await refusedWith("UnauthorizedOperation"))).toEqual([
    { unlisted: "the AWS credentials lack ec2:GetIpamPoolAllocations" },
    { unlisted: "the AWS credentials lack ec2:DescribeSubnets" },
  ]);
  expect(reasons(await refusedWith("InvalidIpamPoolId.NotFound"))[0]).toEqual({
    unlisted: "the AWS credentials do not see ipam-pool-0abc in eu-west-1",
  });
  expect(reasons(await refusedWith("ExpiredToken"))[0]).toEqual({
    unlisted: "EC2 in eu-west-1 answered ExpiredToken",
  });
});

test("an update does not load the SDK while the states prove nothing", () => {
  const directory = mkdtempSync(join(tmpdir(), "addresses-"));
  const plan = examplePlan();
  writeFileSync(join(directory, "addresses.yaml"), stringify(plan));
  delete plan.clusters["dev-apps"];
  const script = `
    require("./test/from-sources.js");
    const { updateLock } = require("./src/update.ts");
    const directory = ${JSON.stringify(directory)};
    updateLock(directory).then(() => {
      require("node:fs").writeFileSync(directory + "/addresses.yaml", ${JSON.stringify(stringify(plan))});
      return updateLock(directory);
    }).then(({ kept }) => {
      const loaded = Object.keys(require.cache).filter((file) => /node_modules.@(aws-sdk|smithy)/.test(file));
      console.log(JSON.stringify([kept.length > 0, loaded]));
    });
  `;
  const output = execFileSync(process.execPath, ["-e", script], {
    cwd: join(__dirname, "../.."),
    encoding: "utf8",
  });
  rmSync(directory, { recursive: true });
  expect(JSON.parse(output)).toEqual([true, []]);
});
