import { parse } from "yaml";
import { z } from "zod";
import { PlanError } from "../errors/plan-error";

/** The file at the root of the repository that acknowledges destructive changes. */
export const ACKNOWLEDGEMENTS_FILE = "acknowledgements.yaml";

/** Permission to destroy or replace one resource. */
export interface ResourceAcknowledgement {
  readonly environment: string;
  readonly stack: string;
  /** Terraform address of the resource. */
  readonly address: string;
  readonly action: "destroy" | "replace";
  /** Why, for the reviewer; 10 characters or more. */
  readonly reason: string;
}

/** Permission to retire a cluster, and to destroy every resource in its retired stacks. */
export interface ClusterAcknowledgement {
  readonly environment: string;
  /** Name of the cluster in `addresses.yaml`. */
  readonly cluster: string;
  readonly action: "retire";
  /** Why, for the reviewer; 10 characters or more. */
  readonly reason: string;
}

/** Permission to move a block of the address plan, or to free it without proof that nothing uses it. */
export interface BlockAcknowledgement {
  /** The environment of the block; `network` for the blocks of Regions. */
  readonly environment: string;
  /** Key of the allocation in `addresses.lock.json`. */
  readonly block: string;
  readonly action: "free" | "move";
  /** Why, for the reviewer; 10 characters or more. */
  readonly reason: string;
}

/** A decision that is valid only in the change that adds it. */
export type Acknowledgement = ResourceAcknowledgement | ClusterAcknowledgement | BlockAcknowledgement;

/** What an acknowledgement allows: the entry without its reason. */
export type AcknowledgedChange =
  | Omit<ResourceAcknowledgement, "reason">
  | Omit<ClusterAcknowledgement, "reason">
  | Omit<BlockAcknowledgement, "reason">;

const name = z.string("write a name").min(1, "write a name");
const common = {
  environment: name,
  reason: z.string("say why").trim().min(10, "say why in 10 characters or more"),
};
const entrySchema = z.discriminatedUnion("action", [
  z.strictObject({ ...common, stack: name, address: name, action: z.enum(["destroy", "replace"]) }),
  z.strictObject({ ...common, cluster: name, action: z.literal("retire") }),
  z.strictObject({ ...common, block: name, action: z.enum(["free", "move"]) }),
]);

/** The members of an entry, by action, for error messages. */
const MEMBERS: Readonly<Record<Acknowledgement["action"], string>> = {
  destroy: "environment, stack, address, action: destroy and reason",
  replace: "environment, stack, address, action: replace and reason",
  retire: "environment, cluster, action: retire and reason",
  free: "environment, block, action: free and reason",
  move: "environment, block, action: move and reason",
};

const ANY_ENTRY =
  "action is destroy or replace (with stack and address), retire (with cluster), free or move (with block); " +
  "every entry has environment and reason";

/**
 * Parses a list of acknowledgements.
 *
 * @param file file name to use in errors
 * @throws PlanError unless it is a list of complete entries
 */
export function parseAcknowledgements(text: string, file: string = ACKNOWLEDGEMENTS_FILE): Acknowledgement[] {
  const entries = readYaml(text, file) ?? [];
  const result = z.array(entrySchema).safeParse(entries);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = issue?.path.map((step) => (typeof step === "number" ? `entry ${step + 1}` : String(step)));
  throw new PlanError(
    `${[file, ...(path ?? [])].join(": ")}: ${issue?.message ?? "malformed"}; ${shapeOf(entries, issue?.path[0])}`,
  );
}

/** What the entry at an index must look like. */
function shapeOf(entries: unknown, index: PropertyKey | undefined): string {
  const entry = Array.isArray(entries) && typeof index === "number" ? (entries[index] as unknown) : undefined;
  const action = String((entry as { readonly action?: unknown } | null | undefined)?.action);
  return Object.hasOwn(MEMBERS, action)
    ? `write an entry with ${MEMBERS[action as Acknowledgement["action"]]}`
    : `write a list of entries: ${ANY_ENTRY}`;
}

/** Whether two entries allow the same change. The reason does not count: editing it does not renew an entry. */
export function allowsSameChange(a: AcknowledgedChange, b: AcknowledgedChange): boolean {
  if (a.environment !== b.environment || a.action !== b.action) return false;
  if ("stack" in a) return "stack" in b && a.stack === b.stack && a.address === b.address;
  return "cluster" in a ? "cluster" in b && a.cluster === b.cluster : "block" in b && a.block === b.block;
}

function readYaml(text: string, file: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    const [reason = ""] = (cause as Error).message.split("\n");
    throw new PlanError(`${file}: this is not valid YAML (${reason}); correct it`);
  }
}
