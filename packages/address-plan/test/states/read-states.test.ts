import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { BACKEND_FORMS } from "../../src/stacks";
import { proofOf, readStates } from "../../src/states";
import { exampleRecord, recordedStack } from "../stacks/example-record";

const root = mkdtempSync(join(tmpdir(), "read-states-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const folder = join(root, "apps/dev");

function write(path: string, content: string): string {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
  return join(root, path);
}
beforeAll(() => write("apps/dev/cdktf.json", "{}"));

const vpc = { mode: "managed", type: "aws_vpc", name: "vpc", instances: [{ attributes: { id: "vpc-1" } }] };
const data = { ...vpc, mode: "data", module: "module.m" };
const state = (...resources: readonly object[]) =>
  JSON.stringify({ version: 4, serial: 7, lineage: "3f0c2a1b-7b0e", resources });

/** The state of a stack of that name. */
async function read(id: string, env: NodeJS.ProcessEnv = {}) {
  const stack = recordedStack(id, { cluster: "dev-search", kind: "network" });
  const [found] = await readStates(
    [{ app: "dev", folder, record: { ...exampleRecord, stacks: [stack] } }],
    env,
  );
  return found!;
}

describe("a local backend", () => {
  test.each([
    ["empty", state()],
    ["empty", state(data, { ...vpc, instances: [] })],
    ["holds", state(vpc, data)],
  ])("a state that %s", async (status, text) => {
    write("apps/dev/state/a.tfstate", text);
    expect(await read("a")).toMatchObject({
      stack: "a",
      app: "dev",
      cluster: "dev-search",
      kind: "network",
      status,
      lineage: "3f0c2a1b-7b0e",
      serial: 7,
    });
  });

  test("resources have their addresses and attributes", async () => {
    write("apps/dev/state/a.tfstate", state(vpc, data));
    expect((await read("a")).resources).toEqual([
      { mode: "managed", address: "aws_vpc.vpc", type: "aws_vpc", instances: [{ id: "vpc-1" }] },
      { mode: "data", address: "module.m.data.aws_vpc.vpc", type: "aws_vpc", instances: [{ id: "vpc-1" }] },
    ]);
  });

  test("a state that does not exist is missing, not empty", async () => {
    expect(await read("b")).toMatchObject({
      status: "missing",
      reason: `the state of dev/b (${folder}/state/b.tfstate) does not exist; deploy the stack, which writes it, or check the backend`,
      resources: [],
    });
  });

  test.each([
    ['{"version": 4, "serial"', "it is not JSON"],
    ['{"version": 3, "serial": 1}', "its format is version 3, not 4"],
    ['{"version": 4, "serial": 1}', "it lacks its lineage, serial or resources"],
    ['{"encrypted_data": "x"}', "it is encrypted"],
  ])("the state %s cannot be read", async (text, problem) => {
    const path = write("apps/dev/state/c.tfstate", text);
    const { status, reason } = await read("c");
    expect(status).toBe("unreadable");
    expect(reason).toContain(`the state of dev/c (${path}) cannot be read: ${problem}`);
  });

  test("the output folder of cdktf.json holds the stacks' folders", async () => {
    write("apps/dev/elsewhere/stacks/a/a.tfstate", state());
    const env = { CDKTF_OUTDIR: "elsewhere", DEV_BACKEND: "local:." };
    expect(await read("a", env)).toMatchObject({ status: "empty" });
  });
});

describe("a remote backend", () => {
  /** Plays Terraform: shows the backend and what it was called with, and answers `state pull`. */
  function terraform(pull: string): NodeJS.ProcessEnv {
    const program = write(
      "terraform",
      `#!/bin/sh
echo "$@" >> ${root}/calls
cp backend.tf.json ${root}/backend
[ "$1" = init ] || ${pull}`,
    );
    chmodSync(program, 0o755);
    rmSync(join(root, "calls"), { force: true });
    return { PATH: process.env["PATH"], TERRAFORM_BINARY_NAME: program };
  }
  const backend = () => JSON.parse(readFileSync(join(root, "backend"), "utf8")).terraform.backend;
  const cloud = () => JSON.parse(readFileSync(join(root, "backend"), "utf8")).terraform.cloud;

  test("S3", async () => {
    const env = { ...terraform(`echo '${state(vpc)}'`), DEV_BACKEND: "s3://b/p?region=eu-west-1" };
    expect(await read("a", env)).toMatchObject({ status: "holds", serial: 7 });
    expect(backend()).toEqual({
      s3: { bucket: "b", key: "p/a.tfstate", region: "eu-west-1", encrypt: true, use_lockfile: true },
    });
    expect(readFileSync(join(root, "calls"), "utf8")).toBe("init -input=false -no-color\nstate pull\n");
  });

  test("Cloud Storage, where there is no state", async () => {
    const env = { ...terraform("true"), DEV_BACKEND: "gcs://b/p" };
    const { status, reason } = await read("a", env);
    expect(backend()).toEqual({ gcs: { bucket: "b", prefix: "p/a" } });
    expect([status, reason]).toEqual([
      "missing",
      expect.stringContaining("dev/a (gcs://b/p/a/default.tfstate)"),
    ]);
  });

  test("HCP Terraform, by the stack's workspace", async () => {
    const options = { type: "cloud", organization: "acme", prefix: "dev-" };
    const env = { ...terraform("true"), DEV_BACKEND: JSON.stringify(options) };
    expect((await read("a", env)).reason).toContain("the state of dev/a (app.terraform.io/acme/dev-a)");
    expect(cloud()).toEqual({ organization: "acme", workspaces: { name: "dev-a" } });
  });

  test("what Terraform reports is the reason", async () => {
    const failure = "printf '╷\\n│ Error: No valid credential sources found\\n│ \\n╵\\n' >&2; exit 1";
    const env: NodeJS.ProcessEnv = { ...terraform(`{ ${failure}; }`), DEV_BACKEND: "gcs://b" };
    expect((await read("a", env)).reason).toBe(
      `the state of dev/a (gcs://b/a/default.tfstate) cannot be read: ${env["TERRAFORM_BINARY_NAME"]} state pull: Error: No valid credential sources found`,
    );
    const none = { TERRAFORM_BINARY_NAME: "no-terraform", DEV_BACKEND: "gcs://b" };
    expect((await read("a", none)).reason).toContain(
      "cannot be read: no-terraform is not installed; install it, or set TERRAFORM_BINARY_NAME",
    );
  });

  test("a backend that is not one", async () => {
    expect(await read("a", { DEV_BACKEND: "b" })).toMatchObject({
      status: "unreadable",
      reason: `the state of dev/a (${folder}/stacks.lock.json) cannot be read: DEV_BACKEND: "b" is not a backend; use ${BACKEND_FORMS}`,
    });
  });
});

test("the state of another workspace is no proof", async () => {
  write("apps/dev/state/a.tfstate", state());
  const { status, reason } = await read("a", { TF_WORKSPACE: "blue" });
  expect([status, reason]).toEqual(["unreadable", expect.stringContaining("TF_WORKSPACE is set")]);
});

test("only an empty state is a proof", async () => {
  write("apps/dev/state/a.tfstate", state());
  expect(proofOf(await read("a"))).toBe("3f0c2a1b:7");
  write("apps/dev/state/a.tfstate", state(vpc));
  expect(proofOf(await read("a"))).toBeUndefined();
  expect(proofOf(await read("b"))).toBeUndefined();
});

test("only the chosen stacks are read, in the order of the record", async () => {
  write("apps/dev/state/dev-search-network.tfstate", state());
  const app = { app: "dev", folder, record: exampleRecord };
  const found = await readStates([app, { ...app, app: "two" }], {}, ({ kind }) => kind === "network");
  expect(found.map(({ app: name, stack }) => `${name}/${stack}`)).toEqual([
    "dev/dev-search-network",
    "two/dev-search-network",
  ]);
});
