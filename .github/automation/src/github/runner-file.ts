import { appendFileSync } from "node:fs";
import { AutomationError } from "../automation-error";

/** A file by which a step hands something to GitHub's runner. */
type RunnerFile = "GITHUB_OUTPUT" | "GITHUB_ENV" | "GITHUB_STEP_SUMMARY";

/**
 * Hands values to the following steps (`GITHUB_ENV`) or to whoever reads this step's outputs (`GITHUB_OUTPUT`).
 * Outside a workflow they are printed.
 *
 * @throws AutomationError for a value of several lines: its other lines would be read as more values
 */
export function handOver(
  env: NodeJS.ProcessEnv,
  file: Exclude<RunnerFile, "GITHUB_STEP_SUMMARY">,
  values: Readonly<Record<string, string>>,
): void {
  const lines = Object.entries(values).map(([name, value]) => {
    if (/[\r\n]/.test(name + value))
      throw new AutomationError(`${name} has several lines but must have one; correct the variable`);
    return `${name}=${value}\n`;
  });
  append(env, file, lines.join(""));
}

/** Adds Markdown to the page of the workflow's run. Outside a workflow it is printed. */
export function summarize(env: NodeJS.ProcessEnv, markdown: string): void {
  append(env, "GITHUB_STEP_SUMMARY", `${markdown}\n`);
}

function append(env: NodeJS.ProcessEnv, file: RunnerFile, text: string): void {
  const path = env[file];
  if (path) appendFileSync(path, text);
  process.stdout.write(text);
}
