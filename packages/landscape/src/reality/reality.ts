import { AddressPlan, parseLock, parsePlan } from "@cluster-ipam/address-plan";
import { parse } from "yaml";
import { occupied } from "../adopt/reservations";
import { type Landscape } from "../landscape/landscape";
import { LandscapeError } from "../landscape-error";
import { type Difference, UNTRUE } from "./difference";
import { ExistingNetworks } from "./existing-networks";
import { foreignRanges, ipamStates } from "./foreign-ranges";
import { type Snapshot, type Trend, trendKey, trends } from "./history";
import { compareClusters } from "./planned-blocks";
import { type Utilisation, utilisations } from "./utilisation";

/** A use with its trend, if earlier snapshots have it. */
export interface UtilisationWithTrend extends Utilisation {
  readonly trend?: Trend;
}

/** Whether the plan is true. */
export interface Reality {
  /** `true`: nothing differs, and everything was seen. `false`: something differs. `unknown`: something was not seen. */
  readonly verdict: "true" | "false" | "unknown";
  readonly differences: readonly Difference[];
  readonly utilisation: readonly UtilisationWithTrend[];
  /** What was seen now, for later comparisons. */
  readonly snapshot: Snapshot;
}

/** What the plan is compared with, besides what exists. */
export interface Known {
  /** When the landscape was read. */
  readonly at: Date;
  /** Earlier snapshots. */
  readonly history: readonly Snapshot[];
  /** CIDRs that Terraform's states have. @default none are known */
  readonly states?: ReadonlySet<string>;
  /** Environments whose clusters are compared. @default all */
  readonly environments?: readonly string[];
}

/**
 * Compares the plan and its lock with what exists.
 *
 * @param plan text of `addresses.yaml` @param lockText text of `addresses.lock.json`
 * @throws AddressPlanError if the plan or the lock is invalid, or they do not match
 * @throws LandscapeError if there is no lock
 */
export function compareWithReality(
  landscape: Landscape,
  plan: string,
  lockText: string | undefined,
  { at, history, states = new Set(), environments }: Known,
): Reality {
  if (lockText === undefined)
    throw new LandscapeError("addresses.lock.json", "there is none to compare with; run npm run addresses");
  const definition = parsePlan(plan, "addresses.yaml");
  const lock = parseLock(lockText);
  const addresses = AddressPlan.from(parse(plan) as Parameters<typeof AddressPlan.from>[0], lock);
  const deployed = new Set([...states, ...history.flatMap(({ networks }) => networks)]);
  const adopted = Object.entries(definition.clusters).flatMap(([name, cluster]) =>
    cluster.cloud === "aws" && cluster.adopted !== undefined ? [name] : [],
  );
  const clusters = addresses.clusters.filter(
    ({ environment }) => environments?.includes(environment) ?? true,
  );
  const compared = compareClusters(clusters, new ExistingNetworks(landscape), deployed, new Set(adopted));
  const unseen = landscape.unseen.map(({ what, why }): Difference => ({
    kind: "unseen",
    subject: what,
    message: why,
  }));
  const differences = [
    ...compared.differences,
    ...foreignRanges(landscape.ranges, definition, lock, compared),
    ...ipamStates(landscape.ranges),
    ...unseen,
  ];
  const utilisation = utilisations(landscape, lock);
  const networks = [
    ...new Set(
      [...occupied(landscape.ranges), ...landscape.ranges.filter(({ kind }) => kind === "subnet")].map(
        ({ prefix }) => prefix.toString(),
      ),
    ),
  ];
  const snapshot: Snapshot = { version: 1, at: at.toISOString(), utilisation, networks };
  const found = trends([...history, snapshot]);
  return {
    verdict: verdictOf(differences),
    differences,
    utilisation: utilisation.map((use) => {
      const trend = found.get(trendKey(use));
      return trend === undefined ? use : { ...use, trend };
    }),
    snapshot,
  };
}

function verdictOf(differences: readonly Difference[]): Reality["verdict"] {
  if (differences.some(({ kind }) => UNTRUE.has(kind))) return "false";
  return differences.some(({ kind }) => kind === "unseen") ? "unknown" : "true";
}
