import { z } from "zod";
import { type Backend } from "../app/backend";
import { ValidationError } from "../input/validation-error";

/** Environment variable that holds an AWS account id: 12 digits. */
export const awsAccountId = z.string().regex(/^\d{12}$/, "is not an AWS account id; give its 12 digits");

/**
 * Environment variable that holds a Google Cloud project id: 6 to 30 characters.
 * Source: Resource Manager, "Creating and managing projects".
 */
export const googleProject = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/,
    "is not a Google Cloud project id; give 6 to 30 lower-case letters, digits and hyphens, a letter first",
  );

const backendForms = "local:<folder>, s3://<bucket>/<prefix>?region=<region> or gcs://<bucket>/<prefix>";

/**
 * Environment variable that holds a backend as an address: `local:<folder relative to the stack's>`,
 * `s3://<bucket>/<prefix>?region=<region>` or `gcs://<bucket>/<prefix>`.
 */
export const backendAddress = z.string().transform((text, context): Backend => {
  const backend = parseBackend(text);
  if (backend) return backend;
  context.addIssue({ code: "custom", message: `is not a backend; write ${backendForms}` });
  return z.NEVER;
});

function parseBackend(text: string): Backend | undefined {
  if (/^local:[^/]/.test(text)) return { type: "local", directory: text.slice("local:".length) };
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const bucket = url.hostname;
  const prefix = url.pathname.replace(/^\/+|\/+$/g, "") || undefined;
  const region = url.searchParams.get("region");
  if (url.protocol === "s3:" && bucket && region) return { type: "s3", bucket, region, prefix };
  if (url.protocol === "gcs:" && bucket) return { type: "gcs", bucket, prefix };
  return undefined;
}

/**
 * Reads the variables a composition needs from the process environment. An empty variable counts as unset, because
 * that is what a workflow passes for a secret that does not exist.
 *
 * @param variables the name of each variable and what it must hold
 * @throws ValidationError that names the first wrong variable, its value and the fix
 */
export function readVariables<T extends z.ZodRawShape>(
  variables: T,
  env: NodeJS.ProcessEnv,
): z.infer<z.ZodObject<T>> {
  const given = Object.fromEntries(Object.keys(variables).map((name) => [name, env[name] || undefined]));
  const read = z.object(variables).safeParse(given);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  const name = String(issue?.path[0]);
  const value = given[name];
  if (value !== undefined) throw new ValidationError(name, `"${value}" ${issue?.message}`);
  // What it must hold is what would be said of an empty one.
  const [, fix] = (variables[name] as z.ZodType).safeParse("").error?.issues[0]?.message.split("; ") ?? [];
  throw new ValidationError(name, `is not set; ${fix}`);
}
