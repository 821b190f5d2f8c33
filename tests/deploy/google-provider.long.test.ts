import { execFile } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { type GoogleEndpoint, startGoogleEndpoint } from "@cluster-ipam/cloud-model/endpoint";
import { synthesize } from "../plan/synthesis";

const run = promisify(execFile);
const terraform = process.env["TERRAFORM_BINARY_NAME"] || "terraform";

/** Terraform's file system mirror with a hashicorp/google, `registry.terraform.io/hashicorp/google/…`. */
const mirror = process.env["REAL_PROVIDERS_MIRROR"];

/** The stacks of Google alone, in the order in which they are deployed. */
const stacks = ["dev/dev-search-network", "prod/prod-search-network", "dev/dev-search", "prod/prod-search"];

let folder: string;
let endpoint: GoogleEndpoint;

beforeAll(async () => {
  folder = mkdtempSync(join(realpathSync(tmpdir()), "google-provider-"));
  endpoint = await startGoogleEndpoint();
});
afterAll(async () => {
  await endpoint.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs Terraform in a stack with the real provider. @returns what it prints */
async function real(stack: string, ...args: readonly string[]): Promise<string> {
  const [environment, name] = stack.split("/");
  const configuration = join(folder, "mirror.tfrc");
  writeFileSync(
    configuration,
    `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(resolve(mirror!))}\n  }\n}\n`,
  );
  const { stdout } = await run(terraform, [...args, "-input=false", "-no-color"], {
    cwd: join(folder, environment!, "cdktf.out/stacks", name!),
    env: {
      ...process.env,
      ...endpoint.env,
      TF_CLI_CONFIG_FILE: configuration,
      TF_REATTACH_PROVIDERS: undefined,
      GOOGLE_APPLICATION_CREDENTIALS: undefined,
      GOOGLE_CREDENTIALS: undefined,
    },
    maxBuffer: 64 * 1024 * 1024,
  }).catch((error: Error & { stdout?: string; stderr?: string }) => {
    throw new Error(`terraform ${args[0]} of ${stack} failed:\n${error.stdout ?? ""}${error.stderr ?? ""}`);
  });
  return stdout;
}

// Which provider is real, nothing in the repository can tell: a mirror has it.
const withRealProvider = mirror ? test : test.skip;

withRealProvider(
  "hashicorp/google deploys, replans empty and destroys every Google stack at the endpoint",
  async () => {
    synthesize("dev", join(folder, "dev/cdktf.out"), { output: "hcl" });
    synthesize("prod", join(folder, "prod/cdktf.out"), {
      output: "hcl",
      prod: { deletionProtection: false },
    });
    for (const stack of stacks) {
      await real(stack, "init");
      expect(await real(stack, "apply", "-auto-approve")).toContain("Apply complete!");
      expect(await real(stack, "plan")).toContain(
        "No changes. Your infrastructure matches the configuration.",
      );
    }
    for (const stack of [...stacks].reverse())
      expect(await real(stack, "destroy", "-auto-approve")).toContain("Destroy complete!");
    for (const project of ["example-dev", "example-prod"])
      for (const path of ["global/networks", "aggregated/subnetworks", "global/firewalls"])
        expect(await names(`compute/v1/projects/${project}/${path}`)).toEqual([]);
  },
  900_000,
);

/** The names in a list of Compute Engine. */
async function names(path: string): Promise<readonly string[]> {
  const response = await fetch(`${endpoint.url}/${path}`, { headers: { authorization: "Bearer sandbox" } });
  return [
    ...(await response.text()).matchAll(/"selfLink": "[^"]*\/(?:networks|subnetworks|firewalls)\/([^"]+)"/g),
  ].map(([, name]) => name!);
}
