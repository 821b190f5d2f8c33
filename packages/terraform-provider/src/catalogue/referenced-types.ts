import { type Dirent, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** Folder levels searched; cdktf writes three levels below the app. */
const depth = 8;
const skipped = new Set(["node_modules", ".git", ".nx", ".terraform"]);
const configuration = /\.(tf|tf\.json|tfstate)$/;
const typeName = /\b(?:aws|google|kubernetes)_[a-z0-9_]+\b/g;

/**
 * Milliseconds. A file changed this shortly before it was read may change again without a new modification time.
 */
const MODIFICATION_TIME_GRANULARITY = 100;

interface Cached<Content> {
  /** Modification time in milliseconds. */
  readonly changed: number;
  readonly content: Content;
}

interface Listing {
  readonly configurations: readonly string[];
  readonly folders: readonly string[];
}

/**
 * Finds the Terraform types that configurations and local states under some folders reference, so that
 * types outside the overlay can be served. Terraform rejects a type that the search, 8 levels deep, did
 * not find. Terraform requests schemas several times per run, so unchanged files are not read again.
 */
export class ReferencedTypes {
  private readonly listings = new Map<string, Cached<Listing>>();
  private readonly names = new Map<string, Cached<readonly string[]>>();

  constructor(private readonly folders: readonly string[]) {}

  /** The names referenced now. */
  find(): ReadonlySet<string> {
    const found = new Set<string>();
    for (const folder of this.folders) this.search(folder, depth, found);
    return found;
  }

  private search(folder: string, levels: number, found: Set<string>): void {
    const { configurations, folders } = cachedRead(this.listings, folder, list) ?? nothing;
    for (const file of configurations)
      for (const name of cachedRead(this.names, file, namesIn) ?? []) found.add(name);
    if (levels > 0) for (const inner of folders) this.search(inner, levels - 1, found);
  }
}

const nothing: Listing = { configurations: [], folders: [] };

/** Reads a path unless the cached content is current. @returns undefined when the path does not exist */
function cachedRead<Content>(
  kept: Map<string, Cached<Content>>,
  path: string,
  read: (path: string) => Content,
): Content | undefined {
  const changed = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  if (changed === undefined) return undefined;
  const known = kept.get(path);
  if (known?.changed === changed) return known.content;
  const content = read(path);
  if (Date.now() - changed > MODIFICATION_TIME_GRANULARITY) kept.set(path, { changed, content });
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

/** A folder that is gone or unreadable references no types. */
function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "EACCES" || code === "ENOTDIR") return [];
    throw error;
  }
}
