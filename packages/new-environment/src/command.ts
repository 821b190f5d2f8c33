import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { AddressPlanError, PLAN_FILE } from "@cluster-ipam/address-plan";
import { Command } from "commander";
import { newEnvironment } from "./new-environment";
import { NewEnvironmentError } from "./new-environment-error";

/** Runs the command. Bad input ends it with one sentence and exit code 1; a stack trace only if `DEBUG` is set. */
export function main(argv: readonly string[]): void {
  const program = new Command("new-environment")
    .description("Makes an environment like dev in this repository, gives it addresses and plans it.")
    .argument("<name>", "2 to 20 of a–z, 0–9 and '-', for example staging")
    .allowExcessArguments(false)
    .action((name: string) => make(name));
  program.parseAsync([...argv]).catch((error: Error) => {
    process.exitCode = 1;
    const expected = error instanceof NewEnvironmentError || error instanceof AddressPlanError;
    const text = process.env["DEBUG"] || !expected ? (error.stack ?? error.message) : error.message;
    process.stderr.write(`new-environment: ${text}\n`);
  });
}

async function make(name: string): Promise<void> {
  const root = repositoryOf(process.cwd());
  for (const file of await newEnvironment(root, name)) say(file);
  say("");
  await follow(root, "npm", "install", "--package-lock-only", "--no-audit", "--no-fund", "--loglevel=error");
  await follow(root, "npm", "run", "--silent", "addresses");
  await follow(root, "npm", "run", "--silent", "plan", "--", "--env", "network", name);
  const prefix = name.toUpperCase().replaceAll("-", "_");
  say(
    `\n${name} is planned in the sandbox. Next: shape its demand in ${PLAN_FILE} and its stacks in apps/${name}/src, ` +
      `name its\naccounts in ${prefix}_AWS_ACCOUNT_ID, ${prefix}_GOOGLE_PROJECT and ${prefix}_BACKEND, and commit.`,
  );
}

const say = (line: string) => void process.stdout.write(`${line}\n`);

function repositoryOf(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, PLAN_FILE)) && existsSync(join(folder, "nx.json"))) return folder;
    if (folder === dirname(folder))
      throw new NewEnvironmentError(
        `${from}: no ${PLAN_FILE} here or above; run the command in the repository`,
      );
  }
}

/** Runs a command of the repository for the user to see. @throws NewEnvironmentError if it fails */
function follow(cwd: string, command: string, ...args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: "inherit" });
    child.once("error", reject);
    child.once("close", (code, signal) =>
      code === 0
        ? resolve()
        : reject(
            new NewEnvironmentError(
              `${[command, ...args].join(" ")} ended with ${code ?? signal}; the environment is made, so mend what it ` +
                `says and run that command again`,
            ),
          ),
    );
  });
}
