import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
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
import { readText } from "@cluster-ipam/address-plan/repository";
import { parseStackRecord, STACKS_FILE } from "@cluster-ipam/address-plan/stacks";
import { PlanError } from "../errors/plan-error";
import { type Acknowledgement, ACKNOWLEDGEMENTS_FILE, parseAcknowledgements } from "./acknowledgements";
import { addressReport, type AddressReport } from "./address-report";
import { type RecordedStacks, stacksIn } from "./recorded-stacks";

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
  /** The records of the base's apps, by environment. @default none, or not readable */
  readonly recorded?: ReadonlyMap<string, RecordedStacks>;
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
  const commit = isFolder ? undefined : resolveCommit(base, root);
  const read = commit === undefined ? folderReader(base) : commitReader(commit, root);
  const [plan, lock] = [read(PLAN_FILE), read(LOCK_FILE)];
  const acknowledgements = parseBaseAcknowledgements(read(ACKNOWLEDGEMENTS_FILE));
  const addresses = readAddresses(plan, lock);
  const texts = commit === undefined ? recordsInFolder(base) : recordsInCommit(commit, root, read);
  const recorded = parseRecords(texts, addresses.lock);
  return { name: base, acknowledgements, ...addresses, ...(recorded.size === 0 ? {} : { recorded }) };
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
    existsSync(join(folder, file)) ? readText(join(folder, file)) : undefined;

const commitReader =
  (commit: string, root: string): Reader =>
  (file) => {
    const listed = git(root, "ls-tree", "--name-only", commit, "--", file);
    return listed.trim() === "" ? undefined : git(root, "show", `${commit}:./${file}`);
  };

/** Texts of the records, by name of the app's folder. */
type RecordTexts = readonly (readonly [app: string, text: string])[];

function recordsInCommit(commit: string, root: string, read: Reader): RecordTexts {
  return git(root, "ls-tree", "-r", "--name-only", commit, "--", "apps")
    .split("\n")
    .flatMap((file): [string, string][] => {
      const [, app, name, ...rest] = file.split("/");
      return app !== undefined && name === STACKS_FILE && rest.length === 0 ? [[app, read(file) ?? ""]] : [];
    });
}

const recordsInFolder = (folder: string): RecordTexts =>
  existsSync(join(folder, "apps"))
    ? readdirSync(join(folder, "apps")).flatMap((app): [string, string][] => {
        const file = join(folder, "apps", app, STACKS_FILE);
        return existsSync(file) ? [[app, readText(file)]] : [];
      })
    : [];

/** A damaged record of the base tells nothing; the change may be the one that repairs it. */
function parseRecords(
  texts: RecordTexts,
  lock: ComparedLock = { allocations: [] },
): Map<string, RecordedStacks> {
  const records = new Map<string, RecordedStacks>();
  for (const [app, text] of texts) {
    try {
      records.set(app, stacksIn(parseStackRecord(text), lock));
    } catch (error) {
      if (!(error instanceof AddressPlanError)) throw error;
    }
  }
  return records;
}

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
