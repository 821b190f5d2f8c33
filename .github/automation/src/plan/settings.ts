import { z } from "zod";
import { AutomationError } from "../automation-error";

const SETTING =
  /^[A-Z][A-Z0-9_]*_(AWS_ACCOUNT_ID|GOOGLE_PROJECT|BACKEND|DELETION_PROTECTION|SUBNET_AUTOSCALER)$/;

/**
 * Selects the repository variables that the apps read: accounts, projects, backends and switches. All others are
 * dropped, so that a variable cannot change what the runner executes.
 *
 * @param json GitHub's `toJSON(vars)`, an object of strings
 * @throws AutomationError if it is anything else
 */
export function settings(json: string): Record<string, string> {
  const result = z.record(z.string(), z.string()).safeParse(parsed(json));
  if (!result.success)
    throw new AutomationError("VARIABLES is not an object of strings; pass it as `toJSON(vars)`");
  return Object.fromEntries(Object.entries(result.data).filter(([name]) => SETTING.test(name)));
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
