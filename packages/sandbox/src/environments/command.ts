import { existsSync, rmSync } from "node:fs";
import { dirname, relative } from "node:path";
import { startSandbox } from "../sandbox";
import { standing, standingCounts } from "../standing/standing";
import { standingTree } from "../standing/standing-tree";
import { repositoryOf, stateFolder } from "../state-folder";
import { checkTerraform } from "../terraform-version";
import { type AppliedStack } from "./cdktf-output";
import { deployEnvironment } from "./deployment";
import { type Environment, environmentsOf } from "./environment";
import { exclusively } from "./run-lock";
import { removeSandboxStates } from "./sandbox-states";

const usage = "usage: sandbox-environments deploy|destroy";
const commands: Readonly<Record<string, (root: string, state: string) => Promise<void>>> = {
  deploy,
  destroy,
};

/**
 * Deploys every environment of the repository into the sandbox's cloud and says what stands, or removes the cloud
 * and the Terraform states that were made with it.
 *
 * @returns the exit code
 */
export async function main(args: readonly string[]): Promise<number> {
  const command = commands[args[0] ?? ""];
  if (!command || args.length > 1) {
    process.stderr.write(`${usage}\n`);
    return 2;
  }
  // The reader of a pipe may leave before the end; the deployment goes on.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  try {
    const root = repositoryOf(process.cwd());
    if (root === undefined)
      throw new Error(`${process.cwd()}: no addresses.yaml here or above; run this in the repository`);
    await exclusively(root, () => command(root, stateFolder(process.env, root)));
    return 0;
  } catch (error) {
    const { message, stack } = error as Error;
    process.stderr.write(`${args[0]}:sandbox: ${process.env["DEBUG"] ? stack : message}\n`);
    return 1;
  }
}

const print = (line: string): void => void process.stdout.write(`${line}\n`);

async function deploy(root: string, state: string): Promise<void> {
  const environments = environmentsOf(root);
  await checkTerraform(process.env["TERRAFORM_BINARY_NAME"] || "terraform");
  const begun = performance.now();
  for (const environment of environments) await deployOne(root, environment, state);
  const count = Object.values(standingCounts(state)).reduce((sum, ofType) => sum + ofType, 0);
  print(`\n${count} resources stand. Their addresses:\n`);
  standingTree(standing(state)).forEach(print);
  print(
    `\nDeployed in ${seconds(begun)}. The cloud is ${relative(root, state)}, the Terraform states are apps/*/state.\n` +
      "Change it:  cd apps/dev && npx sandbox -- npx cdktf deploy 'dev-*' --skip-provider-lock\n" +
      "Remove it:  npm run destroy:sandbox",
  );
}

async function deployOne(root: string, environment: Environment, state: string): Promise<void> {
  print(`${environment.name}`);
  const sandbox = await startSandbox({ folders: [environment.app], state });
  let interrupted = true;
  const begun = performance.now();
  try {
    await deployEnvironment({
      root,
      environment,
      env: { ...process.env, ...sandbox.env },
      onWarning: (warning) => print(`  ! ${warning}`),
      onApplied: (applied) => {
        print(`  ✓ ${applied.stack.padEnd(32)}${countsOf(applied).padEnd(32)}${seconds(begun).padStart(7)}`);
      },
    });
    interrupted = false;
  } finally {
    await sandbox.stop(interrupted);
  }
}

function countsOf({ added, changed, destroyed }: AppliedStack): string {
  const counts = [
    [added, "added"],
    [changed, "changed"],
    [destroyed, "destroyed"],
  ] as const;
  const some = counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  return some.length > 0 ? some.join(", ") : "up to date";
}

const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`;

async function destroy(root: string, state: string): Promise<void> {
  const stay = environmentsOf(root).flatMap((environment) => removeSandboxStates(environment, state));
  const had = existsSync(state);
  rmSync(state, { recursive: true, force: true });
  print(
    had
      ? `Removed ${relative(root, state)} and the Terraform states of what stood in it.`
      : "Nothing stands.",
  );
  for (const path of stay) {
    print(`${relative(root, path)} stays: it holds resources that do not stand in the sandbox.`);
  }
  if (stay.length > 0) print(`Remove ${dirname(relative(root, stay[0]!))} by hand if nobody needs it.`);
}
