import { type Acknowledgement, allowsSameChange } from "../read/acknowledgements";
import { type AddressChange, addressChanges } from "./address-change";
import { type AddressNode, selectEnvironments, type AddressReport } from "../read/address-report";
import { type AttributeChange } from "../terraform/attribute-change";
import { type ComparisonBase } from "../read/comparison-base";
import { type ClusterChange, clusterChanges } from "./cluster-change";
import { type EnvironmentPlan, type StackOutcome } from "../read/plan-document";
import { type PlannedResource } from "../terraform/planned-resource";
import { evaluatePolicy, type Rule, type Verdict } from "../policy/policy";
import { type PoolChange, poolChanges } from "./pool-change";
import { resourceCidrs } from "../policy/resource-cidr";
import { type Action, type ChangeCounts, type ResourceChange, totalCounts } from "../terraform/stack-plan";

/** A planned change to one resource, for a reviewer. It has no sensitive values. */
export interface ReviewedChange extends ResourceChange {
  /** IPv4 CIDRs that the resource occupies. */
  readonly cidrs: readonly string[];
  /** Attributes that an update or replacement changes. */
  readonly attributes: readonly AttributeChange[];
}

/** The result of planning one stack, for a reviewer. */
export type ReviewedStack =
  | (Omit<Extract<StackOutcome, { planned: true }>, "changes"> & {
      readonly changes: readonly ReviewedChange[];
    })
  | Extract<StackOutcome, { planned: false }>;

/**
 * Everything a reviewer needs to know about one environment, without sensitive values. Members may be added;
 * `formatVersion` changes if one is removed or changes its meaning.
 */
export interface Review {
  readonly formatVersion: 1;
  readonly environment: string;
  /** Whether every stack was planned. */
  readonly planned: boolean;
  readonly terraform: { readonly product: "Terraform" | "OpenTofu"; readonly version: string };
  /** What addresses are compared with; undefined without a base, where everything counts as new. */
  readonly base?: {
    /** The folder or git ref. */
    readonly name: string;
    /** Why its address plan is invalid. @default it is valid */
    readonly problem?: string;
  };
  readonly counts: ChangeCounts;
  readonly stacks: readonly ReviewedStack[];
  readonly failure?: EnvironmentPlan["failure"];
  readonly addresses: {
    readonly changes: readonly AddressChange[];
    readonly pools: readonly PoolChange[];
    readonly clusters: readonly ClusterChange[];
    /** The blocks of the environment after the change, with the spaces that contain them. */
    readonly tree: readonly AddressNode[];
  };
  readonly verdict: Verdict;
}

/** Input of {@link review}. */
export interface ReviewProps {
  readonly plan: EnvironmentPlan;
  readonly terraform: Review["terraform"];
  /** Every managed resource of the planned stacks. */
  readonly resources: readonly PlannedResource[];
  /** The address plan of all environments. */
  readonly addresses: AddressReport;
  /** @default none: everything counts as new */
  readonly base?: ComparisonBase;
  readonly rules: readonly Rule[];
  /** Every entry of `acknowledgements.yaml`. */
  readonly acknowledgements: readonly Acknowledgement[];
}

/** Reviews one environment. @throws PlanError if a policy rule throws */
export function review(props: ReviewProps): Review {
  const { plan, terraform, resources, base, rules } = props;
  const environment = plan.name;
  const [after, before] = [props.addresses, base?.addresses].map(
    (report) => report && selectEnvironments(report, [environment]),
  ) as [AddressReport, AddressReport | undefined];
  const own = props.acknowledgements.filter((entry) => entry.environment === environment);
  const isInBase = (entry: Acknowledgement) =>
    base?.acknowledgements.some((other) => allowsSameChange(entry, other)) ?? false;
  const context = {
    environment,
    resources,
    addresses: props.addresses,
    ...(base?.addresses === undefined ? {} : { base: base.addresses }),
    acknowledgements: own.filter((entry) => !isInBase(entry)),
  };
  return {
    formatVersion: 1,
    environment,
    planned: plan.failure === undefined && plan.stacks.every(({ planned }) => planned),
    terraform,
    ...(base === undefined ? {} : { base: summarizeBase(base) }),
    counts: totalCounts(plan.stacks.flatMap((stack) => (stack.planned ? stack : []))),
    stacks: reviewedStacks(plan, resources),
    ...(plan.failure === undefined ? {} : { failure: plan.failure }),
    addresses: {
      changes: changesOf(props, [...(before?.tree ?? []), ...after.tree]),
      pools: poolChanges(before?.tree, after.tree),
      clusters: clusterChanges(before, after),
      tree: after.tree,
    },
    verdict: evaluatePolicy(rules, context, own.filter(isInBase)),
  };
}

/**
 * Changes to the blocks of an environment. Whole plans are compared, because a Region's block that is new to the
 * environment may not be new to the plan.
 */
function changesOf({ base, addresses }: ReviewProps, visible: readonly AddressNode[]): AddressChange[] {
  const keys = new Set(keysOf(visible));
  return addressChanges(base?.addresses?.tree, addresses.tree).filter(({ key }) => keys.has(key));
}

const keysOf = (nodes: readonly AddressNode[]): string[] =>
  nodes.flatMap(({ key, children }) => [key, ...keysOf(children)]);

/** Whether addresses are compared with a base. Only then can a block or cluster be marked as new. */
export const isCompared = ({ base }: Pick<Review, "base">) =>
  base !== undefined && base.problem === undefined;

/** From most to least destructive. */
const SEVERITY: readonly Action[] = ["delete", "replace", "forget", "update", "create", "noop", "read"];

/** Sorts changes by severity: destroyed resources come first. */
export function mostSevereFirst(changes: readonly ReviewedChange[]): ReviewedChange[] {
  return [...changes].sort((a, b) => SEVERITY.indexOf(a.action) - SEVERITY.indexOf(b.action));
}

/** Changes that destroy or replace a resource: the ones a reviewer must not miss. */
export function destructiveChanges(review: Review): (ReviewedChange & { readonly stack: string })[] {
  return review.stacks.flatMap((outcome) =>
    outcome.planned
      ? outcome.changes
          .filter(({ action }) => action === "delete" || action === "replace")
          .map((change) => ({ ...change, stack: outcome.stack }))
      : [],
  );
}

const summarizeBase = ({ name, problem }: ComparisonBase) => ({
  name,
  ...(problem === undefined ? {} : { problem }),
});

function reviewedStacks(plan: EnvironmentPlan, resources: readonly PlannedResource[]): ReviewedStack[] {
  const cidrs = new Map<PlannedResource, string[]>();
  for (const { resource, cidr } of resourceCidrs(resources))
    cidrs.set(resource, [...(cidrs.get(resource) ?? []), cidr]);
  const byAddress = new Map(
    resources.map((resource) => [`${resource.stack}\n${resource.address}`, resource]),
  );
  return plan.stacks.map((outcome): ReviewedStack => {
    if (!outcome.planned) return outcome;
    const changes = outcome.changes.map((change): ReviewedChange => {
      const resource = byAddress.get(`${outcome.stack}\n${change.address}`);
      return {
        ...change,
        cidrs: (resource && cidrs.get(resource)) ?? [],
        attributes: resource?.attributes ?? [],
      };
    });
    return { ...outcome, changes };
  });
}
