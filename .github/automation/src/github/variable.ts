import { AutomationError } from "../automation-error";

/**
 * Reads a required environment variable. An empty one counts as unset: GitHub passes a missing secret as an empty string.
 *
 * @param description what it is and who sets it, for the error
 * @throws AutomationError if it is unset
 */
export function variable(env: NodeJS.ProcessEnv, name: string, description: string): string {
  const value = env[name];
  if (!value) throw new AutomationError(`${name} is not set; it is ${description}`);
  return value;
}

/**
 * Reads a commit hash from an environment variable.
 *
 * @throws AutomationError if it is not a full commit hash
 */
export function commitVariable(env: NodeJS.ProcessEnv, name: string): string {
  const commit = variable(env, name, "a full commit hash");
  if (!/^[0-9a-f]{40}$/.test(commit))
    throw new AutomationError(`${name}=${commit} is not a full commit hash; use 40 hexadecimal digits`);
  return commit;
}
