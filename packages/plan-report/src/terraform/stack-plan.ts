import { thousands } from "../render/terminal/text-table";
import { type TerraformPlan, type TerraformResourceChange } from "./terraform-plan";

/** What Terraform does to one object. `forget` drops it from the state and leaves it in the cloud. */
export type Action = "create" | "update" | "replace" | "delete" | "forget" | "read" | "noop";

/** How many objects of a stack meet which fate. */
export interface ChangeCounts extends Readonly<Record<Action, number>> {
  /** Objects that are imported; each is counted under its action too, as Terraform does. */
  readonly import: number;
}

/** One object that the plan touches. */
export interface ResourceChange {
  readonly address: string;
  readonly type: string;
  readonly action: Action;
  /** It exists in the cloud and enters the state by this plan. */
  readonly imported: boolean;
  /** Its address before, if the plan moves it. */
  readonly movedFrom?: string;
  /** Arguments that force the replacement, for example `cidr_block`, `vpc_config.subnet_ids`. */
  readonly replacedBy: readonly string[];
}

/** What the plan of one stack does, without values. */
export interface StackPlan {
  readonly stack: string;
  readonly counts: ChangeCounts;
  /** Everything the plan touches, in Terraform's order; objects that stay as they are are left out. */
  readonly changes: readonly ResourceChange[];
}

export const NO_CHANGES: ChangeCounts = {
  create: 0,
  update: 0,
  replace: 0,
  delete: 0,
  forget: 0,
  read: 0,
  noop: 0,
  import: 0,
};

/** Reads Terraform's plan of one stack. */
export function stackPlan(stack: string, plan: TerraformPlan): StackPlan {
  const counts = { ...NO_CHANGES };
  const changes: ResourceChange[] = [];
  for (const resource of plan.resource_changes ?? []) {
    const change = resourceChange(resource);
    counts[change.action] += 1;
    if (change.imported) counts.import += 1;
    if (change.action !== "noop" || change.imported || change.movedFrom !== undefined) changes.push(change);
  }
  return { stack, counts, changes };
}

/** Adds up the counts of several stacks. */
export function totalCounts(plans: readonly { readonly counts: ChangeCounts }[]): ChangeCounts {
  const total = { ...NO_CHANGES };
  for (const { counts } of plans) {
    for (const key of Object.keys(total) as (keyof ChangeCounts)[]) total[key] += counts[key];
  }
  return total;
}

/** In Terraform's words: `34 to add, 1 to replace, 2 to read`, or `no changes`. */
export function describeCounts(counts: ChangeCounts): string {
  const parts = [
    [counts.import, "to import"],
    [counts.create, "to add"],
    [counts.update, "to change"],
    [counts.replace, "to replace"],
    [counts.delete, "to destroy"],
    [counts.forget, "to forget"],
    [counts.read, "to read"],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, verb]) => `${thousands(count)} ${verb}`);
  return said.join(", ") || "no changes";
}

/** Reads what Terraform does to one object, without values. */
export function resourceChange({
  address,
  type,
  previous_address,
  change,
}: TerraformResourceChange): ResourceChange {
  return {
    address,
    type,
    action: actionOf(change.actions),
    imported: change.importing !== undefined && change.importing !== null,
    ...(previous_address === undefined ? {} : { movedFrom: previous_address }),
    replacedBy: (change.replace_paths ?? []).map(pathText),
  };
}

/** Terraform writes a replacement as two actions, in the order in which they happen. */
function actionOf(actions: readonly string[]): Action {
  if (actions.length > 1) return "replace";
  const [action] = actions;
  switch (action) {
    case "create":
    case "update":
    case "delete":
    case "forget":
    case "read":
      return action;
    case "no-op":
      return "noop";
    default:
      throw new Error(`Terraform plans "${action}", an action this version does not know`);
  }
}

/** `["vpc_config", 0, "subnet_ids"]` → `vpc_config.subnet_ids`: blocks that occur once need no index. */
const pathText = (path: readonly (string | number)[]) =>
  path.reduce<string>((text, step, at) => {
    if (typeof step !== "number") return text === "" ? step : `${text}.${step}`;
    return step === 0 && at < path.length - 1 ? text : `${text}[${step}]`;
  }, "");
