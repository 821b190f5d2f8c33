import { basename, join } from "node:path";
import { readText } from "@cluster-ipam/address-plan/repository";
import { z } from "zod";
import { PlanError } from "../errors/plan-error";

/** A stack that an app has synthesized. */
export interface SynthesizedStack {
  /** Stack id. */
  readonly name: string;
  /** Absolute path of the folder with its Terraform configuration. */
  readonly directory: string;
  /** Ids of the stacks that must be deployed first. */
  readonly dependencies: readonly string[];
}

const manifestSchema = z.object({
  stacks: z.record(
    z.string(),
    z.object({
      name: z.string().min(1),
      workingDirectory: z.string().min(1),
      dependencies: z.array(z.string()).default([]),
    }),
  ),
});

/** Base name of the manifest in `plan.out`; no stack may use it as its id. */
export const PLAN_MANIFEST = "manifest";

/**
 * Lists the stacks that an app has synthesized, in the order the app composes them.
 *
 * @param app absolute path of the app's folder
 * @throws PlanError if nothing is synthesized, or the output is damaged
 */
export function synthesizedStacks(app: string): SynthesizedStack[] {
  const out = join(app, "cdktf.out");
  const name = basename(app);
  const text = readManifest(join(out, "manifest.json"), name);
  let manifest;
  try {
    manifest = manifestSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new PlanError(
      `${name}: cdktf.out/manifest.json is damaged (${cause instanceof SyntaxError ? cause.message : "unexpected shape"}); ` +
        `run \`npm run synth\` in ${name} again`,
    );
  }
  const stacks = Object.values(manifest.stacks);
  if (stacks.length === 0) {
    throw new PlanError(`${name}: the app has no stacks; compose at least one in src/main.ts`);
  }
  if (stacks.some((stack) => stack.name === PLAN_MANIFEST)) {
    throw new PlanError(
      `${name}/${PLAN_MANIFEST}: this stack id is reserved for plan.out/${PLAN_MANIFEST}.json; rename the stack`,
    );
  }
  return stacks.map(({ name, workingDirectory, dependencies }) => ({
    name,
    directory: join(out, workingDirectory),
    dependencies,
  }));
}

/** An app's stacks in deployment order. @throws PlanError if nothing is synthesized, or the stacks wait for each other */
export function stacksInOrder(app: string): SynthesizedStack[] {
  const order: SynthesizedStack[] = [];
  const waiting = synthesizedStacks(app);
  const isDone = (name: string) => order.some((stack) => stack.name === name);
  while (waiting.length > 0) {
    const next = waiting.findIndex(({ dependencies }) => dependencies.every(isDone));
    if (next < 0)
      throw new PlanError(`${app}: the stacks have a dependency cycle; remove it and run synth again`);
    order.push(...waiting.splice(next, 1));
  }
  return order;
}

function readManifest(file: string, app: string): string {
  try {
    return readText(file);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "ENOENT") throw cause;
    throw new PlanError(`${app}: there is no cdktf.out/manifest.json; run \`npm run synth\` in ${app} first`);
  }
}
