import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";

const FOLDER = join(__dirname, "../../src/runtime");

/** Digest of the function's sources. The build writes it next to the archive that it makes of them. */
export function runtimeDigest(): string {
  const files = readdirSync(FOLDER, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => file.split(sep).join("/"))
    .sort();
  const digest = createHash("sha256");
  for (const file of files) digest.update(file).update(readFileSync(join(FOLDER, file)));
  return digest.digest("hex");
}
