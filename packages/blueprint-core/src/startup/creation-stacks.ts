import { createRequire } from "node:module";

interface StackTrace {
  captureStackTrace: () => readonly string[];
}

const load = createRequire(require.resolve("cdktf"));

/**
 * cdktf notes the whole call stack of every token it makes, for the message of an error that few ever see: a tenth of a
 * synth. Here it is noted only where `DEBUG` is set, as for the stack traces of our own errors.
 */
function noteOnlyForDebugging(): void {
  if (process.env["DEBUG"]) return;
  const trace = load("./tokens/private/stack-trace") as StackTrace;
  trace.captureStackTrace = () => [];
}

noteOnlyForDebugging();
