import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const FOLDER = join(__dirname, "../../src/runtime");

/** A digest of the function's sources, which the build keeps beside the archive that it makes of them. */
export function runtimeDigest(): string {
  const digest = createHash("sha256");
  for (const file of readdirSync(FOLDER).sort()) digest.update(file).update(readFileSync(join(FOLDER, file)));
  return digest.digest("hex");
}
