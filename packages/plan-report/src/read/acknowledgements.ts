import { parse } from "yaml";
import { z } from "zod";
import { PlanError } from "../plan-error";

/** Name of the file at the root of the repository that acknowledges what destroys. */
export const ACKNOWLEDGEMENTS_FILE = "acknowledgements.yaml";

const entrySchema = z.strictObject({
  environment: z.string().min(1),
  stack: z.string().min(1),
  address: z.string().min(1),
  action: z.enum(["destroy", "replace"]),
  reason: z.string().trim().min(10, "say why in 10 characters or more"),
});

/** Somebody means it: this object may be destroyed, or replaced, by the change that adds this entry. */
export interface Acknowledgement {
  readonly environment: string;
  readonly stack: string;
  /** Terraform's address of the object. */
  readonly address: string;
  readonly action: "destroy" | "replace";
  /** Why, for the reviewer; 10 characters or more. */
  readonly reason: string;
}

/**
 * Reads a list of acknowledgements.
 *
 * @param file its name, for errors
 * @throws PlanError if it is anything but a list of complete entries
 */
export function parseAcknowledgements(text: string, file: string = ACKNOWLEDGEMENTS_FILE): Acknowledgement[] {
  const result = z.array(entrySchema).safeParse(readYaml(text, file) ?? []);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const place = issue?.path.map((step) => (typeof step === "number" ? `entry ${step + 1}` : String(step)));
  throw new PlanError(
    `${[file, ...(place ?? [])].join(": ")}: ${issue?.message ?? "malformed"}; ` +
      `write a list of entries with environment, stack, address, action (destroy or replace) and reason`,
  );
}

/** Whether two entries allow the same: a new reason alone does not renew one. */
export const sameAcknowledgement = (a: Acknowledgement, b: Acknowledgement) =>
  a.environment === b.environment && a.stack === b.stack && a.address === b.address && a.action === b.action;

function readYaml(text: string, file: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    const [why = ""] = (cause as Error).message.split("\n");
    throw new PlanError(`${file}: this is not valid YAML (${why}); correct it`);
  }
}
