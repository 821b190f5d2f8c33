import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PlanFolder, type PlanManifest } from "@cluster-ipam/plan-report";
import writeFileAtomic from "write-file-atomic";
import { AutomationError } from "../automation-error";
import { open, seal, type SealContext } from "./seal";

/** What all sealed plans of an environment belong to. */
export type EnvironmentSealContext = Omit<SealContext, "stack">;

interface Payload {
  readonly manifest: PlanManifest;
  /** Absent if planning failed. */
  readonly plan?: Readonly<Record<string, unknown>>;
}

const SUFFIX = ".sealed";

/**
 * Seals the plan of one stack, or its failure, as `<folder>/<stack>.sealed`.
 *
 * @param app absolute path of the app, whose `plan.out` contains the plan
 * @throws AutomationError if `plan.out` has no plan of the stack
 */
export async function sealPlan(
  app: string,
  folder: string,
  secret: string,
  context: SealContext,
): Promise<void> {
  const { stack } = context;
  const plans = new PlanFolder(app);
  const manifest = plans.readManifest();
  const entry = manifest?.stacks.find((planned) => planned.stack === stack);
  if (manifest === undefined || entry === undefined)
    throw new AutomationError(`${stack}: there is no plan in ${plans.path}; run plan-stacks ${stack} first`);
  const payload: Payload = {
    manifest: { ...manifest, stacks: [entry] },
    ...("failure" in entry ? {} : { plan: { ...plans.readPlan(stack) } }),
  };
  mkdirSync(folder, { recursive: true });
  const sealed = seal(Buffer.from(JSON.stringify(payload)), secret, context);
  await writeFileAtomic(join(folder, `${stack}${SUFFIX}`), sealed);
}

/**
 * Opens all plans of an environment and commit, and replaces `<app>/plan.out` with them. A stack without a sealed plan
 * counts as failed.
 *
 * @param folder contains `<stack>.sealed`
 * @param stacks ids of the environment's stacks, in order
 * @throws AutomationError if a plan belongs to another commit or environment, or was modified
 */
export async function openPlans(
  app: string,
  folder: string,
  stacks: readonly string[],
  secret: string,
  context: EnvironmentSealContext,
): Promise<void> {
  const sealed = existsSync(folder) ? readdirSync(folder) : [];
  const payloads = stacks.map((stack): Payload | { stack: string } => {
    const file = `${stack}${SUFFIX}`;
    if (!sealed.includes(file)) return { stack };
    const plain = open(readFileSync(join(folder, file)), secret, { ...context, stack });
    return JSON.parse(plain.toString("utf8")) as Payload;
  });
  const opened = payloads.flatMap((payload) => ("stack" in payload ? [] : payload));
  const [first] = opened;
  if (first === undefined) {
    throw new AutomationError(
      `${context.environment}: no plan of commit ${context.commit} in ${folder}; run the plan workflow on that commit`,
    );
  }
  const plans = new PlanFolder(app);
  await plans.clear();
  for (const { manifest, plan } of opened)
    if (plan !== undefined) plans.writePlan(manifest.stacks[0]!.stack, plan);
  const manifest: PlanManifest = {
    terraform: first.manifest.terraform,
    stacks: payloads.flatMap((payload) =>
      "stack" in payload ? missingPlan(payload.stack) : payload.manifest.stacks,
    ),
  };
  await writeFileAtomic(join(plans.path, "manifest.json"), `${JSON.stringify(manifest, undefined, 2)}\n`);
}

const missingPlan = (stack: string): PlanManifest["stacks"][number] => ({
  stack,
  failure: {
    stack,
    command: "plan",
    diagnostics: [
      {
        severity: "error",
        summary: "No plan",
        detail: "The job that plans this stack has no result.",
      },
    ],
  },
});
