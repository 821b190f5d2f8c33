import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Sandbox, startSandbox } from "@cluster-ipam/sandbox";
import { type EnvironmentName } from "./planned-stacks";
import { synthesize, type Variant } from "./synthesis";
import { type TerraformPlan } from "./terraform-plan";

const run = promisify(execFile);
const terraform = process.env["TERRAFORM_BINARY_NAME"] || "terraform";

/** A temporary folder with a sandbox in which environments are synthesized, deployed and planned by Terraform. */
export class Workbench {
  private constructor(
    private readonly folder: string,
    private readonly sandbox: Sandbox,
  ) {}

  static async open(): Promise<Workbench> {
    const folder = mkdtempSync(join(realpathSync(tmpdir()), "cluster-ipam-"));
    return new Workbench(folder, await startSandbox({ folders: [folder], assumePrerequisites: true }));
  }

  async close(): Promise<void> {
    await this.sandbox.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Synthesizes an environment; a later call with the same label replaces the configuration and keeps the state. */
  synthesize(environment: EnvironmentName, label: string, variant: Variant = {}): Workspace {
    const app = join(this.folder, label);
    mkdirSync(app, { recursive: true });
    synthesize(environment, join(app, "cdktf.out"), variant);
    return new Workspace(app, { ...process.env, ...this.sandbox.env });
  }
}

/** The synthesized stacks of one environment, with their states. */
export class Workspace {
  constructor(
    private readonly app: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  /** In the order in which they are deployed. */
  get stacks(): readonly string[] {
    const manifest = readFileSync(join(this.app, "cdktf.out/manifest.json"), "utf8");
    return inOrder(Object.values((JSON.parse(manifest) as Manifest).stacks));
  }

  /** Plans a stack against its state. */
  async plan(stack: string): Promise<TerraformPlan> {
    await this.terraform(stack, "init", "-input=false");
    await this.terraform(stack, "plan", "-input=false", "-out=plan.bin");
    return JSON.parse(await this.terraform(stack, "show", "-json", "plan.bin")) as TerraformPlan;
  }

  /** Deploys a stack: afterwards its state holds what the configuration says. */
  async apply(stack: string): Promise<void> {
    await this.terraform(stack, "init", "-input=false");
    await this.terraform(stack, "apply", "-input=false", "-auto-approve", "-lock-timeout=30s");
  }

  private async terraform(stack: string, ...args: string[]): Promise<string> {
    const cwd = join(this.app, "cdktf.out/stacks", stack);
    const { stdout } = await run(terraform, [...args, ...(args[0] === "show" ? [] : ["-no-color"])], {
      cwd,
      env: this.env,
      maxBuffer: 64 * 1024 * 1024,
    }).catch((error: Error & { stdout?: string; stderr?: string }) => {
      throw new Error(`terraform ${args[0]} of ${stack} failed:\n${error.stdout ?? ""}${error.stderr ?? ""}`);
    });
    return stdout;
  }
}

interface Manifest {
  readonly stacks: Readonly<Record<string, ManifestStack>>;
}

interface ManifestStack {
  readonly name: string;
  readonly dependencies: readonly string[];
}

function inOrder(stacks: readonly ManifestStack[], before: readonly string[] = []): readonly string[] {
  const ready = stacks.filter(({ dependencies }) => dependencies.every((name) => before.includes(name)));
  if (ready.length === 0) return before;
  const waiting = stacks.filter((stack) => !ready.includes(stack));
  return inOrder(waiting, [...before, ...ready.map(({ name }) => name).sort()]);
}
