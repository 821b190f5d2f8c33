import { existsSync, rmSync } from "node:fs";
import { constants } from "node:os";
import { basename, relative } from "node:path";
import { errorSentence, repositoryOf, withWorkspaceLock } from "@cluster-ipam/address-plan/repository";
import { startSandbox } from "../sandbox";
import { inventory, resourceCounts } from "../inventory/inventory";
import { inventoryTree } from "../inventory/inventory-tree";
import { stateFolder } from "../state-folder";
import { checkTerraform } from "../terraform-version";
import { type AppliedStack } from "../environments/cdktf-output";
import { runCdktf } from "../environments/cdktf-run";
import { type Environment, environmentsOf } from "../environments/environment";
import { InterruptedError } from "../environments/process-group";
import { removeEmptyStates, stackStates } from "../environments/stack-states";

const usage = "usage: sandbox-environments deploy|destroy";
const commands: Readonly<Record<string, (root: string, state: string) => Promise<void>>> = {
  deploy,
  destroy,
};

/**
 * Deploys every environment of the repository into the sandbox and prints the inventory, or destroys them in reverse
 * order and removes the sandbox's cloud when it is empty.
 *
 * @returns the exit code
 */
export async function main(args: readonly string[]): Promise<number> {
  const command = commands[args[0] ?? ""];
  if (!command || args.length > 1) {
    process.stderr.write(`${usage}\n`);
    return 2;
  }
  // The reader of a pipe may exit early; the deployment continues.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  try {
    const root = repositoryOf(process.cwd());
    if (root === undefined)
      throw new Error(
        `${process.cwd()}: no addresses.yaml here or in a parent folder; run this in the repository`,
      );
    await withWorkspaceLock(root, () => command(root, stateFolder(process.env, root)));
    return 0;
  } catch (error) {
    process.stderr.write(`${args[0]}:sandbox: ${process.env["DEBUG"] ? (error as Error).stack : errorSentence(error)}\n`);
    const { cause } = error as Error;
    return cause instanceof InterruptedError ? 128 + constants.signals[cause.signal] : 1;
  }
}

const print = (line: string): void => void process.stdout.write(`${line}\n`);

async function deploy(root: string, state: string): Promise<void> {
  const environments = environmentsOf(root);
  await checkTerraform(process.env["TERRAFORM_BINARY_NAME"] || "terraform");
  const begun = performance.now();
  for (const environment of environments) {
    print(environment.name);
    await run("deploy", root, environment, state, { print: printStack });
  }
  const count = Object.values(resourceCounts(state)).reduce((sum, ofType) => sum + ofType, 0);
  print(`\n${count} resources deployed. Their addresses:\n`);
  inventoryTree(inventory(state)).forEach(print);
  print(
    `\nDeployed in ${seconds(begun)}: the cloud to ${relative(root, state)}, Terraform states to apps/*/state.\n` +
      "Change it, from apps/dev:\n  npx sandbox -- npx cdktf deploy 'dev-*' --skip-provider-lock\n" +
      "Destroy it:\n  npm run destroy:sandbox",
  );
}

interface RunOptions {
  /** Environment variables in addition to the process's. @default none */
  readonly env?: NodeJS.ProcessEnv;
  /** @param since start of the run */
  readonly print: (applied: AppliedStack, since: number) => void;
}

async function run(
  command: "deploy" | "destroy",
  root: string,
  environment: Environment,
  state: string,
  options: RunOptions,
): Promise<void> {
  const sandbox = await startSandbox({ folders: [environment.app], state });
  let interrupted = true;
  const begun = performance.now();
  const before = resourcesByStack(environment, state);
  const printed = new Set<string>();
  try {
    await runCdktf(command, {
      root,
      environment,
      env: { ...process.env, ...options.env, ...sandbox.env },
      onWarning: (warning) => (command === "deploy" ? print(`  ! ${warning}`) : undefined),
      onApplied: (applied) => {
        printed.add(applied.stack);
        options.print(applied, begun);
      },
    });
    // The CLI drops the last output of stacks that finish at the same time as others.
    for (const [stack, count] of resourcesByStack(environment, state)) {
      const more = count - (before.get(stack) ?? 0);
      if (printed.has(stack) || more === 0) continue;
      options.print({ stack, added: Math.max(more, 0), changed: 0, destroyed: Math.max(-more, 0) }, begun);
    }
    interrupted = false;
  } catch (error) {
    throw new Error(unfinished(command, root, environment, state, error as Error), { cause: error });
  } finally {
    await sandbox.stop(interrupted);
  }
}

const resourcesByStack = (environment: Environment, state: string): ReadonlyMap<string, number> =>
  new Map(
    stackStates(environment, state).map(({ path, resources }) => [basename(path, ".tfstate"), resources]),
  );

/** Says why a run did not finish, what exists now, and how to go on. */
function unfinished(
  command: "deploy" | "destroy",
  root: string,
  environment: Environment,
  state: string,
  error: Error,
): string {
  const fix = error instanceof InterruptedError ? "" : "correct the cause and ";
  return (
    `the ${command} of ${environment.name} did not finish:\n${errorSentence(error)}\n\n` +
    `Stacks that exist, with their resources: ${existingStacks(root, state)}.\n` +
    `To go on from here, ${fix}run npm run ${command}:sandbox again; ` +
    (command === "deploy"
      ? "to remove everything, run npm run destroy:sandbox."
      : `the cloud is in ${relative(root, state)}, the states in apps/*/state.`)
  );
}

/** The stacks with resources, as text; why they are unknown when a state is damaged, too. */
function existingStacks(root: string, state: string): string {
  try {
    const states = environmentsOf(root).flatMap((environment) => stackStates(environment, state));
    const some = states.filter(({ resources }) => resources > 0);
    const texts = some.map(({ path, resources }) => `${basename(path, ".tfstate")} (${resources})`);
    return texts.join(", ") || "none";
  } catch (error) {
    return `unknown (${errorSentence(error)})`;
  }
}

const printStack = (applied: AppliedStack, since: number): void =>
  print(`  ✓ ${applied.stack.padEnd(32)}${countsOf(applied).padEnd(32)}${seconds(since).padStart(7)}`);

const printChangedStack = (applied: AppliedStack, since: number): void => {
  if (applied.added + applied.changed + applied.destroyed > 0) printStack(applied, since);
};

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

/** Destroys the network last: the other environments allocate from its pools. */
async function destroy(root: string, state: string): Promise<void> {
  const environments = [...environmentsOf(root)].reverse();
  const had = existsSync(state);
  checkOwn(root, environments, state);
  await checkTerraform(process.env["TERRAFORM_BINARY_NAME"] || "terraform");
  const begun = performance.now();
  for (const environment of environments) await destroyOne(root, environment, state);
  for (const environment of environments) removeEmptyStates(environment, state);
  const left = Object.entries(resourceCounts(state)).map(([type, count]) => `${count} ${type}`);
  const blocks = inventory(state);
  const where = relative(root, state);
  if (left.length + blocks.length > 0) {
    print(`\nDestroyed in ${seconds(begun)}. Left over, created by no stack of this repository:\n`);
    [...left.map((line) => `  ${line}`), ...inventoryTree(blocks)].forEach(print);
    print(`\nDelete ${where} if you no longer need it.`);
    return;
  }
  rmSync(state, { recursive: true, force: true });
  print(
    had
      ? `\nNothing is left, and no pool has an allocation.\nDestroyed in ${seconds(begun)}; removed ${where}.`
      : "Nothing to destroy.",
  );
}

/**
 * Guards states whose resources were all deployed elsewhere: the sandbox would report them as gone and empty the state.
 *
 * @throws Error naming the states
 */
function checkOwn(root: string, environments: readonly Environment[], state: string): void {
  const foreign = environments
    .flatMap((environment) => stackStates(environment, state))
    .filter(({ resources, deployed }) => resources > 0 && deployed === 0)
    .map(({ path }) => relative(root, path));
  if (foreign.length === 0) return;
  throw new Error(
    `${foreign.join(", ")}: none of its resources exist in ${relative(root, state)}, so it was deployed elsewhere ` +
      "(or the cloud was deleted by hand); move or delete the file and run this again",
  );
}

async function destroyOne(root: string, environment: Environment, state: string): Promise<void> {
  const states = stackStates(environment, state).filter(({ resources }) => resources > 0);
  if (states.length === 0) return;
  print(environment.name);
  const env = { [`${environment.name.toUpperCase().replaceAll("-", "_")}_DELETION_PROTECTION`]: "off" };
  if (states.some(({ isProtected }) => isProtected)) {
    print("  turning deletion protection off first");
    await run("deploy", root, environment, state, { env, print: printChangedStack });
  }
  await run("destroy", root, environment, state, { env, print: printChangedStack });
}
