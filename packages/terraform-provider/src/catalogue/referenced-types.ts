import { type Dirent, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** Levels of folders searched; cdktf writes three below the app. */
const depth = 8;
const skipped = new Set(["node_modules", ".git", ".nx", ".terraform"]);
const configuration = /\.(tf|tf\.json|tfstate)$/;
const typeName = /\b(?:aws|google|kubernetes)_[a-z0-9_]+\b/g;

/**
 * A clock's tick and then some, in milliseconds: what changed a moment before it was read may change again and keep
 * its time.
 */
const settled = 100;

interface Kept<Content> {
  /** When it was last changed, in milliseconds. */
  readonly changed: number;
  readonly content: Content;
}

interface Listing {
  readonly configurations: readonly string[];
  readonly folders: readonly string[];
}

/**
 * Finds which Terraform types the configurations and local states under some folders mention, so that
 * types outside the overlay can be offered. Terraform refuses a type that the search, 8 levels deep,
 * did not find. Terraform asks for schemas several times a run, so what did not change is not read again.
 */
export class ReferencedTypes {
  private readonly listings = new Map<string, Kept<Listing>>();
  private readonly names = new Map<string, Kept<readonly string[]>>();

  constructor(private readonly folders: readonly string[]) {}

  /** The names mentioned now. */
  find(): ReadonlySet<string> {
    const found = new Set<string>();
    for (const folder of this.folders) this.search(folder, depth, found);
    return found;
  }

  private search(folder: string, levels: number, found: Set<string>): void {
    const { configurations, folders } = unlessUnchanged(this.listings, folder, list) ?? nothing;
    for (const file of configurations)
      for (const name of unlessUnchanged(this.names, file, namesIn) ?? []) found.add(name);
    if (levels > 0) for (const inner of folders) this.search(inner, levels - 1, found);
  }
}

const nothing: Listing = { configurations: [], folders: [] };

/** Reads what is not kept or has changed. @returns undefined when it is gone */
function unlessUnchanged<Content>(
  kept: Map<string, Kept<Content>>,
  path: string,
  read: (path: string) => Content,
): Content | undefined {
  const changed = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  if (changed === undefined) return undefined;
  const known = kept.get(path);
  if (known?.changed === changed) return known.content;
  const content = read(path);
  if (Date.now() - changed > settled) kept.set(path, { changed, content });
  return content;
}

const namesIn = (file: string): readonly string[] => [...new Set(readFileSync(file, "utf8").match(typeName))];

function list(folder: string): Listing {
  const entries = entriesOf(folder);
  const paths = (chosen: (entry: Dirent) => boolean) =>
    entries.filter(chosen).map(({ name }) => join(folder, name));
  return {
    configurations: paths((entry) => entry.isFile() && configuration.test(entry.name)),
    folders: paths((entry) => entry.isDirectory() && !skipped.has(entry.name)),
  };
}

/** A folder that is gone, or not ours to read, mentions nothing. */
function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "EACCES" || code === "ENOTDIR") return [];
    throw error;
  }
}
