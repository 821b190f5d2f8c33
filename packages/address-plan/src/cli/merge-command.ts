import { execFileSync } from "node:child_process";
import { readText, writeText } from "../repository";

import { type AddressLock, EMPTY_LOCK, LOCK_FILE, renderLock } from "../lock/address-lock";
import { mergeLocks } from "../lock/lock-merge";
import { hasConflict, parseConflict, parseLock } from "../lock/lock-text";

/** Branches whose allocations are kept. */
const MAIN_BRANCHES = ["origin/HEAD", "origin/main", "main", "origin/master", "master"];

/**
 * Git's merge driver for the lock: merges both sides and writes the result over `ours`.
 *
 * @param base path of the common ancestor, `%O`; empty if there is none
 * @param ours path of the current side, `%A`
 * @param theirs path of the other side, `%B`
 * @throws AddressPlanError if a side is damaged
 */
export function mergeFiles(base: string, ours: string, theirs: string, directory: string): void {
  const [own, other] = [ours, theirs].map((path) => parseSide(readText(path), directory));
  const old = parseSide(readText(base), directory);
  const merged = theirsIsMain(directory) ? mergeLocks(other!, own!, old) : mergeLocks(own!, other!, old);
  writeText(ours, renderLock(merged));
}

/** Resolves a lock with conflict markers. @throws AddressPlanError if a side is damaged */
export function mergedConflict(text: string, directory: string): AddressLock {
  const [upper, lower] = parseConflict(text);
  const base = committedBase(directory);
  return theirsIsMain(directory) ? mergeLocks(lower, upper, base) : mergeLocks(upper, lower, base);
}

function parseSide(text: string, directory: string): AddressLock {
  if (text.trim() === "") return EMPTY_LOCK;
  return hasConflict(text) ? mergedConflict(text, directory) : parseLock(text);
}

/**
 * Whether the other side of a merge is the main branch, whose addresses may be deployed. In a rebase, and in a merge into
 * the main branch, it is the current side.
 */
function theirsIsMain(directory: string): boolean {
  const head = git(directory, "rev-parse", "-q", "--verify", "HEAD");
  const others = [
    git(directory, "rev-parse", "-q", "--verify", "MERGE_HEAD"),
    // While git merges, the file MERGE_HEAD does not exist yet.
    ...Object.keys(process.env).map((name) => /^GITHEAD_([0-9a-f]{40,64})$/.exec(name)?.[1]),
  ].filter((commit): commit is string => commit !== undefined && commit !== head);
  return others.some((commit) =>
    MAIN_BRANCHES.some(
      (branch) => git(directory, "merge-base", "--is-ancestor", commit, branch) !== undefined,
    ),
  );
}

/** The lock of the common ancestor in a merge or a rebase. Undefined if git has none, or it has conflicts. */
function committedBase(directory: string): AddressLock | undefined {
  for (const other of ["MERGE_HEAD", "REBASE_HEAD", "CHERRY_PICK_HEAD"]) {
    const commit = git(directory, "merge-base", "HEAD", other);
    const text = commit === undefined ? undefined : git(directory, "show", `${commit}:./${LOCK_FILE}`);
    if (text !== undefined) return hasConflict(text) ? undefined : parseLock(text);
  }
  return undefined;
}

/** The output of a git command. Undefined if it fails, for example because there is no such commit. */
function git(directory: string, ...args: string[]): string | undefined {
  try {
    return execFileSync("git", args, {
      cwd: directory,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return undefined;
  }
}
