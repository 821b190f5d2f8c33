import { type ComparedLock } from "@cluster-ipam/address-plan";
import { readStackRecord, type StackRecord } from "@cluster-ipam/address-plan/stacks";
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
  return new Map(
    environments.flatMap(({ name, app }): [string, RecordedStacks][] => {
      const record = readStackRecord(app);
      return record === undefined ? [] : [[name, stacksIn(record, lock)]];
    }),
  );
}

/** The stacks in a record. @param lock its renames tell the name in the plan of a cluster */
export function stacksIn({ stacks }: StackRecord, { renamed = [] }: ComparedLock): RecordedStacks {
  const names = new Map(renamed.map(({ cluster, createdAs }) => [createdAs, cluster]));
  return new Map(
    stacks.map(({ id, cluster }) => [
      id,
      cluster === undefined ? undefined : (names.get(cluster) ?? cluster),
    ]),
  );
}
