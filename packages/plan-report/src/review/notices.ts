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
}

/** Sentences about what is no violation, but probably not meant: a cluster in the plan that no stack uses. */
export function notices({ environment, clusters, stacks, recorded }: NoticesProps): string[] {
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
