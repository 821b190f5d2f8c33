import { type ComparedLock } from "@cluster-ipam/address-plan";
import { readStackRecord } from "@cluster-ipam/address-plan/stacks";
import { type Environment } from "./environment";

/** The stacks that an app composes or once composed, by id, with the name in the plan of the cluster that each serves. */
export type RecordedStacks = ReadonlyMap<string, string | undefined>;

/**
 * Reads the records of apps. A synthesis writes them.
 *
 * @param lock its renames tell the name in the plan of a cluster that is called otherwise in the cloud
 * @returns by name of the environment; an app without a record is left out
 * @throws AddressPlanError if a record is damaged
 */
export function readRecordedStacks(
  environments: readonly Pick<Environment, "name" | "app">[],
  lock: ComparedLock,
): Map<string, RecordedStacks> {
  const names = new Map((lock.renamed ?? []).map(({ cluster, createdAs }) => [createdAs, cluster]));
  const nameInPlan = (cluster: string | undefined) =>
    cluster === undefined ? undefined : (names.get(cluster) ?? cluster);
  return new Map(
    environments.flatMap(({ name, app }): [string, RecordedStacks][] => {
      const record = readStackRecord(app);
      if (record === undefined) return [];
      return [[name, new Map(record.stacks.map(({ id, cluster }) => [id, nameInPlan(cluster)]))]];
    }),
  );
}
