import { constants } from "node:os";
import { AddressPlanError } from "@cluster-ipam/address-plan";
import { errorSentence } from "@cluster-ipam/address-plan/repository";
import { InterruptedError, PlanError } from "../errors/plan-error";

const SIGNALS = ["SIGHUP", "SIGINT", "SIGTERM"] as const;

const EXPECTED_ERRORS = [PlanError, InterruptedError, AddressPlanError];

/**
 * Runs a command and sets the exit code to its result. An error prints one sentence and exits with 1; a signal exits
 * with 128 + its number. `DEBUG=1` adds the stack trace.
 *
 * @param name name of the command, for error messages
 * @param main gets a signal that fires when the process receives a termination signal
 */
export async function runCommand(name: string, main: (abort: AbortSignal) => Promise<number>): Promise<void> {
  const controller = new AbortController();
  for (const signal of SIGNALS) process.on(signal, () => controller.abort(signal));
  // The reader of a pipe may close it early (`npm run plan | head`), which is not an error.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    controller.abort("SIGTERM");
  });
  try {
    process.exitCode = await main(controller.signal);
  } catch (error) {
    process.exitCode = error instanceof InterruptedError ? 128 + constants.signals[error.signal] : 1;
    process.stderr.write(`${name}: ${describeError(error)}\n`);
  }
}

function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (process.env["DEBUG"]) return error.stack ?? error.message;
  const sentence = errorSentence(error);
  if (sentence !== error.message) return sentence;
  const isExpected = EXPECTED_ERRORS.some((kind) => error instanceof kind);
  return isExpected ? error.message : `${error.message} (unexpected; set DEBUG=1 for the stack trace)`;
}
