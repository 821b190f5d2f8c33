import {
  readStackRecord,
  type RecordedStack,
  type StackRecord,
  STACKS_FILE,
  writeStackRecord,
} from "@cluster-ipam/address-plan/stacks";
import { TerraformStack } from "cdktf";
import * as fs from "node:fs";
import * as path from "node:path";
import { type AppRoot } from "./app-root";
import { BlueprintStack } from "./blueprint-stack";
import { orderRetired, RetiredStack } from "./retired-stack";
import { filledConfiguration, updatedRecord } from "./stack-recording";
import { ValidationError } from "../input/validation-error";

/** Keeps the record of an app's stacks while the app is synthesized. */
export class StackRecorder {
  private readonly previous: StackRecord | undefined;

  private constructor(
    private readonly app: AppRoot,
    private readonly folder: string,
  ) {
    this.previous = readStackRecord(folder);
  }

  /**
   * @param folder the working folder
   * @returns undefined if the folder is not an app's, which has a `cdktf.json`
   * @throws AddressPlanError if the record is damaged
   */
  static of(app: AppRoot, folder: string): StackRecorder | undefined {
    return fs.existsSync(path.join(folder, "cdktf.json")) ? new StackRecorder(app, folder) : undefined;
  }

  /**
   * Adds the stacks that are recorded but no longer composed, empty.
   *
   * @throws ValidationError if a stack was renamed
   * @throws AddressPlanError if such a stack needs a variable that is not set
   */
  retire(): void {
    const { app, previous } = this;
    if (!previous) return;
    const composed = new Map(this.stacks().map((stack) => [stack.node.id, stack]));
    const gone = previous.stacks.filter(({ id }) => !composed.has(id));
    const known = new Set(previous.stacks.map(({ id }) => id));
    for (const stack of this.composed()) if (!known.has(stack.node.id)) checkNew(stack, gone);
    const retired = new Map(
      gone.map((stack) => [stack.id, new RetiredStack(app, stack.id, filledConfiguration(previous, stack))]),
    );
    orderRetired(previous.stacks, (id) => composed.get(id) ?? retired.get(id));
  }

  /** Writes the record of the synthesized app, if it changed. */
  write(): void {
    const entries = this.composed().map(recorded);
    const changed = writeStackRecord(this.folder, updatedRecord(this.previous, entries, this.app.backend));
    if (changed && process.env["CI"])
      process.stderr.write(
        `${STACKS_FILE}: changed; synthesize the app and commit it, or a stack that leaves the composition is not destroyed\n`,
      );
  }

  private composed(): BlueprintStack[] {
    return this.stacks().filter(
      (stack) => BlueprintStack.isBlueprintStack(stack) && !(stack instanceof RetiredStack),
    ) as BlueprintStack[];
  }

  private stacks(): TerraformStack[] {
    return this.app.node.findAll().filter((node): node is TerraformStack => TerraformStack.isStack(node));
  }
}

/** The state is named by the stack's id: under another id, Terraform would create everything again. */
function checkNew(stack: BlueprintStack, gone: readonly RecordedStack[]): void {
  const { serves } = stack;
  if (!serves || serves.kind === "workloads") return;
  const before = gone.find(
    ({ cluster, kind, emptied }) =>
      cluster === serves.cluster && kind === serves.kind && emptied === undefined,
  );
  if (!before) return;
  throw new ValidationError(
    stack,
    `the ${serves.kind} stack of the cluster ${serves.cluster} is recorded as ${before.id} in ${STACKS_FILE}, and a stack's id names its state; keep the id ${before.id}`,
  );
}

function recorded(stack: BlueprintStack): RecordedStack {
  return {
    id: stack.node.id,
    ...stack.serves,
    after: stack.dependencies
      .filter((dependency) => !(dependency instanceof RetiredStack))
      .map(({ node }) => node.id)
      .sort(),
    terraform: stack.destroyConfiguration(),
  };
}
