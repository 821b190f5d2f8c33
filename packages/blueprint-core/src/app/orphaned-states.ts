import * as fs from "node:fs";
import * as path from "node:path";
import { ValidationError } from "../input/validation-error";

/**
 * cdktf-cli removes the folder of a stack that is not in the app, with a local state in it.
 *
 * @param ids of the stacks in the app
 * @throws ValidationError if such a state has resources, or cannot be read
 */
export function checkOrphanedStates(outdir: string, ids: ReadonlySet<string>): void {
  const stacks = path.join(outdir, "stacks");
  if (!fs.existsSync(stacks)) return;
  for (const entry of fs.readdirSync(stacks, { withFileTypes: true })) {
    if (!entry.isDirectory() || ids.has(entry.name)) continue;
    const state = path.join(stacks, entry.name, `${entry.name}.tfstate`);
    if (!fs.existsSync(state) || isEmpty(fs.readFileSync(state, "utf8"))) continue;
    throw new ValidationError(
      entry.name,
      `the stack is neither composed nor recorded, but its state ${state} has resources, and cdktf would delete it; compose the stack again and destroy it, or move the state out of ${outdir}`,
    );
  }
}

function isEmpty(text: string): boolean {
  if (text.trim() === "") return true;
  try {
    const { resources } = JSON.parse(text) as { resources?: { mode?: string }[] };
    return (resources ?? []).every(({ mode }) => mode === "data");
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
