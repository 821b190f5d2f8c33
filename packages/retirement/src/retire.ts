import { describeGrowth, drainGrowth, drainingGrowth } from "./draining-growth";
import { RetirementError } from "./retirement-error";
import { describeStack, destroyStack, type Progress, stateOf } from "./retired-stack";
import { type RetiredStack, retiredStacks } from "./retired-stacks";
import { Terraform } from "./terraform";

/** Input of {@link retire}. */
export interface RetireProps {
  /** Absolute path of the synthesized app. */
  readonly app: string;
  /** Ids of retired stacks. @default all; and the growth subnets that the plan drains */
  readonly stacks?: readonly string[];
  /** Only prints what would be done. @default false */
  readonly plan?: boolean;
  /** Environment variables for Terraform. The AWS SDK reads those of the process. @default process.env */
  readonly env?: NodeJS.ProcessEnv;
  /** Interrupts the run; its `reason` is the signal. @default no interruption */
  readonly abort?: AbortSignal;
  /** Gets one line per step. */
  readonly onProgress: Progress;
  /** Gets the output of Terraform's applies. */
  readonly onOutput: (chunk: string) => void;
}

/** Result of a retirement. */
export interface Retired {
  /** Ids of the stacks that were destroyed, or would be, in that order. */
  readonly stacks: readonly string[];
  /** Whether growth subnets that the plan drains are still in use. */
  readonly draining: boolean;
}

/**
 * Destroys the retired stacks of an app: each cluster's workloads first, its network last. Then drains the growth subnets
 * of composed clusters that the plan no longer needs. Stops at the first failure; the next run continues.
 *
 * @throws RetirementError with the stack and the step that failed, or a stack that is not retired
 * @throws PlanError if Terraform is missing, or the app is not synthesized
 * @throws InterruptedError if `abort` fires
 */
export async function retire(props: RetireProps): Promise<Retired> {
  const { app, stacks: names = [], plan = false, env = process.env, onProgress } = props;
  const { abort = new AbortController().signal } = props;
  const all = retiredStacks(app, [], env);
  const chosen = names.length === 0 ? all : retiredStacks(app, names, env);
  const terraform = new Terraform(env, abort, props.onOutput);
  await checkEarlier(terraform, all, chosen);
  for (const stack of chosen) await (plan ? describeStack : destroyStack)(terraform, stack, onProgress);

  let isDrained = true;
  for (const growth of names.length === 0 ? drainingGrowth(app, all) : []) {
    if (plan) await describeGrowth(growth, onProgress);
    else isDrained = (await drainGrowth(growth, onProgress)) && isDrained;
  }
  return { stacks: chosen.map(({ id }) => id), draining: !isDrained };
}

/**
 * Whether the state of a retired stack proves that nothing is left of it.
 *
 * @throws RetirementError if the stack is not retired, or its state cannot be read
 */
export async function isDestroyed(app: string, stack: string, env: NodeJS.ProcessEnv, abort: AbortSignal) {
  const terraform = new Terraform(env, abort, () => undefined);
  const [retired] = retiredStacks(app, [stack], env);
  return (await stateOf(terraform, retired!))?.length === 0;
}

/** @throws RetirementError if a stack that is destroyed before a chosen one is not chosen and still has resources */
async function checkEarlier(
  terraform: Terraform,
  all: readonly RetiredStack[],
  chosen: readonly RetiredStack[],
): Promise<void> {
  for (const earlier of all) {
    const later = chosen.find(({ destroyAfter }) => destroyAfter.includes(earlier.id));
    if (later === undefined || chosen.includes(earlier)) continue;
    const { length } = (await stateOf(terraform, earlier)) ?? [];
    if (length > 0)
      throw new RetirementError(
        `${later.id}: ${earlier.id} uses it and still has ${length} resources; name both stacks, or none to destroy all`,
      );
  }
}
