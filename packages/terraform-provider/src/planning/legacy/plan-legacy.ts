import { type BlockSchema, typeOf } from "../../schema/type-schema";
import { DiagnosticError, type Path } from "../../value/diagnostic";
import { isObject, isWhollyKnown, type ObjectValue, unknown, type Value } from "../../value/value";
import { applyChanges } from "./apply-changes";
import { replacePaths } from "./change";
import { type CompareContext, compareStates } from "./compare";
import { membersOf } from "./member";
import { restoreNulls, unknownsOf } from "./normalize-nulls";
import { readPrior } from "./sdk-value";
import { TextTree, treeOf, valueOf } from "./text-tree";

/** What the SDK plans before the provider's own rules. */
export interface LegacyPlan {
  readonly planned: ObjectValue;
  readonly replace: Path[];
  /** Names of the members that the SDK sees a change of. */
  readonly changed: ReadonlySet<string>;
}

/**
 * Plans a resource as Terraform's SDK v2 does (`PlanResourceChange`): the prior and the proposed state are compared as
 * texts, in which null, absence and the zero value of a type are one, and the changes are applied to the prior state.
 * Without a change the prior state is planned exactly as it is.
 *
 * @param prior null on create
 * @param asked what was proposed before the provider revised it: where it has null, so does the plan
 * @throws DiagnosticError when a timeout is not known yet
 */
export function planLegacy(
  block: BlockSchema,
  prior: ObjectValue | null,
  proposed: ObjectValue,
  rules: Omit<CompareContext, "exists">,
  asked: ObjectValue = proposed,
): LegacyPlan {
  refuseUnknownTimeouts(block, proposed);
  const members = membersOf(block);
  const changes = compareStates(members, prior, proposed, { ...rules, exists: prior !== null });
  if (prior !== null && changes.isEmpty) return { planned: { ...prior }, replace: [], changed: NOTHING };
  const before = new TextTree();
  if (prior !== null)
    for (const [name, member] of members.byName)
      before.put(name, treeOf(member, readPrior(member, prior[name], false)));
  const type = typeOf(block);
  const applied = valueOf(applyChanges(block, before, changes), type);
  const restored = restoreNulls(type, applied, asked) as ObjectValue;
  const planned = { ...restored, ...timeoutsOf(block, proposed) };
  return {
    planned: prior === null ? (unknownsOf(block, planned) as ObjectValue) : planned,
    replace: prior === null ? [] : replacePaths(changes, members),
    changed: new Set([...changes.inner].filter(([, own]) => !own.isEmpty).map(([name]) => name)),
  };
}

const NOTHING: ReadonlySet<string> = new Set();

/** `timeouts` is planned as it is proposed. Alone it is no change. */
function timeoutsOf(block: BlockSchema, proposed: ObjectValue): { readonly [name: string]: Value } {
  const planned: Record<string, Value> = {};
  for (const [name, { nesting }] of Object.entries(block.blocks)) {
    if (nesting !== "single") continue;
    const own = proposed[name] ?? null;
    planned[name] = isObject(own) && isWhollyKnown(own) ? own : null;
  }
  return planned;
}

/** The SDK parses timeouts while it plans, and an unknown one is no duration. */
function refuseUnknownTimeouts(block: BlockSchema, proposed: ObjectValue): void {
  for (const [name, { nesting }] of Object.entries(block.blocks)) {
    const own = nesting === "single" ? (proposed[name] ?? null) : null;
    if (!isObject(own)) continue;
    const open = Object.keys(own).find((timeout) => own[timeout] === unknown);
    if (open !== undefined)
      throw new DiagnosticError({
        summary: `Error parsing "${open}" timeout: it is not known before the apply`,
        path: [name, open],
      });
  }
}
