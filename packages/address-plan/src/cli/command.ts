import { Command } from "commander";

import { LOCK_FILE } from "../lock/address-lock";
import { AddressPlanError } from "../message/address-plan-error";
import { type LockChange } from "../allocation/allocation";
import { count } from "../capacity/capacity-of";
import { checkLock, updateLock } from "./lock-update";

const SIGNS: Readonly<Record<LockChange["kind"], string>> = { added: "+", freed: "-", asked: "~" };

const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;
type Signal = keyof typeof SIGNALS;

interface Options {
  readonly check?: true;
  readonly release: readonly string[];
  readonly directory: string;
}

/**
 * The `addresses` command: prints what it changed, or one sentence and exit code 1 on bad input (with the stack
 * if DEBUG is set), or 128 + the number of the signal that ended it.
 *
 * @param argv as in `process.argv`
 */
export async function main(argv: readonly string[]): Promise<void> {
  const command = new Command("addresses")
    .description(`Brings ${LOCK_FILE} up to date with addresses.yaml.`)
    .option("--check", "only verify; exit code 1 if the lock is stale or damaged")
    .option("--release <key...>", "give up allocations, with everything inside, and place them anew", [])
    .option("--directory <path>", "where the search for addresses.yaml starts", process.cwd())
    .action(async (options: Options) => {
      if (options.check && options.release.length > 0)
        throw new AddressPlanError("--check", "verifies and changes nothing; leave --release out");
      if (options.check) print([`${LOCK_FILE}: ${count(checkLock(options.directory))} allocations verified`]);
      else print(report((await updateLock(options.directory, options.release)).changes));
    });
  for (const signal of Object.keys(SIGNALS) as Signal[]) process.once(signal, interrupted);
  try {
    await command.parseAsync(argv);
  } catch (error) {
    const { message, stack } = error as Error;
    console.error(process.env["DEBUG"] ? stack : message);
    process.exitCode = 1;
  }
}

/** Ends the run; the guard and a file that is being written are removed on exit. */
function interrupted(signal: Signal): void {
  console.error(`interrupted by ${signal}; ${LOCK_FILE} is whole, as it was or up to date: run again`);
  process.exit(128 + SIGNALS[signal]);
}

function report(changes: readonly LockChange[]): string[] {
  if (changes.length === 0) return [`${LOCK_FILE}: up to date`];
  const width = (part: "key" | "cidr"): number => Math.max(...changes.map((change) => change[part].length));
  const [keys, cidrs] = [width("key"), width("cidr")];
  const totals = Object.entries({ added: "added", freed: "freed", asked: "asked anew" })
    .map(([kind, word]) => [changes.filter((change) => change.kind === kind).length, word] as const)
    .filter(([number]) => number > 0);
  return [
    ...changes.map(
      ({ kind, key, cidr, asked }) =>
        `${SIGNS[kind]} ${key.padEnd(keys)}  ${cidr.padEnd(cidrs)}  ${kind === "freed" ? "freed" : asked}`,
    ),
    `${LOCK_FILE}: ${totals.map(([number, word]) => `${count(number)} ${word}`).join(", ")}`,
  ];
}

function print(lines: readonly string[]): void {
  for (const line of lines) console.log(line);
}
