import { z } from "zod";

import { numberedKey } from "../blocks/block-key";
import { AddressPlanError } from "../message/address-plan-error";
import {
  type AddressLock,
  type FreedBlock,
  LOCK_FILE,
  type LockEntry,
  type LockedRename,
  type LockedSpace,
  RESTORE,
} from "./address-lock";

/** A lock as it is written, in the version that this package writes. */
const lockSchema = z.strictObject({
  version: z.literal(2),
  spaces: z.array(z.strictObject({ space: z.string(), cidr: z.string() })),
  renamed: z.array(z.strictObject({ cluster: z.string(), createdAs: z.string() })).default([]),
  allocations: z.array(
    z.strictObject({
      key: z.string(),
      cidr: z.string(),
      demand: z.string(),
      podsPerNode: z.int().min(8).max(256).optional(),
      vpcCidr: z.literal("ipam-assigned").optional(),
      state: z.enum(["draining", "retired"]).optional(),
    }),
  ),
  freed: z.array(z.strictObject({ key: z.string(), cidr: z.string(), proof: z.string() })).default([]),
});

const firstVersionSchema = z.strictObject({
  version: z.literal(1),
  allocations: z.array(z.strictObject({ key: z.string(), cidr: z.string(), asked: z.string() })),
});

/** The lines of one side of a merge conflict, or a whole file. */
const MARKER = /^(<{7}|\|{7}|={7}|>{7})( |$)/;

/**
 * Parses a lock of version 2, or of version 1, which it upgrades.
 *
 * @param file name of the file, for errors
 * @throws AddressPlanError on merge conflicts, invalid JSON, another version, and malformed or duplicate entries
 */
export function parseLock(text: string, file: string = LOCK_FILE): AddressLock {
  const conflict = text.split("\n").findIndex((line) => MARKER.test(line));
  if (conflict >= 0)
    throw new AddressPlanError(
      `${file}:${conflict + 1}`,
      "merge conflict; run npm run addresses, which merges both sides",
    );
  const content = parseJson(text, file);
  if ((content as { version?: unknown } | null)?.version === 1) {
    const old = firstVersionSchema.safeParse(content);
    if (!old.success) throw malformed(old.error.issues[0]!, content, file);
    return withUniqueKeys(upgraded(old.data.allocations), file);
  }
  const result = lockSchema.safeParse(content);
  if (!result.success) throw malformed(result.error.issues[0]!, content, file);
  return withUniqueKeys(result.data, file);
}

/** Whether a lock has conflict markers. */
export function hasConflict(text: string): boolean {
  return text.split("\n").some((line) => MARKER.test(line));
}

/**
 * Reads both sides of a lock with conflict markers, line by line: every entry is one line.
 *
 * @returns the entries of the upper side (`<<<<<<<`) and of the lower one (`>>>>>>>`), each with the lines outside conflicts
 * @throws AddressPlanError if a line between the braces is not an entry
 */
export function parseConflict(
  text: string,
  file: string = LOCK_FILE,
): readonly [upper: AddressLock, lower: AddressLock] {
  const sides: [string[], string[]] = [[], []];
  let part: "both" | "upper" | "base" | "lower" = "both";
  for (const line of text.split("\n")) {
    const marker = MARKER.exec(line)?.[1]?.[0];
    if (marker === "<") part = "upper";
    else if (marker === "|") part = "base";
    else if (marker === "=") part = "lower";
    else if (marker === ">") part = "both";
    else {
      if (part === "both" || part === "upper") sides[0].push(line);
      if (part === "both" || part === "lower") sides[1].push(line);
    }
  }
  return [lockOfLines(sides[0], file), lockOfLines(sides[1], file)];
}

/** A merge leaves commas and section ends where neither side had them, so the lines are read one by one. */
function lockOfLines(lines: readonly string[], file: string): AddressLock {
  const spaces: LockedSpace[] = [];
  const renamed: LockedRename[] = [];
  const allocations: LockEntry[] = [];
  const freed: FreedBlock[] = [];
  const seen = new Set<string>();
  for (const line of lines) {
    const entry = line.trim().replace(/,$/, "");
    if (!entry.startsWith("{ ") || seen.has(entry)) continue;
    seen.add(entry);
    const content = parseJson(entry, file) as Record<string, unknown>;
    if ("space" in content) spaces.push(content as unknown as LockedSpace);
    else if ("createdAs" in content) renamed.push(content as unknown as LockedRename);
    else if ("proof" in content) freed.push(content as unknown as FreedBlock);
    else if ("asked" in content) allocations.push(...upgraded([content as never]).allocations);
    else allocations.push(content as unknown as LockEntry);
  }
  const keys = new Map(allocations.map((entry) => [entry.key, entry]));
  const lock = { version: 2, spaces, renamed, allocations: [...keys.values()], freed };
  const result = lockSchema.safeParse(lock);
  if (!result.success) throw malformed(result.error.issues[0]!, lock, file);
  return result.data;
}

/** Version 1 had no spaces, recorded the demand as `asked`, and numbered growth as `growth-2`. */
function upgraded(entries: readonly { key: string; cidr: string; asked: string }[]): AddressLock {
  const allocations = entries.map(({ key, cidr, asked }): LockEntry => {
    const podsPerNode = /\/gke\/[^/]+\/pods$/.test(key) ? / × (\d+) pods$/.exec(asked)?.[1] : undefined;
    return {
      key: key.replace(/\/growth-([2-9]|[1-9]\d+)$/, (_, number: string) =>
        numberedKey("/growth", Number(number)),
      ),
      cidr,
      demand: asked,
      ...(podsPerNode === undefined ? {} : { podsPerNode: Number(podsPerNode) }),
    };
  });
  return { version: 2, spaces: [], renamed: [], allocations, freed: [] };
}

function withUniqueKeys(lock: AddressLock, file: string): AddressLock {
  const keys = new Set<string>();
  for (const { key } of lock.allocations) {
    if (keys.has(key)) throw new AddressPlanError(`${file}: ${key}`, `listed twice; ${RESTORE}`);
    keys.add(key);
  }
  return lock;
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AddressPlanError(file, `not JSON (${(error as Error).message}); ${RESTORE}`);
  }
}

function malformed(issue: z.core.$ZodIssue, given: unknown, file: string): AddressPlanError {
  const content = given as { version?: unknown; allocations?: { key?: unknown }[] } | null;
  if (issue.path[0] === "version")
    return new AddressPlanError(
      file,
      `version ${JSON.stringify(content?.version)} is not supported; use the version of @cluster-ipam/address-plan that wrote it (this one writes version 2)`,
    );
  const index = issue.path[1];
  const key = typeof index === "number" ? content?.allocations?.[index]?.key : undefined;
  const at = typeof key === "string" ? key : issue.path.map(String).join(".");
  return new AddressPlanError(at ? `${file}: ${at}` : file, `malformed (${issue.message}); ${RESTORE}`);
}
