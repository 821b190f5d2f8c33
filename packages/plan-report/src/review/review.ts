import { type Acknowledgement, sameAcknowledgement } from "../read/acknowledgements";
import { type AddressChange, addressChanges } from "./address-change";
import { type AddressNode, addressesOf, type AddressReport } from "../read/address-report";
import { type AttributeChange } from "../terraform/attribute-change";
import { type Base } from "../read/comparison-base";
import { type ClusterChange, clusterChanges } from "./cluster-change";
import { type EnvironmentPlan, type StackOutcome } from "../read/plan-document";
import { type PlannedResource } from "../terraform/planned-resource";
import { judge, type Rule, type Verdict } from "../policy/policy";
import { type PoolChange, poolChanges } from "./pool-change";
import { takenCidrs } from "../policy/resource-cidr";
import { type Action, type ChangeCounts, type ResourceChange, totalCounts } from "../terraform/stack-plan";

/** A change of one object, as a reviewer sees it; no value in it is sensitive. */
export interface ReviewedChange extends ResourceChange {
  /** IPv4 CIDRs the object takes. */
  readonly cidrs: readonly string[];
  /** What an update or a replacement changes. */
  readonly attributes: readonly AttributeChange[];
}

/** A stack, as a reviewer sees it. */
export type ReviewedStack =
  | (Omit<Extract<StackOutcome, { planned: true }>, "changes"> & {
      readonly changes: readonly ReviewedChange[];
    })
  | Extract<StackOutcome, { planned: false }>;

/**
 * Everything a reviewer needs to know about one environment; no value in it is sensitive. New members may appear;
 * `formatVersion` rises when one changes its meaning or goes.
 */
export interface Review {
  readonly formatVersion: 1;
  readonly environment: string;
  /** Every stack was planned. */
  readonly planned: boolean;
  readonly terraform: { readonly product: "Terraform" | "OpenTofu"; readonly version: string };
  /** What it is compared with; undefined if nothing was named, and everything counts as new. */
  readonly base?: Pick<Base, "name" | "problem">;
  readonly counts: ChangeCounts;
  readonly stacks: readonly ReviewedStack[];
  readonly failure?: EnvironmentPlan["failure"];
  readonly addresses: {
    readonly changes: readonly AddressChange[];
    readonly pools: readonly PoolChange[];
    readonly clusters: readonly ClusterChange[];
    /** The blocks of the environment after the change, and what they are cut from. */
    readonly tree: readonly AddressNode[];
  };
  readonly verdict: Verdict;
}

export interface ReviewProps {
  readonly plan: EnvironmentPlan;
  readonly terraform: Review["terraform"];
  /** Every managed object of the planned stacks. */
  readonly resources: readonly PlannedResource[];
  /** The address plan of all environments. */
  readonly addresses: AddressReport;
  /** @default nothing: everything counts as new */
  readonly base?: Base;
  readonly rules: readonly Rule[];
  /** All of `acknowledgements.yaml`. */
  readonly acknowledgements: readonly Acknowledgement[];
}

/** Reviews one environment. @throws PlanError if a rule of the policy itself fails */
export function review(props: ReviewProps): Review {
  const { plan, terraform, resources, base, rules } = props;
  const environment = plan.name;
  const [after, before] = [props.addresses, base?.addresses].map(
    (report) => report && addressesOf(report, [environment]),
  ) as [AddressReport, AddressReport | undefined];
  const mine = props.acknowledgements.filter((entry) => entry.environment === environment);
  const isSpent = (entry: Acknowledgement) =>
    base?.acknowledgements.some((other) => sameAcknowledgement(entry, other)) ?? false;
  const context = {
    environment,
    resources,
    addresses: props.addresses,
    ...(base?.addresses === undefined ? {} : { base: base.addresses }),
    acknowledgements: mine.filter((entry) => !isSpent(entry)),
  };
  const spent = mine.filter(isSpent).map((entry) => ({ ...entry, lapse: "old" as const }));
  return {
    formatVersion: 1,
    environment,
    planned: plan.failure === undefined && plan.stacks.every(({ planned }) => planned),
    terraform,
    ...(base === undefined ? {} : { base: baseNote(base) }),
    counts: totalCounts(plan.stacks.flatMap((stack) => (stack.planned ? stack : []))),
    stacks: reviewedStacks(plan, resources),
    ...(plan.failure === undefined ? {} : { failure: plan.failure }),
    addresses: {
      changes: changesOf(props, [...(before?.tree ?? []), ...after.tree]),
      pools: poolChanges(before?.tree, after.tree),
      clusters: clusterChanges(before, after),
      tree: after.tree,
    },
    verdict: judge(rules, context, spent),
  };
}

/**
 * The changes of the blocks that an environment sees. Whole plans are compared: a Region's block is not new to the
 * plan when it is to the environment.
 */
function changesOf({ base, addresses }: ReviewProps, seen: readonly AddressNode[]): AddressChange[] {
  const keys = new Set(keysOf(seen));
  return addressChanges(base?.addresses?.tree, addresses.tree).filter(({ key }) => keys.has(key));
}

const keysOf = (nodes: readonly AddressNode[]): string[] =>
  nodes.flatMap(({ key, children }) => [key, ...keysOf(children)]);

/** Whether there is a before to compare addresses with: only then is something new. */
export const isCompared = ({ base }: Pick<Review, "base">) =>
  base !== undefined && base.problem === undefined;

const GRAVITY: readonly Action[] = ["delete", "replace", "forget", "update", "create", "noop", "read"];

/** Changes in the order in which a reviewer wants to see them: what destroys comes first. */
export function gravestFirst(changes: readonly ReviewedChange[]): ReviewedChange[] {
  return [...changes].sort((a, b) => GRAVITY.indexOf(a.action) - GRAVITY.indexOf(b.action));
}

/** What destroys or replaces: the changes a reviewer must not miss. */
export function alarming(review: Review): (ReviewedChange & { readonly stack: string })[] {
  return review.stacks.flatMap((outcome) =>
    outcome.planned
      ? outcome.changes
          .filter(({ action }) => action === "delete" || action === "replace")
          .map((change) => ({ ...change, stack: outcome.stack }))
      : [],
  );
}

const baseNote = ({ name, problem }: Base) => ({ name, ...(problem === undefined ? {} : { problem }) });

function reviewedStacks(plan: EnvironmentPlan, resources: readonly PlannedResource[]): ReviewedStack[] {
  const cidrs = new Map<PlannedResource, string[]>();
  for (const { resource, cidr } of takenCidrs(resources))
    cidrs.set(resource, [...(cidrs.get(resource) ?? []), cidr]);
  const known = new Map(resources.map((resource) => [`${resource.stack}\n${resource.address}`, resource]));
  return plan.stacks.map((outcome): ReviewedStack => {
    if (!outcome.planned) return outcome;
    const changes = outcome.changes.map((change): ReviewedChange => {
      const resource = known.get(`${outcome.stack}\n${change.address}`);
      return {
        ...change,
        cidrs: (resource && cidrs.get(resource)) ?? [],
        attributes: resource?.attributes ?? [],
      };
    });
    return { ...outcome, changes };
  });
}
