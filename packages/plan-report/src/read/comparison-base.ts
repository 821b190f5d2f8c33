import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AddressPlan, AddressPlanError, LOCK_FILE, PLAN_FILE } from "@cluster-ipam/address-plan";
import { type Acknowledgement, ACKNOWLEDGEMENTS_FILE, parseAcknowledgements } from "./acknowledgements";
import { addressReport, type AddressReport } from "./address-report";
import { PlanError } from "../plan-error";

/** What a change is compared with. */
export interface Base {
  /** The folder or commit, for people. */
  readonly name: string;
  /** The address plan there; undefined if there is none yet, or `problem` says why it cannot be read. */
  readonly addresses?: AddressReport;
  /** Why the address plan of the base cannot be compared with. A change may be what repairs it. */
  readonly problem?: string;
  /** What was acknowledged there, and is spent. */
  readonly acknowledgements: readonly Acknowledgement[];
}

/**
 * Reads the address plan and the acknowledgements that a change starts from.
 *
 * @param base a folder that holds `addresses.yaml` and its lock, or a git ref
 * @param root absolute path of the repository
 * @throws PlanError if it is neither
 */
export function readBase(base: string, root: string): Base {
  const isFolder = existsSync(base) && statSync(base).isDirectory();
  const read = isFolder ? readerOfFolder(base) : readerOfCommit(commitOf(base, root), root);
  const [plan, lock] = [read(PLAN_FILE), read(LOCK_FILE)];
  const acknowledgements = parseSpent(read(ACKNOWLEDGEMENTS_FILE));
  if (plan === undefined) return { name: base, acknowledgements };
  try {
    return { name: base, addresses: addressReport(loadPlan(plan, lock)), acknowledgements };
  } catch (error) {
    if (!(error instanceof AddressPlanError)) throw error;
    return { name: base, problem: error.message, acknowledgements };
  }
}

type Reader = (file: string) => string | undefined;

const readerOfFolder =
  (folder: string): Reader =>
  (file) =>
    existsSync(join(folder, file)) ? readFileSync(join(folder, file), "utf8") : undefined;

const readerOfCommit =
  (commit: string, root: string): Reader =>
  (file) => {
    const listed = git(root, "ls-tree", "--name-only", commit, "--", file);
    return listed.trim() === "" ? undefined : git(root, "show", `${commit}:./${file}`);
  };

function commitOf(ref: string, root: string): string {
  try {
    return git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`).trim();
  } catch {
    throw new PlanError(
      `--base ${ref}: neither a folder nor a commit of this repository; name one, or fetch it first (git fetch)`,
    );
  }
}

const git = (cwd: string, ...args: string[]) =>
  execFileSync("git", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], maxBuffer: 2 ** 28 });

function loadPlan(plan: string, lock: string | undefined): AddressPlan {
  const directory = mkdtempSync(join(tmpdir(), "base-addresses-"));
  try {
    writeFileSync(join(directory, PLAN_FILE), plan);
    if (lock !== undefined) writeFileSync(join(directory, LOCK_FILE), lock);
    return AddressPlan.load({ directory });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

const parseSpent = (text: string | undefined) =>
  text === undefined ? [] : parseAcknowledgements(text, `the base's ${ACKNOWLEDGEMENTS_FILE}`);
