import { basename, resolve } from "node:path";
import { runChild } from "./child-process";
import { startSandbox } from "./sandbox";
import { stateFolder } from "./state-folder";
import { checkTerraform } from "./terraform-version";

const usage = `usage: sandbox [--from-nothing] -- <terraform, tofu or cdktf command>, for example: sandbox -- terraform plan
  --from-nothing  use an empty cloud that is not kept, whose data sources answer as if what they ask for stood`;

/**
 * Runs a command with the sandbox's providers and returns its exit code. What the command deploys is kept in
 * `stateFolder`, unless `--from-nothing` stands before the command. Problems of the sandbox itself are one
 * sentence on standard error (with a stack where `DEBUG` is set) and exit code 1.
 */
export async function main(args: readonly string[]): Promise<number> {
  const fromNothing = args[0] === "--from-nothing";
  const words = fromNothing ? args.slice(1) : args;
  const [command, ...rest] = words[0] === "--" ? words.slice(1) : words;
  if (!command || command === "--help") {
    (command ? process.stdout : process.stderr).write(`${usage}\n`);
    return command ? 0 : 2;
  }
  const starting = startSandbox({
    folders: [process.cwd(), ...workingFolders(rest)],
    ...(fromNothing ? { assumePrerequisites: true } : { state: stateFolder(process.env, process.cwd()) }),
  });
  let code = 0;
  try {
    const [sandbox] = await Promise.all([starting, checkTerraform(terraformOf(command))]);
    // AWS clients take a profile's credentials before those of the sandbox.
    return (code = await runChild(command, rest, {
      env: { ...process.env, AWS_PROFILE: undefined, ...sandbox.env },
    }));
  } catch (error) {
    const { message, stack } = error as Error;
    process.stderr.write(`sandbox: ${process.env["DEBUG"] ? stack : message}\n`);
    return 1;
  } finally {
    // It may still be starting when the version turns out to be wrong.
    const [started] = await Promise.allSettled([starting]);
    // A command that failed may have lost a Terraform that was killed.
    if (started.status === "fulfilled") await started.value.stop(code !== 0);
  }
}

/** The Terraform that the command is, or that it will start. */
const terraformOf = (command: string): string =>
  ["terraform", "tofu"].includes(basename(command))
    ? command
    : process.env["TERRAFORM_BINARY_NAME"] || "terraform";

const workingFolders = (args: readonly string[]): readonly string[] =>
  args.filter((arg) => arg.startsWith("-chdir=")).map((arg) => resolve(arg.slice("-chdir=".length)));
