import { parse } from "yaml";
import { z } from "zod";
import { PlanError } from "../errors/plan-error";

/** The file at the root of the repository that acknowledges destructive changes. */
export const ACKNOWLEDGEMENTS_FILE = "acknowledgements.yaml";

const entrySchema = z.strictObject({
  environment: z.string().min(1),
  stack: z.string().min(1),
  address: z.string().min(1),
  action: z.enum(["destroy", "replace"]),
  reason: z.string().trim().min(10, "say why in 10 characters or more"),
});

/** Permission to destroy or replace a resource, valid only in the change that adds it. */
export interface Acknowledgement {
  readonly environment: string;
  readonly stack: string;
  /** Terraform address of the resource. */
  readonly address: string;
  readonly action: "destroy" | "replace";
  /** Why, for the reviewer; 10 characters or more. */
  readonly reason: string;
}

/**
 * Parses a list of acknowledgements.
 *
 * @param file file name to use in errors
 * @throws PlanError unless it is a list of complete entries
 */
export function parseAcknowledgements(text: string, file: string = ACKNOWLEDGEMENTS_FILE): Acknowledgement[] {
  const result = z.array(entrySchema).safeParse(readYaml(text, file) ?? []);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = issue?.path.map((step) => (typeof step === "number" ? `entry ${step + 1}` : String(step)));
  throw new PlanError(
    `${[file, ...(path ?? [])].join(": ")}: ${issue?.message ?? "malformed"}; ` +
      `write a list of entries with environment, stack, address, action (destroy or replace) and reason`,
  );
}

/** Whether two entries allow the same change. The reason does not count: editing it does not renew an entry. */
export const allowsSameChange = (a: Acknowledgement, b: Acknowledgement) =>
  a.environment === b.environment && a.stack === b.stack && a.address === b.address && a.action === b.action;

function readYaml(text: string, file: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    const [reason = ""] = (cause as Error).message.split("\n");
    throw new PlanError(`${file}: this is not valid YAML (${reason}); correct it`);
  }
}
