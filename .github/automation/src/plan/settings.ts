import { z } from "zod";
import { AutomationError } from "../automation-error";

const SETTING =
  /^[A-Z][A-Z0-9_]*_(AWS_ACCOUNT_ID|GOOGLE_PROJECT|BACKEND|DELETION_PROTECTION|SUBNET_AUTOSCALER)$/;

/**
 * Chooses, of all variables of a repository, those that the apps read: accounts, projects, backends and switches. No
 * other name gets through, so nobody who may set a variable can change what the runner executes.
 *
 * @param json an object of strings: GitHub's `toJSON(vars)`
 * @throws AutomationError if it is something else
 */
export function settings(json: string): Record<string, string> {
  const read = z.record(z.string(), z.string()).safeParse(parsed(json));
  if (!read.success)
    throw new AutomationError("VARIABLES is not an object of strings; pass it as `toJSON(vars)`");
  return Object.fromEntries(Object.entries(read.data).filter(([name]) => SETTING.test(name)));
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
