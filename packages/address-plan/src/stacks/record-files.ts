import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { readText, writeText } from "../repository";
import { parseStackRecord } from "./record-parser";
import { renderStackRecord, type StackRecord, STACKS_FILE } from "./stack-record";

/** An app with its record. */
export interface RecordedApp {
  /** Name of the app's folder, for example `dev`. */
  readonly app: string;
  /** The folder of the app's `cdktf.json`. */
  readonly folder: string;
  readonly record: StackRecord;
}

/** How deep below the root of the repository an app's folder may be: `apps/<app>`. */
const DEPTH = 2;

/** Reads the record in an app's folder. Undefined if there is none. @throws AddressPlanError if it is damaged */
export function readStackRecord(folder: string): StackRecord | undefined {
  const path = join(folder, STACKS_FILE);
  return existsSync(path) ? parseStackRecord(readText(path), path) : undefined;
}

/**
 * Writes the record of an app, if it changes, and replaces the file in one step.
 *
 * @returns whether the file changed
 */
export function writeStackRecord(folder: string, record: StackRecord): boolean {
  const path = join(folder, STACKS_FILE);
  const text = renderStackRecord(record);
  if (existsSync(path) && readText(path) === text) return false;
  writeText(path, text);
  return true;
}

/**
 * Finds the apps of a repository that have a record, by their folder.
 *
 * @param root folder of `addresses.yaml`
 * @throws AddressPlanError if a record is damaged
 */
export function recordedApps(root: string): readonly RecordedApp[] {
  return recordFolders(root, DEPTH)
    .sort()
    .map((folder) => ({ app: basename(folder), folder, record: readStackRecord(folder)! }));
}

function recordFolders(folder: string, depth: number): string[] {
  const own = existsSync(join(folder, STACKS_FILE)) ? [folder] : [];
  if (depth === 0) return own;
  const folders = readdirSync(folder, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && entry.name !== "node_modules" && !entry.name.startsWith("."),
  );
  return [...own, ...folders.flatMap(({ name }) => recordFolders(join(folder, name), depth - 1))];
}
