import { execFile, execFileSync } from "node:child_process";
import { promisify } from "node:util";
import { type Endpoint, startEndpoint } from "../../src/endpoint/endpoint";

const run = promisify(execFile);
const isInstalled = (() => {
  try {
    execFileSync("aws", ["--version"], { stdio: "ignore" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
})();

let endpoint: Endpoint;
beforeAll(async () => {
  endpoint = await startEndpoint();
});
afterAll(() => endpoint.stop());

/** Runs the AWS CLI. @returns what it prints, lines and columns as one list of words */
async function aws(...args: string[]): Promise<readonly string[]> {
  const env = { ...process.env, AWS_PROFILE: undefined, AWS_PAGER: "", ...endpoint.env };
  const all = [...args, "--region", "eu-west-1", "--output", "text"];
  const { stdout } = await run("aws", all, { env: env as NodeJS.ProcessEnv });
  return stdout.trim().split(/\s+/);
}

// Half a second a call, so only what the project uses: IPAM, VPC, subnet, interfaces and prefixes, tags.
(isInstalled ? test : test.skip)(
  "the AWS CLI gets addresses from pool to prefix, and refusals in EC2's words",
  async () => {
    const [scope] = await aws(
      "ec2",
      "create-ipam",
      "--operating-regions",
      "RegionName=eu-west-1",
      "--query",
      "Ipam.PrivateDefaultScopeId",
    );
    const [pool] = await aws(
      "ec2",
      "create-ipam-pool",
      "--ipam-scope-id",
      scope!,
      "--address-family",
      "ipv4",
      "--locale",
      "eu-west-1",
      "--query",
      "IpamPool.IpamPoolId",
    );
    await aws("ec2", "provision-ipam-pool-cidr", "--ipam-pool-id", pool!, "--cidr", "10.64.0.0/16");
    const [vpc, cidr] = await aws(
      "ec2",
      "create-vpc",
      "--ipv4-ipam-pool-id",
      pool!,
      "--ipv4-netmask-length",
      "20",
      "--query",
      "Vpc.[VpcId,CidrBlock]",
    );
    expect(cidr).toBe("10.64.0.0/20");
    const [subnet] = await aws(
      "ec2",
      "create-subnet",
      "--vpc-id",
      vpc!,
      "--cidr-block",
      "10.64.0.0/24",
      "--tag-specifications",
      "ResourceType=subnet,Tags=[{Key=role,Value=pod}]",
      "--query",
      "Subnet.SubnetId",
    );
    const [prefix] = await aws(
      "ec2",
      "create-network-interface",
      "--subnet-id",
      subnet!,
      "--ipv4-prefix-count",
      "1",
      "--query",
      "NetworkInterface.Ipv4Prefixes[].Ipv4Prefix",
    );
    expect(prefix).toMatch(/^10\.64\.0\.\d+\/28$/);

    const found = await aws(
      "ec2",
      "describe-subnets",
      "--filters",
      "Name=tag:role,Values=pod",
      "--query",
      "Subnets[].[SubnetId,AvailableIpAddressCount]",
    );
    expect(found).toEqual([subnet, String(256 - 5 - 16 - 1)]);
    const conflict = aws("ec2", "create-subnet", "--vpc-id", vpc!, "--cidr-block", "10.64.0.128/25");
    await expect(conflict).rejects.toThrow(
      "(InvalidSubnet.Conflict) when calling the CreateSubnet operation",
    );
    await expect(aws("ec2", "describe-instances")).rejects.toThrow("(UnsupportedOperation)");
  },
  60_000,
);
