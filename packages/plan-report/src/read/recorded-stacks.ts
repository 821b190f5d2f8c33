import { type ComparedLock } from "@cluster-ipam/address-plan";
import { readStackRecord } from "@cluster-ipam/address-plan/stacks";

/** The stacks that an app composes or once composed, with the cluster that each serves, by the name in the plan. */
export type RecordedStacks = ReadonlyMap<string, string | undefined>;

/**
 * Reads the record of an app's stacks.
 *
 * @param app absolute path of the app's folder
 * @param lock its renames tell the name in the plan of a cluster that is called otherwise in the cloud
 * @returns undefined if the app has no record
 * @throws AddressPlanError if the record is damaged
 */
export function readRecordedStacks(app: string, lock: ComparedLock): RecordedStacks | undefined {
  const record = readStackRecord(app);
  if (record === undefined) return undefined;
  const names = new Map((lock.renamed ?? []).map(({ cluster, createdAs }) => [createdAs, cluster]));
  return new Map(
    record.stacks.map(({ id, cluster }) => [
      id,
      cluster === undefined ? undefined : (names.get(cluster) ?? cluster),
    ]),
  );
}
