import { type LockDifference } from "@cluster-ipam/address-plan";
import { type AcknowledgedChange, type Acknowledgement, allowsSameChange } from "../read/acknowledgements";
import { type AddressReport } from "../read/address-report";
import { PlanError } from "../errors/plan-error";
import { type LeavingCluster } from "./leaving-cluster";
import { type PlannedResource } from "../terraform/planned-resource";

/** The input of a rule: one environment and the whole address plan, without secrets. */
export interface PolicyContext {
  /** Name of the environment, for example `prod`. */
  readonly environment: string;
  /** Every managed resource of every planned stack, including unchanged ones. */
  readonly resources: readonly PlannedResource[];
  /** The address plan of all environments. */
  readonly addresses: AddressReport;
  /** The address plan in the base of the change; undefined without a base. */
  readonly base?: AddressReport;
  /**
   * How the lock changes the blocks that this environment reviews, outermost blocks only; undefined without a base whose
   * lock can be read.
   */
  readonly lockChanges?: readonly LockDifference[];
  /** Name in the plan of the cluster that a stack serves, by stack id, as far as it is recorded. */
  readonly clusterOf: ReadonlyMap<string, string>;
  /** Clusters of this environment that are retired, or whose stacks are. */
  readonly leaving: readonly LeavingCluster[];
  /** Acknowledgements that this change adds for this environment. */
  readonly acknowledgements: readonly Acknowledgement[];
}

/** A violation of a rule. */
export interface Finding {
  /** Stack id. @default the whole environment */
  readonly stack?: string;
  /** Terraform address of the resource. @default none */
  readonly address?: string;
  /** One sentence: what is wrong and how to fix it. */
  readonly message: string;
  /** The entry in `acknowledgements.yaml` that would allow it. @default it cannot be acknowledged */
  readonly acknowledgeAs?: AcknowledgedChange;
}

/** A policy rule. To add your own, see the README. */
export interface Rule {
  /** Lower case with dashes, unique in a policy, for example `tags-present`. */
  readonly name: string;
  /** One sentence: what must be true. */
  readonly description: string;
  /** Returns every violation. */
  check(context: PolicyContext): readonly Finding[];
}

/** The findings of one rule. */
export interface RuleVerdict {
  readonly name: string;
  readonly description: string;
  readonly findings: readonly Finding[];
}

/** Whether an environment complies with the policy. */
export interface Verdict {
  /** Whether no rule has a finding. */
  readonly ok: boolean;
  /** Every rule, in the policy's order. */
  readonly rules: readonly RuleVerdict[];
  /** Acknowledgements of this change that allow a planned action. */
  readonly acknowledged: readonly Acknowledgement[];
  /** Acknowledgements that have no effect and should be removed. */
  readonly stale: readonly StaleAcknowledgement[];
}

/** An acknowledgement without effect. */
export type StaleAcknowledgement = Acknowledgement & {
  /** `unmatched`: it matches no planned action. `in-base`: an earlier change added it. */
  readonly cause: "unmatched" | "in-base";
};

/**
 * Evaluates a policy for one environment.
 *
 * @param inBase acknowledgements of this environment that the base already has
 * @throws PlanError if a rule throws, or two rules have the same name
 */
export function evaluatePolicy(
  rules: readonly Rule[],
  context: PolicyContext,
  inBase: readonly Acknowledgement[] = [],
): Verdict {
  const names = rules.map(({ name }) => name);
  const duplicate = names.find((name, index) => names.indexOf(name) !== index);
  if (duplicate !== undefined)
    throw new PlanError(`policy: two rules are named "${duplicate}"; rename or remove one`);
  const verdicts = rules.map((rule): RuleVerdict => {
    const { name, description } = rule;
    return { name, description, findings: findingsOf(rule, context) };
  });
  const acknowledged = context.acknowledgements.filter((entry) => matchesAny(entry, context));
  const unmatched = context.acknowledgements.filter((entry) => !acknowledged.includes(entry));
  return {
    ok: verdicts.every(({ findings }) => findings.length === 0),
    rules: verdicts,
    acknowledged,
    stale: [
      ...unmatched.map((entry) => ({ ...entry, cause: "unmatched" as const })),
      ...inBase.map((entry) => ({ ...entry, cause: "in-base" as const })),
    ],
  };
}

function findingsOf(rule: Rule, context: PolicyContext): readonly Finding[] {
  try {
    return rule.check(context);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new PlanError(`policy: the rule "${rule.name}" failed (${reason}); correct the rule`);
  }
}

function matchesAny(
  entry: Acknowledgement,
  { resources, leaving, lockChanges = [] }: PolicyContext,
): boolean {
  if ("cluster" in entry) return leaving.some(({ cluster }) => cluster === entry.cluster);
  if ("block" in entry) {
    const kind = entry.action === "free" ? "freed" : "moved";
    return lockChanges.some((change) => change.kind === kind && change.key === entry.block);
  }
  const action = entry.action === "destroy" ? "delete" : "replace";
  return resources.some(
    (resource) =>
      resource.stack === entry.stack && resource.address === entry.address && resource.action === action,
  );
}

/** Whether an acknowledgement of this change allows something. */
export const isAcknowledged = (change: AcknowledgedChange, { acknowledgements }: PolicyContext) =>
  acknowledgements.some((entry) => allowsSameChange(entry, change));

/** Total number of findings. */
export const policyViolations = ({ rules }: Verdict) =>
  rules.reduce((sum, { findings }) => sum + findings.length, 0);
