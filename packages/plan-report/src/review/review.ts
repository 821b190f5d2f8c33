import { type Acknowledgement, allowsSameChange } from "../read/acknowledgements";
import { type ProposedChange } from "../read/proposed-change";
import { type RecordedStacks } from "../read/recorded-stacks";
import { type AddressChange } from "./address-change";
import { type AddressNode, selectEnvironments, type AddressReport } from "../read/address-report";
import { type AttributeChange } from "../terraform/attribute-change";
import { type ComparisonBase } from "../read/comparison-base";
import { type ClusterChange, clusterChanges } from "./cluster-change";
import { type EnvironmentPlan, type StackOutcome } from "../read/plan-document";
import { type PlannedResource } from "../terraform/planned-resource";
import { type LeavingCluster, leavingClusters } from "../policy/leaving-cluster";
import { evaluatePolicy, type PolicyContext, type Rule, type Verdict } from "../policy/policy";
import { isDeletionProtected } from "../policy/rules/acknowledged-destruction";
import { notices } from "./notices";
import { type Occupant, occupants } from "./occupant";
import { ReviewScope } from "./review-scope";
import { type PoolChange, poolChanges } from "./pool-change";
import { resourceCidrs } from "../policy/resource-cidr";
import { type Action, type ChangeCounts, type ResourceChange, totalCounts } from "../terraform/stack-plan";

/** A planned change to one resource, for a reviewer. It has no sensitive values. */
export interface ReviewedChange extends ResourceChange {
  /** IPv4 CIDRs that the resource occupies. */
  readonly cidrs: readonly string[];
  /** Attributes that an update or replacement changes. */
  readonly attributes: readonly AttributeChange[];
  /** Set for a cluster with deletion protection that is destroyed: the deployment turns it off first. */
  readonly isProtected?: true;
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
    /** Why its address plan or its lock is invalid. @default both are valid */
    readonly problem?: string;
    /** Whether its lock is compared. */
    readonly hasLock: boolean;
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
    /** The resources of the environment's stacks that occupy addresses. */
    readonly occupants: readonly Occupant[];
  };
  /** Clusters that are retired, or whose stacks are. */
  readonly leaving: readonly LeavingCluster[];
  /** What is probably not meant, but no violation, as sentences. */
  readonly notices: readonly string[];
  readonly verdict: Verdict;
}

/** Input of {@link review}. */
export interface ReviewProps extends ProposedChange {
  readonly plan: EnvironmentPlan;
  readonly terraform: Review["terraform"];
  /** Every managed resource of the planned stacks. */
  readonly resources: readonly PlannedResource[];
  /** The records of the apps' stacks, by environment. @default none */
  readonly recorded?: ReadonlyMap<string, RecordedStacks>;
  readonly rules: readonly Rule[];
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
  const scope = new ReviewScope(environment, props);
  const context = {
    ...contextOf(props, scope),
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
      changes: scope.addressChanges([...(before?.tree ?? []), ...after.tree]),
      pools: poolChanges(before?.tree, after.tree),
      clusters: clusterChanges(before, after),
      tree: after.tree,
      occupants: occupants(resources),
    },
    leaving: context.leaving,
    notices: notices({
      ...{ environment, stacks: plan.stacks, lockChanges: scope.ownDifferences() },
      clusters: props.addresses.clusters.filter((cluster) => cluster.environment === environment),
      recorded: props.recorded ?? new Map<string, RecordedStacks>(),
      baseRecorded: new Map([...(base?.recorded ?? [])].filter(([app]) => scope.isOwn(app))),
    }),
    verdict: evaluatePolicy(rules, context, own.filter(isInBase)),
  };
}

function contextOf(props: ReviewProps, scope: ReviewScope): Omit<PolicyContext, "acknowledgements"> {
  const { plan, resources, addresses, lock, base } = props;
  return {
    ...{ environment: plan.name, resources, addresses },
    ...(base?.addresses === undefined ? {} : { base: base.addresses }),
    ...(base?.lock === undefined ? {} : { lockChanges: scope.ownDifferences() }),
    clusterOf: new Map(
      plan.stacks.flatMap((outcome): [string, string][] =>
        outcome.planned && outcome.cluster !== undefined ? [[outcome.stack, outcome.cluster]] : [],
      ),
    ),
    leaving: leavingClusters({
      ...{ lock, baseLock: base?.lock, stacks: plan.stacks },
      reviews: (environment) => scope.isOwn(environment),
    }),
  };
}

/** Whether addresses are compared with a base. Only then can a block be marked as new. */
export const isCompared = ({ base }: Pick<Review, "base">) =>
  base !== undefined && (base.hasLock || base.problem === undefined);

/** Whether pools and clusters are compared with a base, too: that takes the base's plan, which may be invalid. */
export const arePlansCompared = ({ base }: Pick<Review, "base">) =>
  base !== undefined && base.problem === undefined;

/** From most to least destructive. */
const SEVERITY: readonly Action[] = ["delete", "replace", "forget", "update", "create", "noop", "read"];

/** Sorts changes by severity: destroyed resources come first. */
export function mostSevereFirst(changes: readonly ReviewedChange[]): ReviewedChange[] {
  return [...changes].sort((a, b) => SEVERITY.indexOf(a.action) - SEVERITY.indexOf(b.action));
}

/** A change that destroys or replaces a resource. */
export interface DestructiveChange extends ReviewedChange {
  readonly stack: string;
  /** Name in the plan of the cluster that the stack serves. @default none, or not recorded */
  readonly cluster?: string;
}

/** Changes that destroy or replace a resource: the ones a reviewer must not miss. */
export function destructiveChanges(review: Review): DestructiveChange[] {
  return review.stacks.flatMap((outcome) =>
    outcome.planned
      ? outcome.changes
          .filter(({ action }) => action === "delete" || action === "replace")
          .map((change) => ({
            ...{ ...change, stack: outcome.stack },
            ...(outcome.cluster === undefined ? {} : { cluster: outcome.cluster }),
          }))
      : [],
  );
}

/** The stacks that the app no longer composes: the deployment destroys what their states have. */
export function retiredStacks<Outcome extends StackOutcome | ReviewedStack>({
  stacks,
}: {
  readonly stacks: readonly Outcome[];
}): Extract<Outcome, { planned: true }>[] {
  return stacks.filter(
    (outcome): outcome is Extract<Outcome, { planned: true }> => outcome.planned && outcome.retired === true,
  );
}

const summarizeBase = ({ name, problem, lock }: ComparisonBase) => ({
  ...{ name, hasLock: lock !== undefined },
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
        ...(resource !== undefined && change.action === "delete" && isDeletionProtected(resource)
          ? { isProtected: true }
          : {}),
      };
    });
    return { ...outcome, changes };
  });
}
