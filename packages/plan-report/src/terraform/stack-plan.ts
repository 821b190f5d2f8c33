import { type TerraformPlan, type TerraformResourceChange } from "./terraform-plan";

/** What Terraform does with a resource. `forget` removes it from the state and leaves it in the cloud. */
export type Action = "create" | "update" | "replace" | "delete" | "forget" | "read" | "noop";

/** Number of resources per action. */
export interface ChangeCounts extends Readonly<Record<Action, number>> {
  /** Imported resources; each also counts under its action, as in Terraform. */
  readonly import: number;
}

/** A planned change to one resource, without values. */
export interface ResourceChange {
  /** Terraform address, for example `aws_subnet.pods["eu-central-1a"]`. */
  readonly address: string;
  readonly type: string;
  readonly action: Action;
  /** Whether this plan imports the resource into the state. */
  readonly imported: boolean;
  /** Previous address, if the plan moves the resource. */
  readonly movedFrom?: string;
  /** Arguments that force replacement, for example `cidr_block` or `vpc_config.subnet_ids`. */
  readonly replacedBy: readonly string[];
}

/** A stack's plan, without values. */
export interface StackPlan {
  readonly stack: string;
  readonly counts: ChangeCounts;
  /** Changed, moved and imported resources, in Terraform's order. */
  readonly changes: readonly ResourceChange[];
}

/** Counts of a plan without any resource. */
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

/** Summarizes the Terraform plan of one stack. @throws Error for an unknown action */
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

/** Sums the counts of several stacks. */
export function totalCounts(plans: readonly { readonly counts: ChangeCounts }[]): ChangeCounts {
  const total = { ...NO_CHANGES };
  for (const { counts } of plans) {
    for (const key of Object.keys(total) as (keyof ChangeCounts)[]) total[key] += counts[key];
  }
  return total;
}

/** Summarizes a Terraform resource change, without values. @throws Error for an unknown action */
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

/** Terraform lists a replacement as two actions, in the order it performs them. */
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
      throw new Error(
        `Terraform plans "${action}", an unsupported action; upgrade @cluster-ipam/plan-report`,
      );
  }
}

/** `["vpc_config", 0, "subnet_ids"]` → `vpc_config.subnet_ids`: a block that occurs once needs no index. */
const pathText = (path: readonly (string | number)[]) =>
  path.reduce<string>((text, step, at) => {
    if (typeof step !== "number") return text === "" ? step : `${text}.${step}`;
    return step === 0 && at < path.length - 1 ? text : `${text}[${step}]`;
  }, "");
