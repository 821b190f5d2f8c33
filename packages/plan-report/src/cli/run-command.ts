import { AddressPlanError } from "@cluster-ipam/address-plan";
import { InterruptedError, PlanError } from "../plan-error";

const SIGNALS: Readonly<Record<string, number>> = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 };

const EXPECTED = [PlanError, InterruptedError, AddressPlanError];

/**
 * Runs a command of this package: its result is the exit code; bad input ends it with one sentence and exit code 1,
 * a signal with 128 + its number. The stack trace is printed only if `DEBUG` is set, or if the error is our own.
 *
 * @param name of the command, for people
 * @param main gets a signal that fires when the process is told to end
 */
export async function runCommand(name: string, main: (abort: AbortSignal) => Promise<number>): Promise<void> {
  const controller = new AbortController();
  for (const signal of Object.keys(SIGNALS)) process.on(signal, () => controller.abort(signal));
  // The reader of a pipe may leave before the end (`npm run plan | head`): that is no error.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    controller.abort("SIGTERM");
  });
  try {
    process.exitCode = await main(controller.signal);
  } catch (error) {
    process.exitCode = error instanceof InterruptedError ? 128 + (SIGNALS[error.signal] ?? 0) : 1;
    process.stderr.write(`${name}: ${sentence(error)}\n`);
  }
}

function sentence(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const expected = EXPECTED.some((kind) => error instanceof kind);
  if (process.env["DEBUG"]) return error.stack ?? error.message;
  return expected ? error.message : `${error.message} (unexpected; set DEBUG=1 to see where)`;
}
