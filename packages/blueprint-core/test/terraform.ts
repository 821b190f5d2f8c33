import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { BlueprintApp, type BlueprintAppProps, BlueprintStack } from "../src";

/** Composes one stack named `stack` and writes it, in a folder that is removed after the callback. */
export function synthesized<T>(
  compose: (stack: BlueprintStack) => void,
  read: (folder: string) => T,
  props: Partial<BlueprintAppProps> = {},
): T {
  return inTemporaryFolder((outdir) => {
    const app = new BlueprintApp({ backend: { type: "local" }, outdir, ...props });
    compose(new BlueprintStack(app, "stack"));
    app.synth();
    return read(path.join(outdir, "stacks", "stack"));
  });
}

/** The HCL of a stack with the given content. */
export function hclOf(compose: (stack: BlueprintStack) => void): string {
  return synthesized(compose, (folder) => fs.readFileSync(path.join(folder, "cdk.tf"), "utf8"));
}

export function inTemporaryFolder<T>(use: (folder: string) => T): T {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "blueprint-core-"));
  try {
    return use(folder);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** The changes that `terraform fmt` would make; empty if the text is formatted. */
export function unformatted(hcl: string): string {
  return inTemporaryFolder((folder) => {
    fs.writeFileSync(path.join(folder, "cdk.tf"), hcl);
    const { stdout, stderr, status } = run(folder, "fmt", "-check", "-diff");
    return status === 0 ? "" : stdout + stderr;
  });
}

export interface Plan {
  readonly planned_values: { readonly outputs?: Record<string, { value: unknown; sensitive?: boolean }> };
  readonly resource_changes?: readonly { address: string; change: { after: unknown; actions: string[] } }[];
}

/** Plans a folder whose resources come from the built-in provider, without a registry. */
export function planOf(folder: string): Plan {
  succeed(run(folder, "init", "-input=false", "-no-color"));
  succeed(run(folder, "plan", "-input=false", "-no-color", "-out=plan"));
  return JSON.parse(succeed(run(folder, "show", "-json", "plan"))) as Plan;
}

export function run(folder: string, ...args: string[]): SpawnSyncReturns<string> {
  return spawnSync(process.env["TERRAFORM_BINARY_NAME"] || "terraform", args, {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1" },
  });
}

function succeed({ status, stdout, stderr }: SpawnSyncReturns<string>): string {
  if (status !== 0) throw new Error(stdout + stderr);
  return stdout;
}
