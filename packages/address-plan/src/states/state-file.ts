import { type StackState, type StateResource } from "./stack-state";

/** What a state file says, or why it cannot be read. */
export type StateContent =
  | Required<Pick<StackState, "status" | "lineage" | "serial" | "resources">>
  | { readonly status: "unreadable"; readonly problem: string };

interface StateFile {
  readonly version?: unknown;
  readonly serial?: unknown;
  readonly lineage?: unknown;
  readonly encrypted_data?: unknown;
  readonly resources?: readonly {
    readonly mode: string;
    readonly module?: string;
    readonly type: string;
    readonly name: string;
    readonly instances?: readonly { readonly attributes?: Record<string, unknown> }[];
  }[];
}

/**
 * Parses a state in Terraform's format 4. A resource without instances is not there.
 *
 * @param text not empty
 */
export function parseState(text: string): StateContent {
  let file: StateFile | null;
  try {
    file = JSON.parse(text) as StateFile | null;
  } catch (error) {
    return unreadable(
      `it is not JSON (${(error as Error).message}), for example because it is being written`,
    );
  }
  if (file?.encrypted_data !== undefined)
    return unreadable("it is encrypted; only a backend's own encryption is supported");
  if (file?.version !== 4)
    return unreadable(
      `its format is version ${JSON.stringify(file?.version)}, not 4; apply it with Terraform 1.8 or later`,
    );
  const { lineage, serial } = file;
  if (typeof lineage !== "string" || typeof serial !== "number" || !Array.isArray(file.resources))
    return unreadable("it lacks its lineage, serial or resources");
  const resources = file.resources.flatMap((resource) => resourcesOf(resource));
  const status = resources.some(({ mode }) => mode === "managed") ? "holds" : "empty";
  return { status, lineage, serial, resources };
}

function resourcesOf({
  mode,
  module,
  type,
  name,
  instances = [],
}: NonNullable<StateFile["resources"]>[number]): StateResource[] {
  if (instances.length === 0) return [];
  const address = [module, mode === "data" ? "data" : undefined, type, name]
    .filter((part) => part !== undefined)
    .join(".");
  return [
    {
      mode: mode === "data" ? "data" : "managed",
      address,
      type,
      instances: instances.map(({ attributes }) => attributes ?? {}),
    },
  ];
}

function unreadable(problem: string): StateContent {
  return { status: "unreadable", problem };
}
