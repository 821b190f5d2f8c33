import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { type BackendOptions } from "../stacks/backend";
import { stateLocation } from "../stacks/backend-block";
import { type RecordedApp } from "../stacks/record-files";
import { outputFolder } from "../stacks/retired-stacks";
import { type RecordedStack, STACKS_FILE } from "../stacks/stack-record";
import { resolveBackend } from "../stacks/variables";
import { readText } from "../repository";
import { pullState } from "./remote-state";
import { type StackState } from "./stack-state";
import { parseState } from "./state-file";

/** Remote states that are read at the same time. */
const CONCURRENCY = 4;

/**
 * Reads the states of recorded stacks. It changes nothing and takes no state lock.
 *
 * @param apps for example of `recordedApps`
 * @param env has the apps' variables, the backends' credentials and `TERRAFORM_BINARY_NAME`
 * @param isWanted chooses stacks; a remote state takes a second or two @default all
 * @returns a state for each chosen stack, in the order of the record; problems are in the states, none is thrown
 */
export async function readStates(
  apps: readonly RecordedApp[],
  env: NodeJS.ProcessEnv,
  isWanted: (stack: RecordedStack, app: string) => boolean = () => true,
): Promise<readonly StackState[]> {
  const reads = apps.flatMap((app) =>
    app.record.stacks
      .filter((stack) => isWanted(stack, app.app))
      .map((stack) => () => readState(app, stack, env)),
  );
  const states: StackState[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < reads.length; index = next++) states[index] = await reads[index]!();
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  return states;
}

async function readState(
  app: RecordedApp,
  stack: RecordedStack,
  env: NodeJS.ProcessEnv,
): Promise<StackState> {
  const { id, cluster, kind } = stack;
  const base = { stack: id, app: app.app, ...(cluster !== undefined && { cluster }), ...(kind && { kind }) };
  const unread = (status: "missing" | "unreadable", where: string, problem: string): StackState => ({
    ...base,
    status,
    reason: `the state of ${app.app}/${id} (${where}) ${problem}`,
    resources: [],
  });
  let where = join(app.folder, STACKS_FILE);
  try {
    if (env["TF_WORKSPACE"] && env["TF_WORKSPACE"] !== "default")
      throw new Error("TF_WORKSPACE is set, but the plan's stacks have one state each; unset it");
    const backend = resolveBackend(app.record, env);
    where = locationOf(backend, app, id, env);
    const text = backend.type === "local" ? readLocal(where) : await pullState(backend, id, env);
    if (text.trim() === "")
      return unread(
        "missing",
        where,
        "does not exist; deploy the stack, which writes it, or check the backend",
      );
    const content = parseState(text);
    if ("problem" in content) return unread("unreadable", where, `cannot be read: ${content.problem}`);
    return { ...base, ...content };
  } catch (error) {
    return unread("unreadable", where, `cannot be read: ${(error as Error).message}`);
  }
}

function locationOf(backend: BackendOptions, app: RecordedApp, id: string, env: NodeJS.ProcessEnv): string {
  if (backend.type === "local")
    return resolve(outputFolder(app.folder, env), "stacks", id, backend.directory ?? ".", `${id}.tfstate`);
  return stateLocation(backend, id);
}

function readLocal(path: string): string {
  return existsSync(path) ? readText(path) : "";
}
