import { readStackRecord } from "@cluster-ipam/address-plan/stacks";
import {
  AzurermBackend,
  CloudBackend,
  DataResource,
  NamedCloudWorkspace,
  NamedRemoteWorkspace,
  RemoteBackend,
} from "cdktf";
import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import { type BackendOptions, BlueprintApp, BlueprintStack } from "../../src";
import { hclOf, inTemporaryFolder, synthesized, unformatted } from "../terraform";
import { StateService } from "./state-service";

const run = promisify(execFile);
const program = process.env["TERRAFORM_BINARY_NAME"] || "terraform";
const key = "arn:aws:kms:eu-west-1:012345678901:key/0f1e2d3c-4b5a-4978-8796-a5b4c3d2e1f0";

/** Every form, with every option that it has. */
const backends: Readonly<Record<string, BackendOptions>> = {
  local: { type: "local", directory: "../state" },
  s3: {
    ...{
      type: "s3",
      bucket: "states",
      region: "eu-west-1",
      prefix: "prod",
      kmsKeyArn: key,
      profile: "deploy",
    },
    assumeRole: {
      roleArn: "arn:aws:iam::012345678901:role/states",
      sessionName: "deploy",
      externalId: "acme",
    },
    endpoints: { s3: "http://127.0.0.1:1", sts: "http://127.0.0.1:1" },
  },
  "s3 of another store": {
    ...{ type: "s3", bucket: "states", region: "eu-west-1", lockFile: false, compatibleStore: true },
    endpoints: { s3: "http://127.0.0.1:1" },
  },
  gcs: {
    ...{ type: "gcs", bucket: "states", prefix: "prod" },
    impersonateServiceAccount: "states@example-prod.iam.gserviceaccount.com",
    kmsKeyName: "projects/example-prod/locations/eu/keyRings/states/cryptoKeys/states",
  },
  cloud: {
    type: "cloud",
    organization: "acme",
    hostname: "127.0.0.1:1",
    prefix: "prod-",
    project: "networks",
  },
  remote: { type: "remote", organization: "acme", hostname: "127.0.0.1:1", prefix: "prod-" },
  azurerm: {
    ...{ type: "azurerm", storageAccount: "states", container: "states", prefix: "prod" },
    ...{ resourceGroup: "states", useAzureAd: true, useOidc: true },
    subscriptionId: "00000000-0000-0000-0000-000000000001",
    tenantId: "00000000-0000-0000-0000-000000000002",
  },
  http: {
    ...{
      type: "http",
      address: "http://127.0.0.1:1/{stack}",
      lockAddress: "http://127.0.0.1:1/{stack}/lock",
    },
    ...{ lockMethod: "POST", unlockMethod: "DELETE", updateMethod: "PUT" },
  },
  pg: {
    type: "other",
    name: "pg",
    settings: { conn_str: "postgres://127.0.0.1:1/states", schema_name: "{stack}" },
  },
  kubernetes: {
    type: "other",
    name: "kubernetes",
    settings: {
      ...{ secret_suffix: "{stack}", host: "https://127.0.0.1:1", labels: { team: "networks" } },
      exec: [
        {
          api_version: "client.authentication.k8s.io/v1",
          command: "false",
          args: ["token"],
          env: { A: "b" },
        },
      ],
    },
  },
};

/** No credentials of this machine, so that no test asks a cloud. */
const env = {
  PATH: process.env["PATH"],
  HOME: "/nonexistent",
  CHECKPOINT_DISABLE: "1",
  TF_IN_AUTOMATION: "1",
};

/** What Terraform says while it reads a backend's block. Missing credentials and networks come later. */
async function refusedBlock(folder: string): Promise<string> {
  try {
    await run(program, ["init", "-input=false", "-no-color"], { cwd: folder, env, timeout: 60_000 });
    return "";
  } catch (error) {
    const text = (error as { readonly stderr: string }).stderr;
    const isOfBlock =
      /Error: (Unsupported|Missing|Invalid|Incorrect|Unexpected|Inappropriate|Extraneous|Duplicate|Argument|Too)/;
    return isOfBlock.test(text) ? text : "";
  }
}

function withUnknownArgument(text: string, output: "hcl" | "json"): string {
  if (output === "hcl")
    return text.replace(/^ {2}(backend|cloud) .*$/m, (head) => `${head}\n no_such_argument = 1`);
  return text.replace(/"backend": \{\s*"\w+": \{|"cloud": \{/, (head) => `${head} "no_such_argument": 1,`);
}

/** Writes a stack that has nothing but its backend. */
async function withStack<T>(
  backend: BackendOptions,
  output: "hcl" | "json",
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const outdir = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), "backend-"));
  try {
    const app = new BlueprintApp({ backend, outdir, output });
    new BlueprintStack(app, "stack");
    app.synth();
    return await use(path.join(outdir, "stacks/stack"));
  } finally {
    fs.rmSync(outdir, { recursive: true, force: true });
  }
}

describe.each(Object.entries(backends))("%s", (_name, backend) => {
  test.each(["hcl", "json"] as const)("is a block that Terraform reads, in %s", async (output) => {
    await withStack(backend, output, async (folder) => {
      const file = path.join(folder, output === "hcl" ? "cdk.tf" : "cdk.tf.json");
      const text = fs.readFileSync(file, "utf8");
      if (output === "hcl") expect(unformatted(text)).toBe("");
      fs.writeFileSync(file, withUnknownArgument(text, output));
      expect(await refusedBlock(folder)).toContain("no_such_argument");
      fs.writeFileSync(file, text);
      expect(await refusedBlock(folder)).toBe("");
    });
  });

  test("is the backend of a stack that leaves the composition", () => {
    const cwd = process.cwd();
    inTemporaryFolder((folder) => {
      fs.writeFileSync(path.join(folder, "cdktf.json"), "{}");
      process.chdir(folder);
      try {
        const blockOf = (compose: (app: BlueprintApp) => void): string | undefined => {
          const app = new BlueprintApp({ backend });
          compose(app);
          app.synth();
          const hcl = fs.readFileSync("cdktf.out/stacks/stack/cdk.tf", "utf8");
          return /^ {2}(?:backend|cloud) [\s\S]*?^ {2}\}$/m.exec(hcl)?.[0];
        };
        const composed = blockOf((app) => new BlueprintStack(app, "stack"));
        expect(composed).toContain("stack");
        expect(readStackRecord(".")!.stacks).toHaveLength(1);
        expect(blockOf(() => undefined)).toBe(composed);
      } finally {
        process.chdir(cwd);
      }
    });
  });
});

describe("a state's whole life", () => {
  let service: StateService;
  beforeEach(async () => {
    service = await StateService.start();
  });
  afterEach(() => service.stop());

  /** Deploys a stack with one resource, then the stack without it. @returns the state after each */
  async function lifeIn(backend: BackendOptions, keys: NodeJS.ProcessEnv = {}): Promise<string[]> {
    const outdir = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), "backend-"));
    const states: string[] = [];
    try {
      for (const count of [1, 0]) {
        const app = new BlueprintApp({ backend, outdir });
        const stack = new BlueprintStack(app, "stack");
        if (count === 1) new DataResource(stack, "value", { input: { word: "kept" } });
        app.synth();
        const options = { cwd: path.join(outdir, "stacks/stack"), env: { ...env, ...keys } };
        await run(program, ["init", "-input=false", "-no-color"], options);
        await run(program, ["apply", "-input=false", "-no-color", "-auto-approve"], options);
        states.push((await run(program, ["state", "pull"], options)).stdout);
      }
    } finally {
      fs.rmSync(outdir, { recursive: true, force: true });
    }
    return states;
  }
  const calls = () => service.requests.map(({ call }) => call);

  test("in a service of HTTP, locked", async () => {
    const address = `${service.url}/states/{stack}`;
    const [full, empty] = await lifeIn({ type: "http", address, lockAddress: `${address}/lock` });
    expect(full).toContain('"terraform_data"');
    expect(JSON.parse(empty!)).toMatchObject({ resources: [] });
    expect([...service.objects.keys()]).toEqual(["/states/stack"]);
    expect(calls()).toEqual(expect.arrayContaining(["LOCK /states/stack/lock", "UNLOCK /states/stack/lock"]));
  });

  test("in a store of S3's protocol, encrypted and locked by a file", async () => {
    const options = { bucket: "states", region: "eu-west-1", prefix: "prod", kmsKeyArn: key };
    const [full, empty] = await lifeIn(
      { type: "s3", ...options, compatibleStore: true, endpoints: { s3: service.url } },
      { AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b" },
    );
    expect(full).toContain('"terraform_data"');
    expect(JSON.parse(empty!)).toMatchObject({ resources: [] });
    expect([...service.objects.keys()]).toEqual(["/states/prod/stack.tfstate"]);
    expect(calls()).toContain("DELETE /states/prod/stack.tfstate.tflock");
    const write = service.requests.find(({ call }) => call === "PUT /states/prod/stack.tfstate");
    expect(write!.headers["x-amz-server-side-encryption-aws-kms-key-id"]).toBe(key);
  });
});

test.each<[string, unknown, string]>([
  ["an unknown type", { type: "s4" }, 'type: "s4" is not one of local, s3'],
  ["an unknown option", { type: "gcs", bucket: "b", region: "eu" }, 'Unrecognized key: "region"'],
  ["a missing option", { type: "s3", bucket: "b" }, "region: Invalid input"],
  ["a state of all stacks", { type: "http", address: "http://a" }, "address: must contain {stack}"],
  [
    "other settings without the stack",
    { type: "other", name: "pg", settings: {} },
    "settings: must contain {stack}",
  ],
  [
    "a store without its address",
    { type: "s3", bucket: "b", region: "r", compatibleStore: true },
    "endpoints: s3: is needed",
  ],
  [
    "a project of remote",
    { type: "remote", organization: "a", project: "p" },
    "project: is known to the backend cloud only",
  ],
])("refuses %s", (_name, backend, message) => {
  const compose = () =>
    synthesized(
      () => undefined,
      () => undefined,
      { backend: backend as BackendOptions },
    );
  expect(compose).toThrow(`stack: the backend is invalid: ${message}`);
});

test("cdktf's own classes render their nested blocks", () => {
  const blockOf = (add: (stack: BlueprintStack) => void) => {
    const hcl = hclOf((stack) => {
      stack.node.tryRemoveChild("backend");
      add(stack);
    });
    expect(unformatted(hcl)).toBe("");
    return /^ {2}(?:backend|cloud) [\s\S]*?^ {2}\}$/m.exec(hcl)?.[0];
  };
  expect(
    blockOf(
      (stack) =>
        new RemoteBackend(stack, { organization: "acme", workspaces: new NamedRemoteWorkspace("w") }),
    ),
  ).toBe(`  backend "remote" {
    organization = "acme"

    workspaces {
      name = "w"
    }
  }`);
  expect(
    blockOf(
      (stack) =>
        new CloudBackend(stack, { organization: "acme", workspaces: new NamedCloudWorkspace("w", "p") }),
    ),
  ).toBe(`  cloud {
    organization = "acme"

    workspaces {
      name    = "w"
      project = "p"
    }
  }`);
  expect(
    blockOf((stack) => new AzurermBackend(stack, { storageAccountName: "a", containerName: "c", key: "k" })),
  ).toContain('storage_account_name = "a"');
});
