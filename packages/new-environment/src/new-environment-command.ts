import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { PLAN_FILE } from "@cluster-ipam/address-plan";
import { errorSentence } from "@cluster-ipam/address-plan/repository";
import { Command } from "commander";
import { createEnvironment } from "./new-environment";
import { NewEnvironmentError } from "./new-environment-error";

/** The `new-environment` command. Invalid input ends it with one sentence and exit code 1, with the stack if DEBUG is set. */
export function main(argv: readonly string[]): void {
  const program = new Command("new-environment")
    .description("Creates an environment like dev in this repository, allocates its addresses and plans it.")
    .argument("<name>", "2 to 20 of a–z, 0–9 and '-', for example staging")
    .allowExcessArguments(false)
    .action((name: string) => create(name));
  program.parseAsync([...argv]).catch((error: Error) => {
    process.exitCode = 1;
    const text = process.env["DEBUG"] ? (error.stack ?? error.message) : errorSentence(error);
    process.stderr.write(`new-environment: ${text}\n`);
  });
}

async function create(name: string): Promise<void> {
  const root = repositoryRoot(process.cwd());
  for (const file of await createEnvironment(root, name)) printLine(file);
  printLine("");
  await run(root, "npm", "install", "--package-lock-only", "--no-audit", "--no-fund", "--loglevel=error");
  await run(root, "npm", "run", "--silent", "addresses");
  await run(root, "npm", "run", "--silent", "plan", "--", "--env", "network", name);
  const prefix = name.toUpperCase().replaceAll("-", "_");
  printLine(
    `\n${name} is planned in the sandbox. Next: adjust its demand in ${PLAN_FILE} and its stacks in apps/${name}/src,\n` +
      `set ${prefix}_AWS_ACCOUNT_ID, ${prefix}_GOOGLE_PROJECT and ${prefix}_BACKEND, and commit.`,
  );
}

const printLine = (line: string) => void process.stdout.write(`${line}\n`);

function repositoryRoot(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, PLAN_FILE)) && existsSync(join(folder, "nx.json"))) return folder;
    if (folder === dirname(folder))
      throw new NewEnvironmentError(
        `${from}: ${PLAN_FILE} not found here or in a parent directory; run the command inside the repository`,
      );
  }
}

/** Runs a command of the repository with its output visible. @throws NewEnvironmentError if it fails */
function run(cwd: string, command: string, ...args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: "inherit" });
    child.once("error", reject);
    child.once("close", (code, signal) =>
      code === 0
        ? resolve()
        : reject(
            new NewEnvironmentError(
              `${[command, ...args].join(" ")} ended with ${code ?? signal}; the environment exists, so fix ` +
                `the reported problem and run that command again`,
            ),
          ),
    );
  });
}
