import { type TerraformPlan, type TerraformResourceChange } from "@cluster-ipam/plan-report";

/** What a plan does, by the address of the object or `output.<name>`, without what stays as it is. */
export type PlannedEffects = Readonly<Record<string, PlannedEffect>>;

/** What a plan does to one object or output. */
export interface PlannedEffect {
  /** As Terraform writes them, for example `["delete", "create"]`. */
  readonly actions: readonly string[];
  /** What it changes, by the name of the attribute, or `importing` and `previous_address`. */
  readonly attributes: Readonly<Record<string, unknown>>;
}

/**
 * What a plan does. Attributes that stay as they are do not count: the cloud may change a status or a counter between
 * a review and a deployment without changing what is deployed.
 */
export function plannedEffects(plan: TerraformPlan): PlannedEffects {
  const effects: [string, PlannedEffect][] = [];
  for (const resource of plan.resource_changes ?? []) {
    if (isActed(resource)) effects.push([resource.address, resourceEffect(resource)]);
  }
  for (const [name, change] of Object.entries(plan.output_changes ?? {})) {
    if (change.actions.join() === "no-op") continue;
    const { actions, before, after, after_unknown } = change;
    effects.push([`output.${name}`, { actions, attributes: { value: [before, after, after_unknown] } }]);
  }
  return Object.fromEntries(effects);
}

// What is only read changes nothing; an object that is moved or imported as it is does.
const isActed = ({ change, previous_address }: TerraformResourceChange) =>
  !["no-op", "read"].includes(change.actions.join()) ||
  isSet(change.importing) ||
  previous_address !== undefined;

function resourceEffect({ change, previous_address }: TerraformResourceChange): PlannedEffect {
  const { actions, importing } = change;
  const [before, after, unknown] = [change.before, change.after, change.after_unknown].map(record);
  const names = [...new Set([before, after, unknown].flatMap((values) => Object.keys(values ?? {})))].sort();
  const attributes = names.flatMap((name): [string, unknown][] => {
    const [was, becomes, isUnknown] = [before?.[name], after?.[name], unknown?.[name]];
    const changes = !same(was ?? null, becomes ?? null) || hasTrue(isUnknown);
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

/** Whether two values of JSON are the same, whatever the order of their keys. */
export const same = (one: unknown, other: unknown) => sorted(one) === sorted(other);

const sorted = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : part,
  );
