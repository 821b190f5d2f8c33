import { type z } from "zod";
import { readVariables } from "./variables";

/** The settings that {@link readAppEnvironment} returns for these schemas. */
export type AppEnvironment<T extends z.ZodRawShape> = Readonly<z.infer<z.ZodObject<T>>>;

/**
 * Reads an app's settings from the process environment. The variable is the app's name and the setting's: with the app
 * `pre-prod`, `awsAccountId` is `PRE_PROD_AWS_ACCOUNT_ID`.
 *
 * @param app name of the app, for example `dev`
 * @param settings the schema of each setting: `awsAccountId`, `googleProject`, `backendAddress`, `deletionProtection`
 * or another zod schema
 * @throws ValidationError with the name of the first invalid variable, its value and the fix
 */
export function readAppEnvironment<T extends z.ZodRawShape>(
  app: string,
  settings: T,
  env: NodeJS.ProcessEnv,
): AppEnvironment<T> {
  const names = Object.keys(settings).map((setting) => [setting, variableName(app, setting)] as const);
  const read = readVariables(
    Object.fromEntries(names.map(([setting, variable]) => [variable, settings[setting]!])),
    env,
  );
  return Object.fromEntries(
    names.map(([setting, variable]) => [setting, read[variable]]),
  ) as AppEnvironment<T>;
}

function variableName(app: string, setting: string): string {
  return `${app}-${setting.replace(/[A-Z]/g, "-$&")}`.toUpperCase().replaceAll("-", "_");
}
