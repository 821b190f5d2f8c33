import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  loadSchema,
  type PrintedProvider,
  type ProviderName,
  schemaDifferences,
  type SchemaDifferences,
} from "@cluster-ipam/terraform-provider";
import { environments } from "./planned-stacks";
import { asksGoogle, initFailure, planProviders, registryEnvironment } from "./registry-providers";
import { providers, Workbench } from "./workbench";

test("PLAN_PROVIDERS says who plans", () => {
  expect(planProviders({})).toBe("sandbox");
  expect(planProviders({ PLAN_PROVIDERS: "registry" })).toBe("registry");
  expect(() => planProviders({ PLAN_PROVIDERS: "real" })).toThrow(
    'PLAN_PROVIDERS: "real" is neither registry nor sandbox; give one of them',
  );
});

test("real providers get placeholder credentials, the stack's account, and the user's CLI configuration", () => {
  const env = { AWS_PROFILE: "work", GOOGLE_CREDENTIALS: "{}", TF_CLI_CONFIG_FILE: "mirror.tfrc" };
  const sandbox = {
    TF_REATTACH_PROVIDERS: "{}",
    TF_CLI_CONFIG_FILE: "/dev/null",
    AWS_ENDPOINT_URL_EC2: "http://x",
  };
  const stack = 'provider "aws" {\n  allowed_account_ids = ["222222222222"]\n}';

  expect(registryEnvironment(env, sandbox, stack, "cache")).toMatchObject({
    TF_REATTACH_PROVIDERS: undefined,
    TF_CLI_CONFIG_FILE: "mirror.tfrc",
    TF_PLUGIN_CACHE_DIR: "cache",
    AWS_PROFILE: undefined,
    AWS_ACCESS_KEY_ID: "222222222222",
    AWS_ENDPOINT_URL_EC2: "http://x",
    GOOGLE_CREDENTIALS: undefined,
    GOOGLE_OAUTH_ACCESS_TOKEN: "sandbox",
  });
});

test("a stack that asks Google while it is planned is known", () => {
  expect(asksGoogle('data "google_container_cluster" "cluster" {}')).toBe(true);
  expect(asksGoogle('data "google_client_config" "client" {}\ndata "aws_vpc" "vpc" {}')).toBe(false);
});

test("a terraform init without registry or mirror is one sentence", () => {
  const folder = mkdtempSync(join(tmpdir(), "registry-"));
  try {
    mkdirSync(join(folder, "mirror"));
    const configuration = join(folder, "mirror.tfrc");
    writeFileSync(
      configuration,
      `provider_installation {\n  filesystem_mirror {\n    path = "${join(folder, "mirror")}"\n  }\n}\n`,
    );
    writeFileSync(
      join(folder, "main.tf"),
      'terraform {\n  required_providers {\n    aws = { source = "hashicorp/aws" }\n  }\n}\n',
    );
    const env = registryEnvironment({ ...process.env, TF_CLI_CONFIG_FILE: configuration }, {}, "", folder);
    expect(initFailure("dev-apps", failedInit(folder, env))).toBe(
      "dev-apps: terraform init found no hashicorp/aws; PLAN_PROVIDERS=registry needs " +
        "registry.terraform.io, or a mirror that a CLI configuration names (TF_CLI_CONFIG_FILE, provider_installation)",
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

function failedInit(cwd: string, env: NodeJS.ProcessEnv): string {
  try {
    return execFileSync(process.env["TERRAFORM_BINARY_NAME"] || "terraform", ["init", "-no-color"], {
      ...{ cwd, env },
      encoding: "utf8",
      stdio: "pipe",
    });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    return stdout + stderr;
  }
}

const withRealProviders = providers === "registry" ? test : test.skip;

withRealProviders("the sandbox's schemas of all types in use are those of the real providers", async () => {
  const bench = await Workbench.open();
  const differences: SchemaDifferences[] = [];
  try {
    for (const environment of environments) {
      const workspace = bench.synthesize(environment, environment);
      for (const stack of workspace.stacks) {
        // Terraform's own provider, of terraform_data, is the real one in the sandbox too.
        const printed = Object.entries(await workspace.schemas(stack)).filter(
          ([address]) => !address.startsWith("terraform.io/builtin/"),
        );
        differences.push(
          ...printed.map(([address, real]) => differencesOf(address, real, workspace.usedTypes(stack))),
        );
      }
    }
  } finally {
    await bench.close();
  }
  const missing = [...new Set(differences.flatMap((found) => found.missing))].sort();
  // Nothing that is used lacks: the sandbox would have refused it. Still each is worth a look.
  process.stderr.write(missing.map((line) => `  ${line}\n`).join(""));
  expect([...new Set(differences.flatMap((found) => found.contradictions))].sort()).toEqual([]);
});

function differencesOf(
  address: string,
  real: PrintedProvider,
  used: { readonly resources: readonly string[]; readonly dataSources: readonly string[] },
): SchemaDifferences {
  const provider = address.split("/").at(-1) as ProviderName;
  const own = (types: readonly string[]) => [
    ...new Set(types.filter((type) => type.startsWith(`${provider}_`))),
  ];
  return schemaDifferences(loadSchema(provider), real, {
    resources: own(used.resources),
    dataSources: own(used.dataSources),
  });
}
