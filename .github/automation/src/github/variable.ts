import { AutomationError } from "../automation-error";

/**
 * A variable that a workflow passes; one that is empty counts as unset, as for a secret that does not exist.
 *
 * @param why what it is for and where it comes from, for the error
 * @throws AutomationError if it is unset
 */
export function variable(env: NodeJS.ProcessEnv, name: string, why: string): string {
  const value = env[name];
  if (!value) throw new AutomationError(`${name} is not set; it is ${why}`);
  return value;
}

/**
 * The commit in a variable.
 *
 * @throws AutomationError if it is not a full commit hash
 */
export function commitVariable(env: NodeJS.ProcessEnv, name: string): string {
  const commit = variable(env, name, "a full commit hash");
  if (!/^[0-9a-f]{40}$/.test(commit))
    throw new AutomationError(`${name}=${commit} is not a full commit hash; give 40 hexadecimal digits`);
  return commit;
}
