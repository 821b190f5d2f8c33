import { basename, resolve } from "node:path";
import { errorSentence } from "@cluster-ipam/address-plan/repository";
import { runChild } from "../child-process";
import { type SandboxProps, startSandbox } from "../sandbox";
import { stateFolder } from "../state-folder";
import { checkTerraform } from "../terraform-version";

const usage = `usage: sandbox [--from-nothing | --from-states] -- <terraform, tofu or cdktf command>, for example: sandbox -- terraform plan
  --from-nothing  use an empty cloud that is not saved, and assume that whatever data sources look up exists
  --from-states   the same, and assume that everything in Terraform's states exists as they have it: plans over copies
                  of real states`;

/** What the options before the command assume. The cloud is not saved with them. */
const assumptions: Readonly<Record<string, Pick<SandboxProps, "assumePrerequisites" | "assumeStates">>> = {
  "--from-nothing": { assumePrerequisites: true },
  "--from-states": { assumePrerequisites: true, assumeStates: true },
};

/**
 * Runs a command with the sandbox's providers and returns its exit code. Deployed resources are saved in
 * `stateFolder`, unless `--from-nothing` or `--from-states` precedes the command. Errors of the sandbox itself are one sentence
 * on standard error (with a stack trace when `DEBUG` is set) and exit code 1.
 */
export async function main(args: readonly string[]): Promise<number> {
  const assumed = assumptions[args[0] ?? ""];
  const words = assumed ? args.slice(1) : args;
  const [command, ...rest] = words[0] === "--" ? words.slice(1) : words;
  if (!command || command === "--help") {
    (command ? process.stdout : process.stderr).write(`${usage}\n`);
    return command ? 0 : 2;
  }
  const starting = startSandbox({
    folders: [process.cwd(), ...workingFolders(rest)],
    ...(assumed ?? { state: stateFolder(process.env, process.cwd()) }),
  });
  let code = 0;
  try {
    const [sandbox] = await Promise.all([starting, checkTerraform(terraformOf(command))]);
    // AWS clients prefer a profile's credentials to the sandbox's.
    return (code = await runChild(command, rest, {
      env: { ...process.env, AWS_PROFILE: undefined, ...sandbox.env, ...accountOf(process.env) },
    }));
  } catch (error) {
    process.stderr.write(`sandbox: ${process.env["DEBUG"] ? (error as Error).stack : errorSentence(error)}\n`);
    return 1;
  } finally {
    // The sandbox may still be starting when the version check fails.
    const [started] = await Promise.allSettled([starting]);
    // A failed command may mean that Terraform was killed before it saved its state.
    if (started.status === "fulfilled") await started.value.stop(code !== 0);
  }
}

/** An access key that is an account id is that account's in the sandbox. */
const accountOf = ({ AWS_ACCESS_KEY_ID: key = "" }: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  /^\d{12}$/.test(key) ? { AWS_ACCESS_KEY_ID: key } : {};

/** The Terraform binary that the command is, or will start. */
const terraformOf = (command: string): string =>
  ["terraform", "tofu"].includes(basename(command))
    ? command
    : process.env["TERRAFORM_BINARY_NAME"] || "terraform";

const workingFolders = (args: readonly string[]): readonly string[] =>
  args.filter((arg) => arg.startsWith("-chdir=")).map((arg) => resolve(arg.slice("-chdir=".length)));
