import { appendFileSync } from "node:fs";
import { AutomationError } from "../automation-error";

/** A file through which a step passes data to GitHub's runner. */
type RunnerFile = "GITHUB_OUTPUT" | "GITHUB_ENV" | "GITHUB_STEP_SUMMARY";

/**
 * Writes environment variables for the following steps (`GITHUB_ENV`) or outputs of this step (`GITHUB_OUTPUT`). They
 * are also printed, for use outside a workflow.
 *
 * @throws AutomationError for a multi-line value, whose other lines would set more values
 */
export function writeOutputs(
  env: NodeJS.ProcessEnv,
  file: Exclude<RunnerFile, "GITHUB_STEP_SUMMARY">,
  values: Readonly<Record<string, string>>,
): void {
  const lines = Object.entries(values).map(([name, value]) => {
    if (/[\r\n]/.test(name + value))
      throw new AutomationError(`${name} has several lines; use a value with one line`);
    return `${name}=${value}\n`;
  });
  append(env, file, lines.join(""));
}

/** Adds Markdown to the run's summary page. It is also printed, for use outside a workflow. */
export function writeSummary(env: NodeJS.ProcessEnv, markdown: string): void {
  append(env, "GITHUB_STEP_SUMMARY", `${markdown}\n`);
}

function append(env: NodeJS.ProcessEnv, file: RunnerFile, text: string): void {
  const path = env[file];
  if (path) appendFileSync(path, text);
  process.stdout.write(text);
}
