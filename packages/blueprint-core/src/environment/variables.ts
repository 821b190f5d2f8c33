import { BACKEND_FORMS, type BackendOptions, parseBackend } from "@cluster-ipam/address-plan/stacks";
import { z } from "zod";
import { ValidationError } from "../input/validation-error";

/** An AWS account id: 12 digits. */
export const awsAccountId = z.string().regex(/^\d{12}$/, "is not an AWS account id; use its 12 digits");

/**
 * A Google Cloud project id: 6 to 30 characters.
 * Source: Resource Manager, "Creating and managing projects".
 */
export const googleProject = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/,
    "is not a Google Cloud project id; use 6 to 30 lower-case letters, digits and hyphens, starting with a letter",
  );

/** Whether an environment's resources are protected from deletion. @default "on" */
export const deletionProtection = z.enum(["on", "off"], "is not on or off; use one of them").default("on");

/**
 * A backend as an address: `local:<folder relative to the stack's working directory>`,
 * `s3://<bucket>/<prefix>?region=<region>`, `gcs://<bucket>/<prefix>`, or `BackendOptions` in JSON (docs/backends.md).
 *
 * @default `local:../../../state`, the folder `state` next to the app's `cdktf.out`
 */
export const backendAddress = z
  .string()
  .transform((text, context): BackendOptions => {
    const backend = parseBackend(text);
    if (backend) return backend;
    context.addIssue({ code: "custom", message: `is not a backend; use ${BACKEND_FORMS}` });
    return z.NEVER;
  })
  .default({ type: "local", directory: "../../../state" });

/**
 * Reads variables of the process environment. An empty variable counts as unset, because a workflow passes an empty
 * string for a secret that does not exist.
 *
 * @param variables the schema of each variable, by its name
 * @throws ValidationError with the name of the first invalid variable, its value and the fix
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
  // Reuse the hint of the error for an empty value.
  const [, fix] = (variables[name] as z.ZodType).safeParse("").error?.issues[0]?.message.split("; ") ?? [];
  throw new ValidationError(name, `is not set; ${fix}`);
}
