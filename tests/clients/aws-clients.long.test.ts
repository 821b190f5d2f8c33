import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Endpoint, startEndpoint } from "@cluster-ipam/cloud-model/endpoint";
import { pythonPackages } from "../python-packages";

const run = promisify(execFile);
const packages = pythonPackages(join(__dirname, "requirements.txt"));

let endpoint: Endpoint;
beforeEach(async () => {
  endpoint = await startEndpoint();
});
afterEach(() => endpoint.stop());

/** What a user sets: one URL for all services, an account and a Region. */
const environment = (): NodeJS.ProcessEnv => ({
  PATH: process.env["PATH"],
  HOME: "/nonexistent",
  AWS_ENDPOINT_URL: endpoint.url,
  AWS_ACCESS_KEY_ID: "222222222222",
  AWS_SECRET_ACCESS_KEY: "sandbox",
  AWS_REGION: "eu-west-1",
  AWS_DEFAULT_REGION: "eu-west-1",
});

/** What every client sees of an address's life. Its refusals have the client's names. */
const life = (...refusals: readonly string[]) => ({
  account: "222222222222",
  vpc: "10.64.0.0/20",
  prefixes: 1,
  free: 256 - 5 - 16 - 1,
  pages: [1],
  history: [true],
  metric: 8,
  "failed events": 0,
  clusters: [],
  refusals,
  left: 0,
});

test("the AWS SDK for JavaScript lives an address's life with AWS_ENDPOINT_URL alone", async () => {
  const { stdout } = await run(process.execPath, [join(__dirname, "life.mjs")], { env: environment() });
  expect(JSON.parse(stdout)).toEqual(
    life("InvalidSubnet.Conflict", "UnsupportedOperation", "MissingRequiredParameterException"),
  );
});

/** A test of a Python client. Where the client cannot be installed, the test's name says why. */
const withPython = (name: string, body: (env: NodeJS.ProcessEnv) => Promise<void>): void => {
  if ("missing" in packages) test.skip(`${name} (cannot be installed here: ${packages.missing})`, () => {});
  else test(name, () => body({ ...environment(), PYTHONPATH: packages.path }), 300_000);
};

withPython("boto3 lives an address's life with AWS_ENDPOINT_URL alone", async (env) => {
  const { stdout } = await run("python3", [join(__dirname, "life.py")], { env });
  expect(JSON.parse(stdout)).toEqual(
    // The code of CloudWatch's query protocol, which the SDK for Python keeps.
    life("InvalidSubnet.Conflict", "UnsupportedOperation", "MissingParameter"),
  );
});

withPython("the AWS CLI gets addresses from pool to prefix with AWS_ENDPOINT_URL alone", async (env) => {
  /** Runs a command. @returns what it prints, lines and columns as one list of words */
  const aws = async (service: string, ...args: readonly string[]): Promise<readonly string[]> => {
    const all = ["-m", "awscli", service, ...args, "--output", "text"];
    return (await run("python3", all, { env })).stdout.trim().split(/\s+/);
  };
  const ec2 = (command: string, query: string, options: Readonly<Record<string, string>>) => {
    const given = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
    return aws("ec2", command, ...given, "--query", query);
  };
  const [scope = ""] = await ec2("create-ipam", "Ipam.PrivateDefaultScopeId", {
    "operating-regions": "RegionName=eu-west-1",
  });
  const [pool = ""] = await ec2("create-ipam-pool", "IpamPool.IpamPoolId", {
    "ipam-scope-id": scope,
    "address-family": "ipv4",
    locale: "eu-west-1",
  });
  await ec2("provision-ipam-pool-cidr", "IpamPoolCidr.Cidr", { "ipam-pool-id": pool, cidr: "10.64.0.0/16" });
  const [vpc = "", cidr] = await ec2("create-vpc", "Vpc.[VpcId,CidrBlock]", {
    "ipv4-ipam-pool-id": pool,
    "ipv4-netmask-length": "20",
  });
  expect(cidr).toBe("10.64.0.0/20");
  const [subnet = ""] = await ec2("create-subnet", "Subnet.SubnetId", {
    "vpc-id": vpc,
    "cidr-block": "10.64.0.0/24",
    "tag-specifications": "ResourceType=subnet,Tags=[{Key=role,Value=pod}]",
  });
  const [prefix] = await ec2("create-network-interface", "NetworkInterface.Ipv4Prefixes[].Ipv4Prefix", {
    "subnet-id": subnet,
    "ipv4-prefix-count": "1",
  });
  expect(prefix).toMatch(/^10\.64\.0\.\d+\/28$/);
  const found = await ec2("describe-subnets", "Subnets[].[SubnetId,AvailableIpAddressCount]", {
    filters: "Name=tag:role,Values=pod",
  });
  expect(found).toEqual([subnet, String(256 - 5 - 16 - 1)]);

  const metric = ["--namespace", "Subnets", "--metric-name", "FreePrefixes", "--value", "3"];
  await aws("cloudwatch", "put-metric-data", ...metric);
  expect(await aws("sts", "get-caller-identity", "--query", "Account")).toEqual(["222222222222"]);

  const conflict = ec2("create-subnet", "Subnet", { "vpc-id": vpc, "cidr-block": "10.64.0.128/25" });
  await expect(conflict).rejects.toThrow("(InvalidSubnet.Conflict) when calling the CreateSubnet operation");
  await expect(aws("ec2", "describe-instances")).rejects.toThrow("(UnsupportedOperation)");
});
