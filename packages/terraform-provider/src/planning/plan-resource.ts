import { type Settings } from "../configuration/settings";
import { type ResourceSchema, typeOf } from "../schema/type-schema";
import { type Path } from "../value/diagnostic";
import { type CtyType, isEqual, isList, type ObjectValue, type Value } from "../value/value";
import { planFramework } from "./framework/plan-framework";
import { areEquivalent } from "./legacy/normalize-nulls";
import { planLegacy } from "./legacy/plan-legacy";
import { normalizers } from "./normalizers";
import { suppressions } from "./suppressions";

/** A plan under construction: rules may still change `planned`; `replace` collects the paths that force replacement. */
export interface Plan {
  readonly planned: ObjectValue;
  readonly replace: Path[];
  /** Names of the top-level members that changed before the rules. */
  readonly changed: ReadonlySet<string>;
}

/** The states that a plan is made from. */
export interface PlannedStates {
  /** Null on create. */
  readonly prior: ObjectValue | null;
  readonly proposed: ObjectValue;
  readonly config: ObjectValue;
}

/** Plans a resource from its schema alone, as the software does that its provider is built on. */
export function planResource(
  { block, framework = false }: Pick<ResourceSchema, "block" | "framework">,
  { prior, proposed, config }: PlannedStates,
  settings: Settings,
): Plan {
  if (framework) return planFramework(block, prior, proposed, config);
  return planLegacy(block, prior, proposed, {
    suppressed: (rule, key, { old, next }) =>
      named(suppressions, rule)(old, next, { key, prior, proposed, settings }),
    normalized: (rule, value) => named(normalizers, rule)(String(value)),
  });
}

/** Plans exactly the prior state if the SDK sees no difference: null and zero values are the same to it. */
export function settledPlan(
  { block, framework = false }: Pick<ResourceSchema, "block" | "framework">,
  prior: ObjectValue | null,
  { planned, replace }: Plan,
): Pick<Plan, "planned" | "replace"> {
  const type = typeOf(block);
  const isUnchanged = prior !== null && !framework && areEquivalent(type, prior, planned);
  const settled = isUnchanged ? { planned: prior, replace: [] } : { planned, replace };
  return { ...settled, planned: withoutWriteOnly(block, settled.planned) };
}

function withoutWriteOnly({ attributes }: ResourceSchema["block"], planned: ObjectValue): ObjectValue {
  const secret = Object.entries(attributes).filter(([, { writeOnly }]) => writeOnly);
  return secret.length === 0
    ? planned
    : { ...planned, ...Object.fromEntries(secret.map(([name]) => [name, null])) };
}

function named<Rule>(rules: Readonly<Record<string, Rule>>, name: string): Rule {
  const rule = rules[name];
  if (rule === undefined) throw new Error(`the overlay names the rule ${name}, which does not exist`);
  return rule;
}

/** Equality that ignores the order of set elements. */
export function isSame(type: CtyType, a: Value, b: Value): boolean {
  if (typeof type === "string" || !isList(a) || !isList(b) || type[0] !== "set") return isEqual(a, b);
  return a.length === b.length && a.every((item) => b.some((other) => isEqual(item, other)));
}
