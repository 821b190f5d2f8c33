import { type Dirent, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** Levels of folders searched; cdktf writes three below the app. */
const depth = 8;
const skipped = new Set(["node_modules", ".git", ".nx", ".terraform"]);
const configuration = /\.(tf|tf\.json|tfstate)$/;
const typeName = /\b(?:aws|google|kubernetes)_[a-z0-9_]+\b/g;

/**
 * Finds which Terraform types the configurations and local states under some folders mention, so that
 * types outside the overlay can be offered. Terraform refuses a type that the search, 8 levels deep,
 * did not find.
 */
export class UsedTypes {
  private readonly read = new Map<string, { readonly changed: number; readonly names: readonly string[] }>();

  constructor(private readonly folders: readonly string[]) {}

  /** The names mentioned now; unchanged files are not read again. */
  find(): ReadonlySet<string> {
    const files: string[] = [];
    for (const folder of this.folders) collect(folder, depth, files);
    return new Set(files.flatMap((file) => this.namesIn(file)));
  }

  private namesIn(file: string): readonly string[] {
    const stat = statSync(file, { throwIfNoEntry: false });
    if (!stat) return [];
    const known = this.read.get(file);
    if (known?.changed === stat.mtimeMs) return known.names;
    const names = [...new Set(readFileSync(file, "utf8").match(typeName))];
    this.read.set(file, { changed: stat.mtimeMs, names });
    return names;
  }
}

function collect(folder: string, levels: number, files: string[]): void {
  for (const entry of entriesOf(folder)) {
    const path = join(folder, entry.name);
    if (entry.isFile() && configuration.test(entry.name)) files.push(path);
    else if (entry.isDirectory() && levels > 0 && !skipped.has(entry.name)) collect(path, levels - 1, files);
  }
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
