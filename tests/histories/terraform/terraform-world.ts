import { execFile } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type AddressPlan } from "@cluster-ipam/address-plan";
import { type StackState } from "@cluster-ipam/address-plan/states";
import { inventory, type Sandbox, startSandbox } from "@cluster-ipam/sandbox";
import { parseState } from "../../../packages/address-plan/src/states/state-file";
import { describedChanges } from "../../plan/described-change";
import { Workspace } from "../../plan/workbench";
import { compose } from "./composition";

const terraform = process.env["TERRAFORM_BINARY_NAME"] || "terraform";

const run = promisify(execFile);

/** What is in a cloud that nothing else may use. */
const USES: readonly string[] = [
  "VPC",
  "VPC CIDR",
  "subnet",
  "subnetwork",
  "secondary range",
  "control plane",
];

/** An organisation's deployments by Terraform in a sandbox of its own. */
export class TerraformWorld {
  private readonly applied = new Map<string, string>();
  private readonly destroyed = new Set<string>();

  private constructor(
    private readonly folder: string,
    private readonly sandbox: Sandbox,
  ) {}

  static async open(): Promise<TerraformWorld> {
    const folder = mkdtempSync(join(realpathSync(tmpdir()), "history-"));
    const state = join(folder, "cloud");
    // The plan counts the CIDRs of a VPC, and says which quota has to be requested.
    const faults = { quotas: { cidrsPerVpc: 50 } };
    const props = { folders: [folder], state, assumePrerequisites: true, faults };
    return new TerraformWorld(folder, await startSandbox(props));
  }

  async close(): Promise<void> {
    await this.sandbox.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /**
   * Deploys what changed: the address space, what left, the networks, then the clusters.
   *
   * @param left names of the clusters that left
   * @returns the changes that destroy or replace something
   */
  async deploy(addresses: AddressPlan, left: readonly string[]): Promise<string[]> {
    mkdirSync(join(this.folder, "app"), { recursive: true });
    compose(addresses, join(this.folder, "app/cdktf.out"));
    const workspace = new Workspace(join(this.folder, "app"), this.sandbox.env);
    const names = addresses.clusters.map(({ name }) => name);
    for (const name of names) this.destroyed.delete(name);
    const changes = await this.applyAll(workspace, ["address-space"]);
    for (const name of left) if (!names.includes(name)) await this.destroy(name);
    changes.push(
      ...(await this.applyAll(
        workspace,
        names.map((name) => `${name}-network`),
      )),
    );
    changes.push(...(await this.applyAll(workspace, names)));
    return changes.filter((change) => /^(delete|replace) /.test(change));
  }

  /** CIDRs that the clouds have, without pools, reservations and fences. */
  get cidrs(): string[] {
    const blocks = inventory(join(this.folder, "cloud")).filter(({ use }) => USES.includes(use));
    return [...new Set(blocks.map(({ cidr }) => cidr))].sort();
  }

  /** The states of stacks that another world has, read from the files. */
  statesOf(stacks: readonly StackState[]): StackState[] {
    return stacks.map(({ stack, app, cluster, kind }) => {
      const base = { stack, app, ...(cluster !== undefined && { cluster }), ...(kind && { kind }) };
      const path = join(this.folder, "app/state", `${stack}.tfstate`);
      if (!existsSync(path))
        return { ...base, status: "missing", reason: `${stack} has no state`, resources: [] };
      const content = parseState(readFileSync(path, "utf8"));
      if ("problem" in content) throw new Error(content.problem);
      return { ...base, ...content };
    });
  }

  private async applyAll(workspace: Workspace, stacks: readonly string[]): Promise<string[]> {
    const changes = await Promise.all(stacks.map((stack) => this.apply(workspace, stack)));
    return changes.flat();
  }

  private async apply(workspace: Workspace, stack: string): Promise<readonly string[]> {
    const text = readFileSync(join(this.folder, "app/cdktf.out/stacks", stack, "cdk.tf"), "utf8");
    if (this.applied.get(stack) === text) return [];
    const changes = this.applied.has(stack) ? describedChanges([await workspace.plan(stack)]) : [];
    await workspace.apply(stack);
    this.applied.set(stack, text);
    return changes.map((change) => change.replace(" ", ` ${stack}/`));
  }

  /** Destroys the stacks of a cluster that left: the cluster, then its network. */
  private async destroy(name: string): Promise<void> {
    if (this.destroyed.has(name) || !this.applied.has(name)) return;
    this.destroyed.add(name);
    for (const stack of [name, `${name}-network`]) {
      const cwd = join(this.folder, "app/left", stack);
      mkdirSync(cwd, { recursive: true });
      const env = { ...process.env, ...this.sandbox.env };
      // The last composition, in a folder as deep, so that the backend is the same.
      writeFileSync(join(cwd, "cdk.tf"), this.applied.get(stack)!.replace("../../../state", "../../state"));
      await run(terraform, ["init", "-input=false"], { cwd, env });
      await run(terraform, ["destroy", "-auto-approve", "-input=false"], { cwd, env });
      this.applied.delete(stack);
    }
  }
}
