import { type Acknowledgement } from "../read/acknowledgements";
import { type AddressReport } from "../read/address-report";
import { PlanError } from "../plan-error";
import { type PlannedResource } from "../terraform/planned-resource";

/** What a rule looks at: one environment, the whole address plan, no secrets. */
export interface PolicyContext {
  /** Name of the environment, for example `prod`. */
  readonly environment: string;
  /** Every managed object of every planned stack, those that stay as they are included. */
  readonly resources: readonly PlannedResource[];
  /** The address plan and its lock, of all environments. */
  readonly addresses: AddressReport;
  /** The same at the base of the change; undefined if no base is known. */
  readonly base?: AddressReport;
  /** What the change acknowledges in this environment. */
  readonly acknowledgements: readonly Acknowledgement[];
}

/** What a rule objects to. */
export interface Finding {
  /** @default the environment as a whole */
  readonly stack?: string;
  /** Address of the object. @default none */
  readonly address?: string;
  /** One sentence: what is wrong and how to mend it. */
  readonly message: string;
  /** The line of `acknowledgements.yaml` that allows it. @default it cannot be acknowledged */
  readonly acknowledgeAs?: Pick<Acknowledgement, "environment" | "stack" | "address" | "action">;
}

/** A rule of the policy. A team adds its own: see the README. */
export interface Rule {
  /** In lower case with dashes, for example `tags-present`; unique in a policy. */
  readonly name: string;
  /** One sentence for people: what has to be true, and why. */
  readonly description: string;
  /** Everything that is wrong; empty if nothing is. */
  check(context: PolicyContext): readonly Finding[];
}

/** What a rule found. */
export interface RuleVerdict {
  readonly name: string;
  readonly description: string;
  readonly findings: readonly Finding[];
}

/** Whether a plan keeps to the policy. */
export interface Verdict {
  readonly ok: boolean;
  /** In the policy's order, rules without findings included. */
  readonly rules: readonly RuleVerdict[];
  /** What was allowed by an acknowledgement of this change. */
  readonly acknowledged: readonly Acknowledgement[];
  /** Acknowledgements that are worth nothing, each with why: remove them. */
  readonly lapsed: readonly LapsedAcknowledgement[];
}

/** An acknowledgement that counts no more, or never did. */
export interface LapsedAcknowledgement extends Acknowledgement {
  /** `unmatched`: nothing in the plan meets it. `old`: it was there before this change. */
  readonly lapse: "unmatched" | "old";
}

/**
 * Judges an environment.
 *
 * @param lapsed acknowledgements that do not count
 * @throws PlanError if a rule itself fails, or two have one name
 */
export function judge(
  rules: readonly Rule[],
  context: PolicyContext,
  lapsed: readonly LapsedAcknowledgement[] = [],
): Verdict {
  const names = rules.map(({ name }) => name);
  const doubled = names.find((name, at) => names.indexOf(name) !== at);
  if (doubled !== undefined)
    throw new PlanError(`policy: two rules are called "${doubled}"; rename one, or list it once`);
  const verdicts = rules.map((rule): RuleVerdict => {
    const { name, description } = rule;
    return { name, description, findings: findingsOf(rule, context) };
  });
  const acknowledged = context.acknowledgements.filter((entry) => meets(entry, context.resources));
  const unmatched = context.acknowledgements
    .filter((entry) => !acknowledged.includes(entry))
    .map((entry): LapsedAcknowledgement => ({ ...entry, lapse: "unmatched" }));
  return {
    ok: verdicts.every(({ findings }) => findings.length === 0),
    rules: verdicts,
    acknowledged,
    lapsed: [...unmatched, ...lapsed],
  };
}

function findingsOf(rule: Rule, context: PolicyContext): readonly Finding[] {
  try {
    return rule.check(context);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new PlanError(`policy: the rule "${rule.name}" fails (${why}); correct the rule`);
  }
}

const meets = (entry: Acknowledgement, resources: readonly PlannedResource[]) =>
  resources.some(
    ({ stack, address, action }) =>
      stack === entry.stack &&
      address === entry.address &&
      action === (entry.action === "destroy" ? "delete" : "replace"),
  );
