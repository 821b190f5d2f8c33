import { existsSync } from "node:fs";
import { join } from "node:path";
import { AddressPlan, type ComparedLock, LOCK_FILE, parseLock } from "@cluster-ipam/address-plan";
import { readText } from "@cluster-ipam/address-plan/repository";
import { type Acknowledgement, ACKNOWLEDGEMENTS_FILE, parseAcknowledgements } from "./acknowledgements";
import { addressReport, type AddressReport } from "./address-report";
import { type ComparisonBase, readComparisonBase } from "./comparison-base";
import { environments } from "./environment";

/** What a change proposes: the files of the repository that all its environments share, and what they were. */
export interface ProposedChange {
  /** The address plan of all environments. */
  readonly addresses: AddressReport;
  /** The lock of the address plan. */
  readonly lock: ComparedLock;
  /** Every entry of `acknowledgements.yaml`. */
  readonly acknowledgements: readonly Acknowledgement[];
  /** Names of all environments that have an app; blocks of the others are reviewed with the network. */
  readonly environments: readonly string[];
  /** @default none: everything counts as new */
  readonly base?: ComparisonBase;
}

/**
 * Reads what a change proposes.
 *
 * @param root absolute path of the repository
 * @param base a folder or git ref to compare with @default none
 * @throws AddressPlanError if the address plan or its lock is invalid
 * @throws PlanError for invalid acknowledgements or an unknown base
 */
export function readProposedChange(root: string, base: string | undefined): ProposedChange {
  const file = join(root, ACKNOWLEDGEMENTS_FILE);
  return {
    addresses: addressReport(AddressPlan.load({ directory: root })),
    lock: parseLock(readText(join(root, LOCK_FILE))),
    acknowledgements: existsSync(file) ? parseAcknowledgements(readText(file)) : [],
    environments: environments(root, []).map(({ name }) => name),
    ...(base === undefined ? {} : { base: readComparisonBase(base, root) }),
  };
}
