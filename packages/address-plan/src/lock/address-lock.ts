import { z } from "zod";

import { AddressPlanError } from "../message/address-plan-error";

/** File name of the lock, next to `addresses.yaml`. */
export const LOCK_FILE = "addresses.lock.json";

const entrySchema = z.strictObject({ key: z.string(), cidr: z.string(), asked: z.string() });
const lockSchema = z.strictObject({
  version: z.literal(1),
  allocations: z.array(entrySchema),
});

/** One allocation in the lock. */
export interface LockEntry {
  /** Key of the block, for example `aws/eu-central-1/prod/eks`. */
  readonly key: string;
  /** IPv4 CIDR in canonical form. */
  readonly cidr: string;
  /** The demand that the block was allocated for, for display: size and reason. */
  readonly asked: string;
}

/** The committed allocations. An allocation in the lock never moves. */
export interface AddressLock {
  readonly version: 1;
  /** Sorted by key. */
  readonly allocations: readonly LockEntry[];
}

/** A lock without allocations. */
export const EMPTY_LOCK: AddressLock = { version: 1, allocations: [] };

/**
 * Parses a lock.
 *
 * @param file name of the file, for errors
 * @throws AddressPlanError on merge conflicts, invalid JSON, another version, and malformed or duplicate entries
 */
export function parseLock(text: string, file: string = LOCK_FILE): AddressLock {
  const conflict = text.split("\n").findIndex((line) => /^(<{7}|={7}|>{7})( |$)/.test(line));
  if (conflict >= 0)
    throw new AddressPlanError(
      `${file}:${conflict + 1}`,
      "merge conflict; take the main branch's file, then run npm run addresses",
    );
  const result = lockSchema.safeParse(parseJson(text, file));
  if (!result.success) throw malformed(result.error.issues[0]!, text, file);
  const keys = new Set<string>();
  for (const { key } of result.data.allocations) {
    if (keys.has(key)) throw new AddressPlanError(`${file}: ${key}`, `listed twice; ${RESTORE}`);
    keys.add(key);
  }
  return result.data;
}

/** The fix for a lock that was damaged by a manual edit. */
export const RESTORE = "restore the file from version control, then run npm run addresses";

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AddressPlanError(file, `not JSON (${(error as Error).message}); ${RESTORE}`);
  }
}

function malformed(issue: z.core.$ZodIssue, text: string, file: string): AddressPlanError {
  const content = JSON.parse(text) as { version?: unknown; allocations?: { key?: unknown }[] } | null;
  if (issue.path[0] === "version")
    return new AddressPlanError(
      file,
      `version ${JSON.stringify(content?.version)} is not supported; use the version of @cluster-ipam/address-plan that wrote it (this one writes version 1)`,
    );
  const index = issue.path[1];
  const key = typeof index === "number" ? content?.allocations?.[index]?.key : undefined;
  const at = typeof key === "string" ? key : issue.path.map(String).join(".");
  return new AddressPlanError(at ? `${file}: ${at}` : file, `malformed (${issue.message}); ${RESTORE}`);
}

/** Renders a lock with one entry per line, sorted by key, so that one changed allocation is one line of a diff. */
export function renderLock(lock: AddressLock): string {
  const lines = [...lock.allocations]
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(
      ({ key, cidr, asked }) =>
        `    { "key": ${JSON.stringify(key)}, "cidr": ${JSON.stringify(cidr)}, "asked": ${JSON.stringify(asked)} }`,
    );
  const list = lines.length > 0 ? `[\n${lines.join(",\n")}\n  ]` : "[]";
  return `{\n  "version": ${lock.version},\n  "allocations": ${list}\n}\n`;
}
