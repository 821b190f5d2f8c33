import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PlanFolder, type PlanManifest } from "@cluster-ipam/plan-report";
import writeFileAtomic from "write-file-atomic";
import { AutomationError } from "../automation-error";
import { open, seal, type SealedFor } from "./seal";

/** A commit's plans of one environment. */
export type SealedPlans = Omit<SealedFor, "stack">;

interface Payload {
  readonly manifest: PlanManifest;
  /** Absent if the stack could not be planned. */
  readonly plan?: Readonly<Record<string, unknown>>;
}

const SUFFIX = ".sealed";

/**
 * Seals the plan of one stack, or that it could not be planned, as `<folder>/<stack>.sealed`.
 *
 * @param app absolute path of the app, whose `plan.out` holds the plan
 * @throws AutomationError if the stack was not planned there
 */
export async function sealPlan(
  app: string,
  folder: string,
  secret: string,
  purpose: SealedFor,
): Promise<void> {
  const { stack } = purpose;
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
  const sealed = seal(Buffer.from(JSON.stringify(payload)), secret, purpose);
  await writeFileAtomic(join(folder, `${stack}${SUFFIX}`), sealed);
}

/**
 * Opens all plans of a commit and environment into `<app>/plan.out`, in place of what is there. A stack without a
 * sealed plan counts as not planned.
 *
 * @param folder holds `<stack>.sealed`
 * @param stacks ids of the environment's stacks, in order
 * @throws AutomationError if one is of another commit or environment, or was changed
 */
export async function openPlans(
  app: string,
  folder: string,
  stacks: readonly string[],
  secret: string,
  purpose: SealedPlans,
): Promise<void> {
  const sealed = existsSync(folder) ? readdirSync(folder) : [];
  const payloads = stacks.map((stack): Payload | { stack: string } => {
    const file = `${stack}${SUFFIX}`;
    if (!sealed.includes(file)) return { stack };
    const plain = open(readFileSync(join(folder, file)), secret, { ...purpose, stack });
    return JSON.parse(plain.toString("utf8")) as Payload;
  });
  const opened = payloads.flatMap((payload) => ("stack" in payload ? [] : payload));
  const [first] = opened;
  if (first === undefined) {
    throw new AutomationError(
      `${purpose.environment}: no plan of commit ${purpose.commit} in ${folder}; run the plan workflow on it`,
    );
  }
  const plans = new PlanFolder(app);
  await plans.clear();
  for (const { manifest, plan } of opened)
    if (plan !== undefined) await plans.writePlan(manifest.stacks[0]!.stack, plan);
  const manifest: PlanManifest = {
    terraform: first.manifest.terraform,
    stacks: payloads.flatMap((payload) =>
      "stack" in payload ? missing(payload.stack) : payload.manifest.stacks,
    ),
  };
  await writeFileAtomic(join(plans.path, "manifest.json"), `${JSON.stringify(manifest, undefined, 2)}\n`);
}

const missing = (stack: string): PlanManifest["stacks"][number] => ({
  stack,
  failure: {
    stack,
    command: "plan",
    diagnostics: [
      {
        severity: "error",
        summary: "No plan was made",
        detail: "The job that plans this stack has no result.",
      },
    ],
  },
});
