import { execFile } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const terraform = process.env["TERRAFORM_BINARY_NAME"] || "terraform";

/** Terraform's file system mirror, `registry.terraform.io/hashicorp/…`. */
const mirror = process.env["REAL_PROVIDERS_MIRROR"];

/** A test with a real provider. Which one is real, nothing in the repository can tell: a mirror has it, or the name says so. */
export function withRealProvider(provider: "aws" | "google", name: string, body: () => Promise<void>): void {
  const isThere = mirror && existsSync(join(mirror, "registry.terraform.io/hashicorp", provider));
  if (isThere) test(name, body, 900_000);
  else test.skip(`${name} (REAL_PROVIDERS_MIRROR names no mirror that has it)`, body);
}

/**
 * Runs Terraform in a folder with the providers of the mirror.
 *
 * @param env points the providers at an endpoint
 * @returns what it prints
 */
export async function realTerraform(
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
  ...args: readonly string[]
): Promise<string> {
  const configuration = join(folder, "mirror.tfrc");
  writeFileSync(
    configuration,
    `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(resolve(mirror!))}\n  }\n}\n`,
  );
  const { stdout } = await run(terraform, [...args, "-no-color"], {
    cwd: folder,
    env: {
      ...process.env,
      CHECKPOINT_DISABLE: "1",
      TF_CLI_CONFIG_FILE: configuration,
      TF_IN_AUTOMATION: "1",
      TF_INPUT: "0",
      TF_REATTACH_PROVIDERS: undefined,
      ...env,
    },
    maxBuffer: 64 * 1024 * 1024,
  }).catch((error: Error & { stdout?: string; stderr?: string }) => {
    throw new Error(`terraform ${args[0]} in ${folder} failed:\n${error.stdout ?? ""}${error.stderr ?? ""}`);
  });
  return stdout;
}
