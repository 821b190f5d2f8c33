import { type TerraformPlan, type TerraformResourceChange } from "@cluster-ipam/plan-report";
import { isSameJson } from "../same-json";

/** The effects of a plan by resource address or `output.<name>`. Unchanged resources and outputs are left out. */
export type PlannedEffects = Readonly<Record<string, PlannedEffect>>;

/** The effect of a plan on one resource or output. */
export interface PlannedEffect {
  /** Terraform's actions, for example `["delete", "create"]`. */
  readonly actions: readonly string[];
  /** Changed attributes by name, plus `importing` and `previous_address`. */
  readonly attributes: Readonly<Record<string, unknown>>;
}

/**
 * Reads the effects of a plan. Unchanged attributes do not count: a status or counter may change in the cloud between
 * review and deployment without any effect on what is deployed.
 */
export function plannedEffects(plan: TerraformPlan): PlannedEffects {
  const effects: [string, PlannedEffect][] = [];
  for (const resource of plan.resource_changes ?? []) {
    if (hasEffect(resource)) effects.push([resource.address, resourceEffect(resource)]);
  }
  for (const [name, change] of Object.entries(plan.output_changes ?? {})) {
    if (change.actions.join() === "no-op") continue;
    const { actions, before, after, after_unknown } = change;
    effects.push([`output.${name}`, { actions, attributes: { value: [before, after, after_unknown] } }]);
  }
  return Object.fromEntries(effects);
}

// Reading a data source has no effect; moving or importing an unchanged resource does.
const hasEffect = ({ change, previous_address }: TerraformResourceChange) =>
  !["no-op", "read"].includes(change.actions.join()) ||
  isSet(change.importing) ||
  previous_address !== undefined;

function resourceEffect({ change, previous_address }: TerraformResourceChange): PlannedEffect {
  const { actions, importing } = change;
  const [before, after, unknown] = [change.before, change.after, change.after_unknown].map(record);
  const names = [...new Set([before, after, unknown].flatMap((values) => Object.keys(values ?? {})))].sort();
  const attributes = names.flatMap((name): [string, unknown][] => {
    const [was, becomes, isUnknown] = [before?.[name], after?.[name], unknown?.[name]];
    const changes = !isSameJson(was ?? null, becomes ?? null) || hasTrue(isUnknown);
    return changes ? [[name, [was ?? null, becomes ?? null, isUnknown ?? false]]] : [];
  });
  return {
    actions,
    attributes: {
      ...(actions.join() === "delete" ? {} : Object.fromEntries(attributes)),
      ...(isSet(importing) ? { importing } : {}),
      ...(previous_address === undefined ? {} : { previous_address }),
    },
  };
}

const isSet = (value: unknown) => value !== undefined && value !== null;

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};

const hasTrue = (value: unknown): boolean =>
  value === true || (typeof value === "object" && value !== null && Object.values(value).some(hasTrue));
