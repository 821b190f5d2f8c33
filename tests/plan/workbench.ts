import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Sandbox, startSandbox } from "@cluster-ipam/sandbox";
import { type PrintedProvider, type ReferencedTypeNames } from "@cluster-ipam/terraform-provider";
import { type EnvironmentName, environments } from "./planned-stacks";
import { asksGoogle, initFailure, planProviders, registryEnvironment } from "./registry-providers";
import { synthesize, type Variant } from "./synthesis";
import { type TerraformPlan } from "./terraform-plan";

const run = promisify(execFile);
const terraform = process.env["TERRAFORM_BINARY_NAME"] || "terraform";

/** Who plans. */
export const providers = planProviders(process.env);

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
    return this.compose(label, (outdir) => synthesize(environment, outdir, variant));
  }

  /** Synthesizes stacks of the test's own; `build` writes them into the folder that it gets. */
  compose(label: string, build: (outdir: string) => void): Workspace {
    const app = join(this.folder, label);
    mkdirSync(app, { recursive: true });
    build(join(app, "cdktf.out"));
    const cache = join(this.folder, "plugin-cache");
    mkdirSync(cache, { recursive: true });
    return new Workspace(app, this.sandbox.env, cache);
  }

  /** Deploys every environment, so that real providers find what they look up while planning. */
  async deployAll(): Promise<void> {
    for (const environment of environments) {
      const deployed = this.synthesize(environment, environment);
      for (const stack of deployed.stacks) await deployed.apply(stack);
    }
  }
}

/** The synthesized stacks of one environment, with their states. */
export class Workspace {
  /**
   * @param sandbox variables of a running sandbox
   * @param cache folder for downloaded providers; without it, the sandbox's providers plan
   */
  constructor(
    private readonly app: string,
    private readonly sandbox: Readonly<Record<string, string>>,
    private readonly cache?: string,
  ) {}

  /** In the order in which they are deployed. */
  get stacks(): readonly string[] {
    const manifest = readFileSync(join(this.app, "cdktf.out/manifest.json"), "utf8");
    return inOrder(Object.values((JSON.parse(manifest) as Manifest).stacks));
  }

  /** Those of `stacks` that can be planned here: real providers would ask Google about some. */
  get plannable(): readonly string[] {
    return providers === "sandbox"
      ? this.stacks
      : this.stacks.filter((stack) => !asksGoogle(this.configuration(stack)));
  }

  /** Plans a stack against its state, which real providers take as it is. */
  async plan(stack: string): Promise<TerraformPlan> {
    const env = this.planEnvironment(stack);
    const state = providers === "registry" ? ["-refresh=false"] : [];
    await this.terraform(env, stack, "init", "-input=false");
    await this.terraform(env, stack, "plan", "-input=false", "-out=plan.bin", ...state);
    return JSON.parse(await this.terraform(env, stack, "show", "-json", "plan.bin")) as TerraformPlan;
  }

  /** What has to be done before what, in the plan that was made last: pairs of an object and one that it waits for. */
  async order(stack: string): Promise<readonly (readonly [object: string, before: string])[]> {
    const printed = await this.terraform(this.planEnvironment(stack), stack, "graph", "-plan=plan.bin");
    return [...printed.matchAll(/^\s*"\[root\] (.*)" -> "\[root\] (.*)"$/gm)].map(([, object, before]) => [
      object!,
      before!,
    ]);
  }

  /** What the providers of a stack offer, as Terraform prints it, by their addresses. */
  async schemas(stack: string): Promise<Readonly<Record<string, PrintedProvider>>> {
    const env = this.planEnvironment(stack);
    await this.terraform(env, stack, "init", "-input=false");
    const printed = await this.terraform(env, stack, "providers", "schema", "-json");
    return (JSON.parse(printed) as { provider_schemas: Record<string, PrintedProvider> }).provider_schemas;
  }

  /** The types of a stack. */
  usedTypes(stack: string): ReferencedTypeNames {
    const types = (block: string) =>
      [...this.configuration(stack).matchAll(new RegExp(`^${block} "([a-z0-9_]+)"`, "gm"))].map(
        ([, type]) => type!,
      );
    return { resources: types("resource"), dataSources: types("data") };
  }

  /** Deploys a stack into the sandbox: afterwards its state holds what the configuration says. */
  async apply(stack: string): Promise<void> {
    const env = { ...process.env, ...this.sandbox };
    await this.terraform(env, stack, "init", "-input=false");
    await this.terraform(env, stack, "apply", "-input=false", "-auto-approve", "-lock-timeout=30s");
  }

  private planEnvironment(stack: string): NodeJS.ProcessEnv {
    if (providers === "sandbox" || this.cache === undefined) return { ...process.env, ...this.sandbox };
    return registryEnvironment(process.env, this.sandbox, this.configuration(stack), this.cache);
  }

  private configuration(stack: string): string {
    const folder = join(this.app, "cdktf.out/stacks", stack);
    const hcl = join(folder, "cdk.tf");
    return readFileSync(existsSync(hcl) ? hcl : join(folder, "cdk.tf.json"), "utf8");
  }

  private async terraform(env: NodeJS.ProcessEnv, stack: string, ...args: string[]): Promise<string> {
    const cwd = join(this.app, "cdktf.out/stacks", stack);
    const isPlain = args.includes("-json") || args[0] === "graph";
    const { stdout } = await run(terraform, [...args, ...(isPlain ? [] : ["-no-color"])], {
      cwd,
      env,
      maxBuffer: 1024 * 1024 * 1024,
    }).catch((error: Error & { stdout?: string; stderr?: string }) => {
      const output = `${error.stdout ?? ""}${error.stderr ?? ""}`;
      const notFound = args[0] === "init" ? initFailure(stack, output) : undefined;
      throw new Error(notFound ?? `terraform ${args[0]} of ${stack} failed:\n${output}`);
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
