import { execFileSync, spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { AddressPlan } from "@cluster-ipam/address-plan";
import {
  type Sandbox,
  inventory,
  resourceCounts,
  startSandbox,
  type AllocatedBlock,
} from "@cluster-ipam/sandbox";
import {
  type RecordedApp,
  recordedApps,
  retiredStacks,
  withEmptied,
  writeStackRecord,
} from "@cluster-ipam/address-plan/stacks";
import { proofOf, readStates, type StackState } from "@cluster-ipam/address-plan/states";
import { type EnvironmentName, environments } from "../plan/planned-stacks";
import { synthesize, type Variant } from "../plan/synthesis";
import { Workspace } from "../plan/workbench";

const root = join(__dirname, "../..");
const sandboxCommand = join(root, "packages/sandbox/bin/sandbox.js");
const environmentsCommand = join(root, "packages/sandbox/bin/sandbox-environments.js");
const retireCommand = join(root, "packages/retirement/bin/retire.js");
const addressesCommand = join(root, "packages/address-plan/bin/addresses.js");
const cdktf = join(root, "node_modules/.bin/cdktf");

/** How a command of the CLI ended. */
export interface Ended {
  /** Null when it was killed. */
  readonly code: number | null;
  readonly output: string;
}

/** A repository in a temporary folder, with a cloud and Terraform states of its own. */
export class Deployment {
  private sandbox: Promise<Sandbox> | undefined;

  private constructor(private readonly folder: string) {}

  /** An empty cloud. */
  static empty(): Deployment {
    const folder = mkdtempSync(join(realpathSync(tmpdir()), "deployment-"));
    for (const name of ["addresses.yaml", "addresses.lock.json"])
      cpSync(join(root, name), join(folder, name));
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(join(root, "node_modules/cdktf-cli"), join(folder, "node_modules/cdktf-cli"));
    const deployment = new Deployment(folder);
    environments.forEach((environment) => deployment.addApp(environment));
    return deployment;
  }

  /** Contains what the previous release deployed: the fixture from `npm run upgrade-fixture`. */
  static previous(): Deployment {
    const compressed = readFileSync(join(__dirname, "upgrade/previous.json.br"));
    const { files } = JSON.parse(brotliDecompressSync(compressed).toString()) as PreviousRelease;
    const deployment = Deployment.empty();
    for (const [name, text] of Object.entries(files)) {
      const path = join(deployment.folder, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    return deployment;
  }

  /** A copy with the same resources, independent from then on. */
  copy(): Deployment {
    const other = Deployment.empty();
    const isKept = (path: string) => basename(path) !== "node_modules";
    cpSync(this.folder, other.folder, { recursive: true, filter: isKept });
    return other;
  }

  async close(): Promise<void> {
    await (await this.sandbox)?.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Folder of the cloud. */
  get cloud(): string {
    return join(this.folder, ".sandbox");
  }

  /** The plan in the folder, as it was copied or edited. */
  addresses(): AddressPlan {
    return AddressPlan.load({ directory: this.folder });
  }

  /**
   * Changes `addresses.yaml` and runs `npm run addresses` in the sandbox.
   *
   * @param account of the AWS credentials
   */
  updateAddresses(account: string, change: (text: string) => string = (text) => text): Promise<Ended> {
    const path = join(this.folder, "addresses.yaml");
    writeFileSync(path, change(readFileSync(path, "utf8")));
    const env = { SANDBOX_STATE: this.cloud, AWS_ACCESS_KEY_ID: account };
    return runNode([sandboxCommand, "--", process.execPath, addressesCommand], this.folder, env).ended;
  }

  /** Writes an environment's stacks, as its app or a variant of it does in its folder, in place of those that were there. */
  synthesize(environment: EnvironmentName, variant: Variant = {}): void {
    const before = process.cwd();
    process.chdir(this.app(environment));
    try {
      synthesize(environment, "cdktf.out", variant);
    } finally {
      process.chdir(before);
    }
  }

  /** The recorded stacks of an environment, and those that its composition no longer has, in the order of destruction. */
  recorded(environment: EnvironmentName): { readonly app: RecordedApp; readonly retired: readonly string[] } {
    const app = recordedApps(this.folder).find(({ app: name }) => name === environment);
    if (!app) throw new Error(`${environment} has no record`);
    return { app, retired: retiredStacks(app, {}).map(({ id }) => id) };
  }

  /** Proves the retired stacks empty, as `npm run addresses` does. @returns what is known of each one's state */
  async proveEmpty(environment: EnvironmentName): Promise<readonly StackState[]> {
    const { app, retired } = this.recorded(environment);
    const states = await readStates([app], {}, ({ id }) => retired.includes(id));
    const proofs = new Map(
      states.flatMap((state) => {
        const proof = proofOf(state);
        return proof === undefined ? [] : [[state.stack, proof] as const];
      }),
    );
    writeStackRecord(app.folder, withEmptied(app.record, proofs));
    return states;
  }

  /** Changes what was synthesized for a stack. */
  edit(environment: EnvironmentName, stack: string, change: (text: string) => string): void {
    const path = join(this.app(environment), "cdktf.out/stacks", stack, "cdk.tf");
    writeFileSync(path, change(readFileSync(path, "utf8")));
  }

  /** Deploys synthesized stacks by the cdktf CLI. @throws Error with what it said when it fails */
  async deploy(environment: EnvironmentName, ...stacks: readonly string[]): Promise<void> {
    await this.succeed(this.start("deploy", environment, stacks));
  }

  /** What `npm run deploy:sandbox` and `npm run destroy:sandbox` run. @returns what it said @throws Error when it fails */
  async runCommand(command: "deploy" | "destroy"): Promise<string> {
    return this.succeed(runNode([environmentsCommand, command], this.folder, {}));
  }

  /**
   * Runs `npx retire` in the sandbox.
   *
   * @param account of the AWS credentials
   */
  retire(environment: EnvironmentName, account: string, ...args: readonly string[]): Promise<Ended> {
    const env = { SANDBOX_STATE: this.cloud, AWS_ACCESS_KEY_ID: account };
    return runNode(
      [sandboxCommand, "--", process.execPath, retireCommand, ...args],
      this.app(environment),
      env,
    ).ended;
  }

  /**
   * Starts the cdktf CLI in the sandbox.
   *
   * @param stacks all of the environment when empty
   */
  start(command: "deploy", environment: EnvironmentName, stacks: readonly string[]): CliRun {
    const chosen = stacks.length > 0 ? stacks : ["*"];
    const options = ["--auto-approve", "--skip-provider-lock", "--skip-synth", "--no-color"];
    const env = { SANDBOX_STATE: this.cloud };
    return runNode([sandboxCommand, "--", cdktf, command, ...chosen, ...options], this.app(environment), env);
  }

  /** The synthesized stacks of an environment, for Terraform. */
  async workspace(environment: EnvironmentName): Promise<Workspace> {
    return this.withSandbox(environment, (app, env) => new Workspace(app, env));
  }

  /** Uses an environment's folder with the variables of a sandbox that runs until the deployment is closed. */
  async withSandbox<T>(
    environment: EnvironmentName,
    use: (app: string, env: Readonly<Record<string, string>>) => T | Promise<T>,
  ): Promise<T> {
    const sandbox = await (this.sandbox ??= startSandbox({ folders: [this.folder], state: this.cloud }));
    return use(this.app(environment), sandbox.env);
  }

  /** Whether a stack has a state: one that was never deployed has none. */
  isDeployed(environment: EnvironmentName, stack: string): boolean {
    return existsSync(join(this.app(environment), "state", `${stack}.tfstate`));
  }

  /** Whether a state is half written: Terraform writes local ones in place, which no other backend does. */
  hasTornState(environment: EnvironmentName): boolean {
    const states = join(this.app(environment), "state");
    const files = existsSync(states) ? readdirSync(states).filter((name) => name.endsWith(".tfstate")) : [];
    return files.some((name) => !isJson(readFileSync(join(states, name), "utf8")));
  }

  /** Number of resources per type. */
  counts(): Readonly<Record<string, number>> {
    return resourceCounts(this.cloud);
  }

  /** All allocated address blocks. */
  inventory(): readonly AllocatedBlock[] {
    return inventory(this.cloud);
  }

  private app(environment: EnvironmentName): string {
    return join(this.folder, "apps", environment);
  }

  private addApp(environment: EnvironmentName): void {
    mkdirSync(this.app(environment), { recursive: true });
    const settings = {
      language: "typescript",
      app: `node ${join(root, "apps", environment, "dist/main.js")}`,
      sendCrashReports: "false",
      projectId: environment,
    };
    writeFileSync(join(this.app(environment), "cdktf.json"), JSON.stringify(settings));
  }

  private async succeed({ ended }: CliRun): Promise<string> {
    const { code, output } = await ended;
    if (code !== 0) throw new Error(`it ended with ${code}:\n${output.slice(-8_000)}`);
    return output;
  }
}

function runNode(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): CliRun {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...process.env, CHECKPOINT_DISABLE: "1", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (piece) => (output += piece));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, output }));
  });
  return { ended, kill: () => killTree(child.pid!) };
}

interface PreviousRelease {
  /** Text by path: `.sandbox/…` and `apps/<environment>/state/…`. */
  readonly files: Readonly<Record<string, string>>;
}

/** A run of the CLI. */
export interface CliRun {
  readonly ended: Promise<Ended>;
  /** Kills it at once, with every process it started. */
  kill(): void;
}

/** The CLI runs Terraform in sessions of their own, so no process group holds them all. */
function killTree(root: number): void {
  const lines = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" }).trim().split("\n");
  const parents = lines.map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
  const tree = [root];
  for (const pid of tree)
    tree.push(...parents.filter(([, parent]) => parent === pid).map(([child]) => child));
  for (const pid of tree) killOne(pid);
}

function killOne(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text || "null");
    return true;
  } catch {
    return false;
  }
}
