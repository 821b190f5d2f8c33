import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { DescribeIpamsCommand, DescribeVpcsCommand, EC2Client } from "@aws-sdk/client-ec2";
import { type Sandbox, startSandbox } from "@cluster-ipam/sandbox";
import { realTerraform, withRealProvider } from "./real-terraform";

const run = promisify(execFile);
const terraform = process.env["TERRAFORM_BINARY_NAME"] || "terraform";

let folder: string;
let sandbox: Sandbox;

beforeAll(async () => {
  folder = mkdtempSync(join(realpathSync(tmpdir()), "aws-provider-"));
  sandbox = await startSandbox({ folders: [folder] });
});
afterAll(async () => {
  await sandbox.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** What a user sets: one URL for all services and an account. */
const environment = () => ({
  AWS_ENDPOINT_URL: sandbox.endpoint.url,
  AWS_ACCESS_KEY_ID: "123456789012",
  AWS_SECRET_ACCESS_KEY: "sandbox",
  AWS_EC2_METADATA_DISABLED: "true",
});

/** A folder with the configuration, and more. */
function workspace(name: string, more = ""): string {
  const path = join(folder, name);
  mkdirSync(path);
  copyFileSync(join(__dirname, "aws-provider/main.tf"), join(path, "main.tf"));
  writeFileSync(join(path, "more.tf"), more);
  return path;
}

type Values = Readonly<Record<string, unknown>>;

interface Plan {
  readonly resource_changes: readonly {
    readonly address: string;
    readonly change: { readonly before: Values };
  }[];
}

type Runner = (path: string, ...args: readonly string[]) => Promise<string>;

const real: Runner = (path, ...args) => realTerraform(path, environment(), ...args);
const ours: Runner = async (path, ...args) =>
  (await run(terraform, [...args, "-no-color"], { cwd: path, env: { ...process.env, ...sandbox.env } }))
    .stdout;

/** What a provider imports, by address: members that are unset, empty or zero are one in the provider's old SDK. */
async function imported(terraformIn: Runner, name: string, blocks: string): Promise<Record<string, Values>> {
  const path = workspace(name, blocks);
  await terraformIn(path, "init");
  await terraformIn(path, "plan", "-out=plan");
  const plan = JSON.parse(await terraformIn(path, "show", "-json", "plan")) as Plan;
  return Object.fromEntries(
    plan.resource_changes.map(({ address, change }) => [
      address,
      Object.fromEntries(
        Object.entries(change.before).filter(([name, value]) => name !== "region" && isSet(value)),
      ),
    ]),
  );
}

const isSet = (value: unknown): boolean =>
  Boolean(value) && (typeof value !== "object" || Object.keys(value as object).length > 0);

/** The import ids of what a state has. */
async function importBlocks(path: string): Promise<string> {
  const state = JSON.parse(await real(path, "show", "-json")) as {
    readonly values: {
      readonly root_module: {
        readonly resources: readonly { readonly address: string; readonly values: Values }[];
      };
    };
  };
  return state.values.root_module.resources
    .map(({ address, values }) => {
      const of = (name: string) => String(values[name]);
      const ids: Readonly<Record<string, string>> = {
        aws_ec2_subnet_cidr_reservation: `${of("subnet_id")}:${of("id")}`,
        aws_route_table_association: `${of("subnet_id")}/${of("route_table_id")}`,
        aws_vpc_ipv4_cidr_block_association: `${of("id")},${of("ipv4_ipam_pool_id")}`,
      };
      const id = ids[address.split(".")[0]!] ?? of("id");
      return `import {\n  to = ${address}\n  id = ${JSON.stringify(id)}\n}\n`;
    })
    .join("");
}

withRealProvider(
  "aws",
  "hashicorp/aws applies, replans empty, changes in place, imports as the sandbox does and destroys, with AWS_ENDPOINT_URL alone",
  async () => {
    const path = workspace("real");
    await real(path, "init");
    expect(await real(path, "apply", "-auto-approve")).toContain(
      "Apply complete! Resources: 17 added, 0 changed",
    );
    expect(await real(path, "plan")).toContain("No changes.");
    expect(await real(path, "apply", "-auto-approve", "-var=changed=true")).toContain(
      "Apply complete! Resources: 0 added, 10 changed, 0 destroyed.",
    );
    expect(await real(path, "plan", "-var=changed=true")).toContain("No changes.");

    const blocks = await importBlocks(path);
    const [theirs, mine] = [
      await imported(real, "import-real", blocks),
      await imported(ours, "import-ours", blocks),
    ];
    expect(Object.keys(theirs)).toHaveLength(17);
    // Members that a newer release reads are not the older one's.
    expect(mine).toMatchObject(theirs);
    for (const [address, member] of [
      ["aws_vpc.main", "ipv4_ipam_pool_id"],
      ["aws_vpc_ipam_pool.region", "allocation_default_netmask_length"],
      ["aws_vpc_ipam_pool_cidr.region", "netmask_length"],
      ["aws_vpc_ipv4_cidr_block_association.second", "ipv4_netmask_length"],
    ] as const)
      expect([theirs[address]![member], mine[address]![member]]).toEqual([undefined, undefined]);

    expect(await real(path, "destroy", "-auto-approve")).toContain(
      "Destroy complete! Resources: 17 destroyed.",
    );
    const credentials = { accessKeyId: "123456789012", secretAccessKey: "sandbox" };
    const ec2 = new EC2Client({ endpoint: sandbox.endpoint.url, region: "eu-west-1", credentials });
    expect((await ec2.send(new DescribeVpcsCommand({}))).Vpcs).toEqual([]);
    expect((await ec2.send(new DescribeIpamsCommand({}))).Ipams).toEqual([]);
  },
);
