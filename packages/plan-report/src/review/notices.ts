import { type LockDifference } from "@cluster-ipam/address-plan";
import { type ClusterReport } from "../read/address-report";
import { type StackOutcome } from "../read/plan-document";
import { type RecordedStacks } from "../read/recorded-stacks";

/** Input of {@link notices}. */
export interface NoticesProps {
  readonly environment: string;
  /** The clusters of the environment in the address plan. */
  readonly clusters: readonly ClusterReport[];
  readonly stacks: readonly StackOutcome[];
  /** The records of all apps, by environment. */
  readonly recorded: ReadonlyMap<string, RecordedStacks>;
  /** The records in the base whose apps this environment reviews, by environment. */
  readonly baseRecorded: ReadonlyMap<string, RecordedStacks>;
  /** The changes of the lock that this environment reviews. */
  readonly lockChanges: readonly LockDifference[];
}

/** Sentences about what is no violation, but probably not meant. */
export const notices = (props: NoticesProps): string[] => [
  ...unusedClusters(props),
  ...forgottenStacks(props),
];

/** Clusters in the plan that no stack uses. */
function unusedClusters({ environment, clusters, stacks, recorded }: NoticesProps): string[] {
  if (!recorded.has(environment)) return [];
  const retired = new Set(
    stacks.flatMap((outcome) => (outcome.planned && outcome.retired ? outcome.stack : [])),
  );
  const used = new Set(
    [...recorded.values()].flatMap((record) =>
      [...record].flatMap(([stack, cluster]) => (retired.has(stack) ? [] : (cluster ?? []))),
    ),
  );
  return clusters
    .filter(({ name }) => !used.has(name))
    .map(
      ({ name }) =>
        `${name} has addresses in addresses.yaml, but no stack of apps/${environment} uses them; ` +
        "compose its stacks, or remove it from addresses.yaml",
    );
}

/** Stacks that left a record, unless their cluster was freed with proof in the same change. */
function forgottenStacks({ recorded, baseRecorded, lockChanges }: NoticesProps): string[] {
  const proven = new Set(
    lockChanges.flatMap(({ kind, key, proof }) =>
      kind === "freed" && proof !== undefined ? (key.split("/")[4]?.replace(/#\d+$/, "") ?? []) : [],
    ),
  );
  return [...baseRecorded].flatMap(([app, record]) =>
    [...record]
      .filter(([stack]) => recorded.get(app)?.has(stack) !== true)
      .filter(([, cluster]) => cluster === undefined || !proven.has(cluster))
      .map(
        ([stack]) =>
          `${stack} is no longer in apps/${app}/stacks.lock.json, so nothing destroys what its state has; ` +
          "restore the entry, unless its state is empty",
      ),
  );
}
