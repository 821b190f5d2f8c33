import { Command } from "commander";

import { LOCK_FILE } from "../lock/address-lock";
import { AddressPlanError } from "../message/address-plan-error";
import { errorSentence } from "../repository";
import { formatCount } from "../message/format-count";
import { addCompanionCommands } from "./companion-commands";
import { checkLock, updateLock } from "./lock-update";
import { mergeFiles } from "./merge-command";
import { updateLines } from "./update-text";

const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;
type Signal = keyof typeof SIGNALS;

interface Options {
  readonly check?: true;
  readonly release: readonly string[];
  readonly directory: string;
}

/**
 * The `addresses` command. Prints the changes. Invalid input ends it with one sentence and exit code 1 (with the stack
 * if DEBUG is set), a signal with exit code 128 + its number.
 *
 * @param argv as in `process.argv`
 */
export async function main(argv: readonly string[]): Promise<void> {
  const command = new Command("addresses")
    .description(
      `Updates ${LOCK_FILE} to match addresses.yaml, and frees what the deployed states prove to be unused.`,
    )
    .option("--check", "verify only; exit code 1 if the lock is stale or damaged")
    .option("--release <key...>", "release allocations without proof, with everything in them", [])
    .option(
      "--directory <path>",
      "directory to search for addresses.yaml, and then its parents",
      process.cwd(),
    )
    .action(async (options: Options) => {
      if (options.check && options.release.length > 0)
        throw new AddressPlanError(
          "--check",
          "changes nothing, so it does not support --release; remove one of them",
        );
      if (options.check)
        print([`${LOCK_FILE}: ${formatCount(checkLock(options.directory))} allocations verified`]);
      else print(updateLines(await updateLock(options.directory, { release: options.release })));
    });
  command
    .command("merge <base> <ours> <theirs>")
    .description("git's merge driver for the lock: writes the merged lock over <ours>")
    .action((base: string, ours: string, theirs: string) => mergeFiles(base, ours, theirs, process.cwd()));
  for (const signal of Object.keys(SIGNALS) as Signal[]) process.once(signal, interrupted);
  try {
    addCompanionCommands(command, argv);
    await command.parseAsync(argv);
  } catch (error) {
    console.error(process.env["DEBUG"] ? (error as Error).stack : errorSentence(error));
    process.exitCode = 1;
  }
}

/** Ends the run. The run lock and a temporary file are removed on exit. */
function interrupted(signal: Signal): void {
  console.error(
    `interrupted by ${signal}; ${LOCK_FILE} is intact, either unchanged or up to date; run again`,
  );
  process.exit(128 + SIGNALS[signal]);
}

function print(lines: readonly string[]): void {
  for (const line of lines) console.log(line);
}
