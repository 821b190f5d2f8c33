import { DiagnosticError, type Path, pathText } from "../../value/diagnostic";
import { type CtyType, type ObjectValue, unknown, type Value } from "../../value/value";
import { type Checks } from "../../schema/checks";
import { type BlockSchema, typeOf } from "../../schema/type-schema";
import { areEquivalent } from "../legacy/normalize-nulls";
import { type Plan } from "../plan-resource";
import { type Settings } from "../../configuration/settings";

/** A planned change that provider rules may amend. */
export interface PlanContext {
  readonly type: string;
  readonly block: BlockSchema;
  readonly checks: Checks;
  readonly settings: Settings;
  /** Null on create. */
  readonly prior: ObjectValue | null;
  readonly config: ObjectValue;
  readonly plan: Plan;
}

/**
 * A provider's planning logic beyond its schema: may change the planned values and the paths that force
 * replacement, or throw `DiagnosticError`.
 */
export type PlanRule = (context: PlanContext) => void;

/** Whether the planned value of a top-level member differs from the prior one. */
export const changes = ({ block, prior, plan }: PlanContext, name: string): boolean => {
  const nested = block.blocks[name];
  const type: CtyType =
    nested === undefined || nested.nesting === "single"
      ? (block.attributes[name]?.type ?? "dynamic")
      : [nested.nesting, typeOf(nested.block)];
  return !areEquivalent(type, prior?.[name] ?? null, plan.planned[name] ?? null);
};

/** Cancels the replacement that a change of a member would force. */
export function cancelReplacement({ plan }: PlanContext, name: string): void {
  const kept = plan.replace.filter((path) => path[0] !== name);
  plan.replace.splice(0, plan.replace.length, ...kept);
}

/** Plans the prior value of a top-level member. */
export function planPrior(context: PlanContext, name: string): void {
  context.plan.planned[name] = context.prior?.[name] ?? null;
  cancelReplacement(context, name);
}

/** Marks members as unknown until apply. */
export const markUnknown = ({ plan }: PlanContext, ...names: readonly string[]): void => {
  for (const name of names) plan.planned[name] = unknown;
};

/** Rejects the change. @throws DiagnosticError always */
export function refuse(summary: string, path: Path = []): never {
  throw new DiagnosticError({ summary, path, detail: path.length > 0 ? `at ${pathText(path)}` : "" });
}

/** Whether a value is set: not null, empty or unknown. */
export const isSet = (value: Value | undefined): boolean =>
  value !== undefined &&
  value !== null &&
  value !== unknown &&
  value !== "" &&
  !(Array.isArray(value) && value.length === 0);
