import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The record that the build writes next to the archive. */
export interface ArchiveRecord {
  /** SHA-256 of the whole archive, in base64, as Lambda reports it. */
  readonly sha256: string;
  /** The sources of this repository in the archive: `<package>/src/<file>`, sorted. */
  readonly sources: readonly string[];
  /** SHA-256 of their names and contents, in hexadecimal, see {@link sourcesDigest}. */
  readonly sourcesSha256: string;
}

/** Name of the archive in the build's folder. */
export const ARCHIVE_FILE = "subnet-autoscaler.zip";
/** Name of the {@link ArchiveRecord} in the build's folder. */
export const RECORD_FILE = "subnet-autoscaler.json";

const OWN_PACKAGE = "subnet-autoscaler";
const NAME = "the function code, dist/lambda of @cluster-ipam/subnet-autoscaler,";
const FIX = "run npm run build, or install the package again";

/**
 * SHA-256 of sources in the archive, in hexadecimal.
 *
 * @param sources `<package>/src/<file>`; a file that no longer exists counts as empty
 */
export function sourcesDigest(sources: readonly string[]): string {
  const digest = createHash("sha256");
  for (const source of sources) {
    const path = sourcePath(source);
    digest.update(`${source}\n`).update(existsSync(path) ? readFileSync(path) : "");
  }
  return digest.digest("hex");
}

function sourcePath(source: string): string {
  const [folder = "", ...rest] = source.split("/");
  const root =
    folder === OWN_PACKAGE
      ? join(__dirname, "../..")
      : dirname(require.resolve(`@cluster-ipam/${folder}/package.json`));
  return join(root, ...rest);
}

/**
 * Why an archive must not be deployed; undefined when it is the one that the build made of the current sources.
 *
 * @param folder the build's folder, with the archive and its record
 */
export function archiveFault(folder: string): string | undefined {
  const archive = join(folder, ARCHIVE_FILE);
  const record = readRecord(join(folder, RECORD_FILE));
  if (record === undefined || !existsSync(archive)) return `${NAME} is not built; ${FIX}`;
  if (record === "damaged") return `${NAME} is damaged: ${RECORD_FILE} is not what the build writes; ${FIX}`;
  const actual = createHash("sha256").update(readFileSync(archive)).digest("base64");
  if (actual !== record.sha256)
    return `${NAME} is damaged: ${ARCHIVE_FILE} has SHA-256 ${actual}, but the build recorded ${record.sha256}; ${FIX}`;
  if (sourcesDigest(record.sources) !== record.sourcesSha256)
    return `${NAME} is older than its sources; ${FIX}`;
  return undefined;
}

/**
 * SHA-256 of an archive without fault, in base64, as its record has it.
 *
 * @param folder the build's folder, checked with {@link archiveFault}
 */
export function archiveSha256(folder: string): string {
  return (JSON.parse(readFileSync(join(folder, RECORD_FILE), "utf8")) as ArchiveRecord).sha256;
}

function readRecord(path: string): ArchiveRecord | "damaged" | undefined {
  if (!existsSync(path)) return undefined;
  try {
    const { sha256, sources, sourcesSha256 } = JSON.parse(
      readFileSync(path, "utf8"),
    ) as Partial<ArchiveRecord>;
    if (sha256 === undefined || sourcesSha256 === undefined || !Array.isArray(sources)) return "damaged";
    return { sha256, sources, sourcesSha256 };
  } catch (error) {
    if (error instanceof SyntaxError) return "damaged";
    throw error;
  }
}
