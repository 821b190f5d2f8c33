import { type ComparedLock } from "@cluster-ipam/address-plan";
import { type StackOutcome } from "../read/plan-document";

/** A cluster that is retired in the lock, or whose stacks are all retired. */
export interface LeavingCluster {
  /** Its name in `addresses.yaml`, or the name it had there. */
  readonly cluster: string;
  /** Ids of its retired stacks; empty if none of them is planned. */
  readonly stacks: readonly string[];
  /** `new`: this change retires it. `decided`: the base has it as retired. `stacks-only`: only its stacks are retired. */
  readonly decision: "new" | "decided" | "stacks-only";
}

/** Input of {@link leavingClusters}. */
export interface LeavingClustersProps {
  readonly lock: ComparedLock;
  /** @default none: no cluster is retired by this change */
  readonly baseLock?: ComparedLock | undefined;
  /** The planned stacks of the environment. */
  readonly stacks: readonly StackOutcome[];
  /** Whether this environment reviews a cluster's blocks. @param environment the one in their keys */
  readonly reviews: (environment: string) => boolean;
}

/** The clusters of an environment that leave, sorted by name. */
export function leavingClusters({ lock, baseLock, stacks, reviews }: LeavingClustersProps): LeavingCluster[] {
  const [now, before] = [lockedClusters(lock), baseLock && lockedClusters(baseLock)];
  const retired = [...now].filter(([, { isRetired, environment }]) => isRetired && reviews(environment));
  const leaving = new Map(
    retired.map(([createdAs, { cluster }]): [string, LeavingCluster] => [
      cluster,
      {
        cluster,
        stacks: stacksOf(cluster, stacks)
          .filter(isRetiredStack)
          .map(({ stack }) => stack),
        decision: before?.get(createdAs)?.isRetired === false ? "new" : "decided",
      },
    ]),
  );
  for (const cluster of new Set(
    stacks.flatMap((outcome) => (outcome.planned ? (outcome.cluster ?? []) : [])),
  )) {
    const own = stacksOf(cluster, stacks);
    if (leaving.has(cluster) || !own.every(isRetiredStack)) continue;
    leaving.set(cluster, { cluster, stacks: own.map(({ stack }) => stack), decision: "stacks-only" });
  }
  return [...leaving.values()].sort((a, b) => (a.cluster < b.cluster ? -1 : 1));
}

const stacksOf = (cluster: string, stacks: readonly StackOutcome[]) =>
  stacks.filter((outcome) => outcome.planned && outcome.cluster === cluster);

const isRetiredStack = (outcome: StackOutcome) => outcome.planned && outcome.retired === true;

interface LockedCluster {
  /** Name in the plan. */
  readonly cluster: string;
  readonly environment: string;
  /** Whether every block of the cluster is retired. */
  isRetired: boolean;
}

/** The clusters of a lock, by their name in the cloud, which a rename keeps. */
function lockedClusters({ allocations, renamed }: ComparedLock): Map<string, LockedCluster> {
  const createdAs = new Map((renamed ?? []).map((entry) => [entry.cluster, entry.createdAs]));
  const retired = new Set(allocations.flatMap(({ key, state }) => (state === "retired" ? key : [])));
  const clusters = new Map<string, LockedCluster>();
  for (const { key } of allocations) {
    const steps = key.split("/");
    const [, , environment, , segment] = steps;
    if (environment === undefined || segment === undefined) continue;
    const cluster = segment.replace(/#\d+$/, "");
    const isRetired = steps.some((_, end) => retired.has(steps.slice(0, end + 1).join("/")));
    const name = createdAs.get(cluster) ?? cluster;
    const known = clusters.get(name);
    if (known === undefined) clusters.set(name, { cluster, environment, isRetired });
    else known.isRetired &&= isRetired;
  }
  return clusters;
}
