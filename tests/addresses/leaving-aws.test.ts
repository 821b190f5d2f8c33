import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import {
  AssociateVpcCidrBlockCommand,
  CreateIpamCommand,
  CreateIpamPoolCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DeleteSubnetCommand,
  DeleteVpcCommand,
  EC2Client,
  ProvisionIpamPoolCidrCommand,
} from "@aws-sdk/client-ec2";
import { type LockEntry, parseLock } from "@cluster-ipam/address-plan";
import { type LockUpdate, updateLock } from "@cluster-ipam/address-plan/update";
import { type Endpoint, startEndpoint } from "@cluster-ipam/cloud-model/endpoint";
import { parseDocument } from "yaml";
import { updateLines } from "../../packages/address-plan/src/cli/update-text";

const root = join(__dirname, "../..");
const account = "111111111111";
const region = "eu-west-1";
const before = { ...process.env };

let folder: string;
let endpoint: Endpoint;
let ec2: EC2Client;
/** Ids of the pools, by key. */
let pools: Map<string, string>;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "leaving-"));
  const apps = ["network", "dev"].map((app) => `apps/${app}`);
  const files = apps.flatMap((app) => [`${app}/cdktf.json`, `${app}/stacks.lock.json`]);
  for (const file of ["addresses.yaml", "addresses.lock.json", ...files]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(root, file), join(folder, file));
  }
  endpoint = await startEndpoint();
  Object.assign(process.env, endpoint.env, { AWS_ACCESS_KEY_ID: account });
  ec2 = new EC2Client({ region });
  pools = await deployPools();
});
afterEach(async () => {
  ec2.destroy();
  await endpoint.stop();
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, before);
  rmSync(folder, { recursive: true });
});

const lock = () => parseLock(readFileSync(join(folder, "addresses.lock.json"), "utf8"));
const cidrOf = (key: string) => lock().allocations.find((entry) => entry.key === key)!.cidr;

/** Makes the application pools of dev, and writes the address space's state with them. */
async function deployPools(): Promise<Map<string, string>> {
  const { Ipam } = await ec2.send(new CreateIpamCommand({ OperatingRegions: [{ RegionName: region }] }));
  const ids = new Map<string, string>();
  for (const key of ["aws/eu-west-1/dev/eks", "aws/eu-west-1/dev/eks-pods"]) {
    const IpamScopeId = Ipam!.PrivateDefaultScopeId;
    const settings = { IpamScopeId, AddressFamily: "ipv4", Locale: region } as const;
    const { IpamPool } = await ec2.send(new CreateIpamPoolCommand(settings));
    const IpamPoolId = IpamPool!.IpamPoolId!;
    await ec2.send(new ProvisionIpamPoolCidrCommand({ IpamPoolId, Cidr: cidrOf(key) }));
    ids.set(key, IpamPoolId);
  }
  writeState(
    "network",
    "address-space",
    [...ids].flatMap(([key, id]) => [
      ["aws_vpc_ipam_pool", { id, locale: region, tags: { "cluster-ipam/pool": key } }] as const,
      ["aws_vpc_ipam_pool_cidr", { ipam_pool_id: id, cidr: cidrOf(key) }] as const,
    ]),
  );
  return ids;
}

type Resource = readonly [type: string, attributes: object];

function writeState(app: string, stack: string, resources: readonly Resource[] = []): void {
  mkdirSync(join(folder, "apps", app, "state"), { recursive: true });
  const state = resources.map(([type, attributes], index) => ({
    ...{ mode: "managed", type, name: `it-${index}`, instances: [{ attributes }] },
  }));
  writeFileSync(
    join(folder, "apps", app, "state", `${stack}.tfstate`),
    JSON.stringify({ version: 4, serial: 7, lineage: "3f0c2a1b-0000", resources: state }),
  );
}

/** Changes `addresses.yaml` and runs `npm run addresses`. */
function update(change: { readonly path: readonly string[]; readonly value?: unknown }): Promise<LockUpdate> {
  const file = join(folder, "addresses.yaml");
  const plan = parseDocument(readFileSync(file, "utf8"));
  if (change.value === undefined) plan.deleteIn(change.path);
  else plan.setIn(change.path, change.value);
  writeFileSync(file, plan.toString());
  return updateLock(folder);
}
const createVpc = async (cidr: string): Promise<string> => {
  const Ipv4IpamPoolId = pools.get("aws/eu-west-1/dev/eks");
  return (await ec2.send(new CreateVpcCommand({ CidrBlock: cidr, Ipv4IpamPoolId }))).Vpc!.VpcId!;
};
const own = ({ lock: { allocations } }: LockUpdate): LockEntry[] =>
  allocations.filter(({ key }) => key.includes("/dev-apps"));

describe("a cluster whose states are empty", () => {
  const vpc = "aws/eu-west-1/dev/eks/dev-apps";
  const leave = () => update({ path: ["clusters", "dev-apps"] });
  beforeEach(() => {
    for (const stack of ["dev-apps", "dev-apps-autoscaler", "dev-apps-network"]) writeState("dev", stack);
  });

  test("keeps the space of a VPC that no state has, and frees it when IPAM has released it", async () => {
    const cidr = cidrOf(vpc);
    const id = await createVpc(cidr);
    const kept = await leave();
    expect(own(kept).map(({ key }) => key)).toEqual(expect.arrayContaining([vpc, `${vpc}/nodes/eu-west-1a`]));
    expect(kept.kept.find(({ key }) => key === vpc)?.reason).toBe(
      `IPAM ${pools.get("aws/eu-west-1/dev/eks")} has ${cidr} allocated to vpc ${id} of account ${account}; delete it, which releases the CIDR within 30 minutes, then run npm run addresses again`,
    );
    expect(kept.dropped).toEqual([]);

    await ec2.send(new DeleteVpcCommand({ VpcId: id }));
    const freed = await leave();
    expect([own(freed), freed.unlisted]).toEqual([[], []]);
    expect(freed.lock.freed).toContainEqual({
      ...{ key: vpc, cidr },
      proof: `dev-apps 3f0c2a1b:7, dev-apps-autoscaler 3f0c2a1b:7, dev-apps-network 3f0c2a1b:7; IPAM ${pools.get("aws/eu-west-1/dev/eks")} has none`,
    });
  });

  test("is freed by the states alone when EC2 cannot be reached, and the receipt says so", async () => {
    await createVpc(cidrOf(vpc));
    process.env["AWS_ENDPOINT_URL_EC2"] = "http://127.0.0.1:1";
    const update = await leave();
    expect(updateLines(update)).toContain(
      `IPAM not queried: EC2 in ${region} cannot be reached; what left is proven by the states alone`,
    );
    expect(update.lock.freed.find(({ key }) => key === vpc)?.proof).toMatch(
      /dev-apps-network 3f0c2a1b:7; IPAM not queried: EC2 in eu-west-1 cannot be reached$/,
    );
  });

  test("another account does not see the pool", async () => {
    process.env["AWS_ACCESS_KEY_ID"] = "999999999999";
    const id = pools.get("aws/eu-west-1/dev/eks");
    expect((await leave()).unlisted).toContain(
      `IPAM not queried: the AWS credentials do not see ${id} in ${region}`,
    );
  });
});

test("a growth CIDR drains until the VPC has none of the autoscaler's subnets in it", async () => {
  const key = "aws/eu-west-1/dev/eks-pods/dev-apps/growth";
  const growth = cidrOf(key);
  const VpcId = await createVpc(cidrOf("aws/eu-west-1/dev/eks/dev-apps"));
  const Ipv4IpamPoolId = pools.get("aws/eu-west-1/dev/eks-pods");
  await ec2.send(new AssociateVpcCidrBlockCommand({ VpcId, CidrBlock: growth, Ipv4IpamPoolId }));
  const createSubnet = async (CidrBlock: string) =>
    (await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock }))).Subnet!.SubnetId!;
  const nodes = cidrOf("aws/eu-west-1/dev/eks/dev-apps/nodes/eu-west-1a");
  writeState("dev", "dev-apps-network", [
    ["aws_vpc", { id: VpcId, cidr_block: cidrOf("aws/eu-west-1/dev/eks/dev-apps") }],
    ["aws_vpc_ipv4_cidr_block_association", { vpc_id: VpcId, cidr_block: growth }],
    ["aws_subnet", { id: await createSubnet(nodes), vpc_id: VpcId, cidr_block: nodes }],
  ]);
  for (const stack of ["dev-apps", "dev-apps-autoscaler"]) writeState("dev", stack);
  const grown = await createSubnet(growth.replace(/\d+\/\d+$/, "0/24"));

  const shrink = () => update({ path: ["clusters", "dev-apps", "growthPercent"], value: 0 });
  const state = ({ lock: { allocations } }: LockUpdate) =>
    allocations.find((entry) => entry.key === key)?.state;
  const draining = await shrink();
  expect([state(draining), draining.kept]).toEqual([
    "draining",
    [expect.objectContaining({ key, reason: expect.stringContaining(`subnet ${grown} (`) as string })],
  ]);
  await ec2.send(new DeleteSubnetCommand({ SubnetId: grown }));
  const retired = await shrink();
  expect([state(retired), retired.unlisted]).toEqual(["retired", []]);
});
