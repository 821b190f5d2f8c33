import { createRequire } from "node:module";

interface StackTrace {
  captureStackTrace: () => readonly string[];
}

const load = createRequire(require.resolve("cdktf"));

/**
 * cdktf records the call stack of every token, for an error message that is rarely seen. That takes a tenth of the
 * synth time, so it is recorded only if `DEBUG` is set, like the stack traces of our own errors.
 */
function recordOnlyForDebugging(): void {
  if (process.env["DEBUG"]) return;
  const trace = load("./tokens/private/stack-trace") as StackTrace;
  trace.captureStackTrace = () => [];
}

recordOnlyForDebugging();
