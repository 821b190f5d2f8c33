import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  AddressPlan,
  AddressPlanError,
  type ComparedLock,
  LOCK_FILE,
  parseLock,
  PLAN_FILE,
} from "@cluster-ipam/address-plan";
import { PlanError } from "../errors/plan-error";
import { type Acknowledgement, ACKNOWLEDGEMENTS_FILE, parseAcknowledgements } from "./acknowledgements";
import { addressReport, type AddressReport } from "./address-report";

/** The state of the repository that a change is compared with. */
export interface ComparisonBase {
  /** The folder or git ref, as the user named it. */
  readonly name: string;
  /** The lock in the base; undefined if it has none, or if it is damaged (see `problem`). */
  readonly lock?: ComparedLock;
  /** The address plan in the base; undefined if it has none, or if it is invalid (see `problem`). */
  readonly addresses?: AddressReport;
  /** Why the base's address plan or lock is invalid. Not an error: the change may be the one that repairs it. */
  readonly problem?: string;
  /** Acknowledgements in the base. They no longer count. */
  readonly acknowledgements: readonly Acknowledgement[];
}

/**
 * Reads the address plan and the acknowledgements of the base of a change.
 *
 * @param base a folder with `addresses.yaml` and its lock, or a git ref
 * @param root absolute path of the repository
 * @throws PlanError if it is neither
 */
export function readComparisonBase(base: string, root: string): ComparisonBase {
  const isFolder = existsSync(base) && statSync(base).isDirectory();
  const read = isFolder ? folderReader(base) : commitReader(resolveCommit(base, root), root);
  const [plan, lock] = [read(PLAN_FILE), read(LOCK_FILE)];
  const acknowledgements = parseBaseAcknowledgements(read(ACKNOWLEDGEMENTS_FILE));
  return { name: base, acknowledgements, ...readAddresses(plan, lock) };
}

/**
 * The commit that a working tree is compared with by default: `HEAD`, if it has a lock.
 *
 * @param root absolute path of the repository
 * @returns undefined outside a git work tree, before its first commit, and while no lock is committed
 */
export function defaultBase(root: string): string | undefined {
  try {
    return git(root, "ls-tree", "--name-only", "HEAD", "--", LOCK_FILE).trim() === "" ? undefined : "HEAD";
  } catch {
    return undefined;
  }
}

/** The lock is compared even if the plan next to it is of another version, or does not match it. */
function readAddresses(
  plan: string | undefined,
  lock: string | undefined,
): Pick<ComparisonBase, "lock" | "addresses" | "problem"> {
  const read: { lock?: ComparedLock; addresses?: AddressReport } = {};
  try {
    if (lock !== undefined) read.lock = parseLock(lock);
    if (plan !== undefined) read.addresses = addressReport(loadPlan(plan, lock));
    return read;
  } catch (error) {
    if (!(error instanceof AddressPlanError)) throw error;
    return { ...read, problem: error.message };
  }
}

/** Reads a file of the base; undefined if there is none. */
type Reader = (file: string) => string | undefined;

const folderReader =
  (folder: string): Reader =>
  (file) =>
    existsSync(join(folder, file)) ? readFileSync(join(folder, file), "utf8") : undefined;

const commitReader =
  (commit: string, root: string): Reader =>
  (file) => {
    const listed = git(root, "ls-tree", "--name-only", commit, "--", file);
    return listed.trim() === "" ? undefined : git(root, "show", `${commit}:./${file}`);
  };

function resolveCommit(ref: string, root: string): string {
  try {
    return git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`).trim();
  } catch {
    throw new PlanError(
      `--base ${ref}: neither a folder nor a commit of this repository; name one, or fetch the commit first (git fetch)`,
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

const parseBaseAcknowledgements = (text: string | undefined) =>
  text === undefined ? [] : parseAcknowledgements(text, `the base's ${ACKNOWLEDGEMENTS_FILE}`);
