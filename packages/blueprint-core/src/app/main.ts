import { errorSentence } from "@cluster-ipam/address-plan/repository";

/**
 * Runs a composition as a program. An error prints one sentence to standard error and exits with code 1; the stack
 * trace appears only if the environment variable `DEBUG` is set.
 *
 * @param compose builds the app and calls `app.synth()`
 */
export function main(compose: () => void): void {
  try {
    compose();
  } catch (error) {
    process.stderr.write(`${process.env["DEBUG"] ? trace(error) : sentence(error)}\n`);
    process.exitCode = 1;
  }
}

function trace(error: unknown): string {
  return error instanceof Error && error.stack ? error.stack : String(error);
}

function sentence(error: unknown): string {
  const issues = issuesOf(error);
  if (issues.length > 0) return issues.join("; ");
  const message = error instanceof Error ? errorSentence(error) : String(error);
  return message.replace(/\s*\n\s*/g, " ").trim() || "the composition failed without a message; set DEBUG=1";
}

/** The issues of a zod schema, each with the path of its value. */
function issuesOf(error: unknown): string[] {
  if (!(error instanceof Error) || !("issues" in error) || !Array.isArray(error.issues)) return [];
  return error.issues.map((issue: { path?: unknown[]; message?: string }) => {
    const path = (issue.path ?? []).map(String).join(".");
    return path ? `${path}: ${issue.message}` : String(issue.message);
  });
}
