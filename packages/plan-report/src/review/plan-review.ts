import { type Finding } from "../policy/policy";
import { acknowledgedDestruction } from "../policy/rules/acknowledged-destruction";
import { addressesStay } from "../policy/rules/addresses-stay";
import { type PlanDocument } from "../read/plan-document";
import { type ProposedChange } from "../read/proposed-change";
import { type RecordedStacks } from "../read/recorded-stacks";
import { type AddressChange } from "./address-change";
import { review, type Review } from "./review";

/** What `npm run plan` says about the lock: how it differs from the base, and whether that needs a decision. */
export interface PlanReview {
  /** Whether no rule about the lock is violated. */
  readonly ok: boolean;
  /** What addresses are compared with; undefined without a base. */
  readonly base?: Review["base"];
  /** Changes to the blocks of the planned environments; every block is new without a base. */
  readonly changes: readonly AddressChange[];
  readonly violations: readonly PlanViolation[];
  /** What is probably not meant, but no violation, as sentences. */
  readonly notices: readonly string[];
}

/** A violation of a rule about the lock. */
export interface PlanViolation extends Finding {
  readonly environment: string;
  /** Name of the rule. */
  readonly rule: string;
}

/** The result of `npm run plan`, with its review of the lock. */
export interface ReviewedPlan extends PlanDocument {
  readonly review: PlanReview;
}

/** The rules that need no more than the lock and the record of the stacks. */
const LOCK_RULES = [acknowledgedDestruction, addressesStay];

/**
 * Reviews the lock of planned environments. The plans start from an empty state, so they destroy nothing, and only the
 * lock tells what a change takes away.
 */
export function withReview(
  document: PlanDocument,
  change: ProposedChange,
  recorded: ReadonlyMap<string, RecordedStacks>,
): ReviewedPlan {
  const { terraform } = document;
  const reviews = document.environments.map((plan) =>
    review({ ...change, plan, terraform, recorded, resources: [], rules: LOCK_RULES }),
  );
  const changes = reviews.flatMap(({ addresses }) => addresses.changes);
  const base = reviews[0]?.base;
  return {
    ...document,
    review: {
      ok: reviews.every(({ verdict }) => verdict.ok),
      ...(base === undefined ? {} : { base }),
      // The network shows the changes of every environment.
      changes: [...new Map(changes.map((entry) => [`${entry.kind} ${entry.key}`, entry])).values()],
      violations: reviews.flatMap(({ environment, verdict }) =>
        verdict.rules.flatMap(({ name, findings }) =>
          findings.map((finding) => ({ ...finding, environment, rule: name })),
        ),
      ),
      notices: reviews.flatMap(({ notices }) => notices),
    },
  };
}
