import { spawn } from "node:child_process";
import { constants } from "node:os";
import { basename, resolve } from "node:path";
import { type Sandbox, startSandbox } from "./sandbox";
import { checkTerraform } from "./terraform-version";

const usage = "usage: sandbox -- <terraform, tofu or cdktf command>, for example: sandbox -- terraform plan";

/**
 * Runs a command with the sandbox's providers and returns its exit code. Problems of the sandbox
 * itself are one sentence on standard error (with a stack where `DEBUG` is set) and exit code 1.
 */
export async function main(args: readonly string[]): Promise<number> {
  const [command, ...rest] = args[0] === "--" ? args.slice(1) : args;
  if (!command || command === "--help") {
    (command ? process.stdout : process.stderr).write(`${usage}\n`);
    return command ? 0 : 2;
  }
  const starting = startSandbox({ folders: [process.cwd(), ...workingFolders(rest)] });
  try {
    const [sandbox] = await Promise.all([starting, checkTerraform(terraformOf(command))]);
    return await run(command, rest, sandbox);
  } catch (error) {
    const { message, stack } = error as Error;
    process.stderr.write(`sandbox: ${process.env["DEBUG"] ? stack : message}\n`);
    return 1;
  } finally {
    // It may still be starting when the version turns out to be wrong.
    const [started] = await Promise.allSettled([starting]);
    if (started.status === "fulfilled") await started.value.stop();
  }
}

/** The Terraform that the command is, or that it will start. */
const terraformOf = (command: string): string =>
  ["terraform", "tofu"].includes(basename(command))
    ? command
    : process.env["TERRAFORM_BINARY_NAME"] || "terraform";

const workingFolders = (args: readonly string[]): readonly string[] =>
  args.filter((arg) => arg.startsWith("-chdir=")).map((arg) => resolve(arg.slice("-chdir=".length)));

function run(command: string, args: readonly string[], sandbox: Sandbox): Promise<number> {
  // AWS clients take a profile's credentials before those of the sandbox.
  const env = { ...process.env, AWS_PROFILE: undefined, ...sandbox.env };
  const child = spawn(command, args, { stdio: "inherit", env });
  // A terminal sends Ctrl-C to the child as well; forwarding it would be the second, forced one.
  const interrupt = () => void (process.stdin.isTTY || child.kill("SIGINT"));
  const forward = (signal: NodeJS.Signals) => void child.kill(signal);
  process.on("SIGINT", interrupt).on("SIGTERM", forward).on("SIGHUP", forward);
  return new Promise<number>((resolveCode, reject) => {
    child.once("error", (error: NodeJS.ErrnoException) =>
      reject(error.code === "ENOENT" ? new Error(`${command}: not found on PATH`) : error),
    );
    child.once("exit", (code, signal) => resolveCode(code ?? 128 + constants.signals[signal!]));
  }).finally(() => {
    process.off("SIGINT", interrupt).off("SIGTERM", forward).off("SIGHUP", forward);
  });
}
