import { type Settings } from "../configuration/settings";
import { namedByOverlay } from "../schema/named-by-overlay";
import { type BlockSchema, type ResourceSchema, typeOf } from "../schema/type-schema";
import { type Path } from "../value/diagnostic";
import { isList, isObject, type ObjectValue } from "../value/value";
import { planFramework } from "./framework/plan-framework";
import { type Change } from "./legacy/change";
import { areEquivalent } from "./legacy/normalize-nulls";
import { planLegacy } from "./legacy/plan-legacy";
import { type SdkValue, textOf } from "./legacy/sdk-value";
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
  /** What was proposed before the provider revised it. @default as proposed */
  readonly asked?: ObjectValue;
}

/** Plans a resource from its schema alone, as the software does that its provider is built on. */
export function planResource(
  { block, framework = false }: Pick<ResourceSchema, "block" | "framework">,
  { prior, proposed, config, asked = proposed }: PlannedStates,
  settings: Settings,
): Plan {
  if (framework) return planFramework(block, prior, proposed, config);
  const rules = {
    suppressed: (rule: string, key: string, { old, next }: Change) =>
      namedByOverlay(suppressions, "rule", rule)(old, next, { key, prior, proposed, settings }),
    normalized: (rule: string, value: SdkValue) => namedByOverlay(normalizers, "rule", rule)(textOf(value)),
  };
  return planLegacy(block, prior, proposed, rules, asked);
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

function withoutWriteOnly(block: BlockSchema, planned: ObjectValue): ObjectValue {
  const changed: ObjectValue = {};
  for (const [name, { writeOnly }] of Object.entries(block.attributes)) if (writeOnly) changed[name] = null;
  for (const [name, nested] of Object.entries(block.blocks)) {
    const value = planned[name];
    if (isList(value) && hasWriteOnly(nested.block))
      changed[name] = value.map((item) =>
        isObject(item) ? withoutWriteOnly(nested.block, { ...item }) : item,
      );
  }
  return Object.keys(changed).length === 0 ? planned : { ...planned, ...changed };
}

const blocksWithWriteOnly = new WeakMap<BlockSchema, boolean>();

/** Remembered, since every plan asks it of every nested block. */
function hasWriteOnly(block: BlockSchema): boolean {
  const known = blocksWithWriteOnly.get(block);
  if (known !== undefined) return known;
  const has =
    Object.values(block.attributes).some(({ writeOnly }) => writeOnly === true) ||
    Object.values(block.blocks).some((nested) => hasWriteOnly(nested.block));
  blocksWithWriteOnly.set(block, has);
  return has;
}
