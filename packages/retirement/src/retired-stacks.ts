import { basename } from "node:path";
import {
  readStackRecord,
  type RecordedStack,
  retiredStacks as retiredInRecord,
  STACKS_FILE,
} from "@cluster-ipam/address-plan/stacks";
import { stacksInOrder } from "@cluster-ipam/plan-report";
import { RetirementError } from "./retirement-error";

/** A stack that an app once composed and composes no more. */
export interface RetiredStack extends RecordedStack {
  /** Absolute path of the folder with its emptied configuration. */
  readonly folder: string;
  /** Ids of the stacks that are destroyed before it. */
  readonly destroyAfter: readonly string[];
}

/**
 * Finds the retired stacks of a synthesized app, in the order in which they are destroyed: a cluster's workloads first,
 * its network last.
 *
 * @param app absolute path of the app's folder
 * @param names ids of retired stacks @default all
 * @throws RetirementError if a name is not that of a retired stack
 * @throws PlanError if the app is not synthesized
 */
export function retiredStacks(
  app: string,
  names: readonly string[] = [],
  env: NodeJS.ProcessEnv = process.env,
): readonly RetiredStack[] {
  const record = readStackRecord(app);
  const all = stacksInOrder(app);
  const recorded = record ? retiredInRecord({ app: basename(app), folder: app, record }, env) : [];
  const retired = recorded.map((stack): RetiredStack => {
    const { directory, dependencies } = all.find(({ name }) => name === stack.id)!;
    return { ...stack, folder: directory, destroyAfter: dependencies };
  });
  for (const name of names) {
    if (retired.some(({ id }) => id === name)) continue;
    throw new RetirementError(
      all.some((stack) => stack.name === name)
        ? `${name}: ${basename(app)} still composes this stack; remove it from the app and synthesize the app first`
        : `${name}: not in ${STACKS_FILE} of ${basename(app)}; its retired stacks are: ${retired.map(({ id }) => id).join(", ") || "none"}`,
    );
  }
  return names.length === 0 ? retired : retired.filter(({ id }) => names.includes(id));
}
