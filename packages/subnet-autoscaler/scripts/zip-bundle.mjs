// Packs the bundle into the ZIP archive for Lambda. The same bundle gives the same bytes on every machine, so that a
// plan shows a code change only if there is one.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { zipSync } from "fflate";
import { ARCHIVE_FILE, RECORD_FILE, sourcesDigest } from "../dist/construct/lambda-archive.js";

const file = (name) => new URL(`../dist/lambda/${name}`, import.meta.url);
const unix = 3;
const entry = {
  // ZIP stores local time; its earliest time reads the same in every time zone.
  mtime: new Date(1980, 0, 1),
  os: unix,
  // World-readable, because Lambda runs the code as another user.
  attrs: 0o100644 << 16,
  level: 9,
};
const archive = zipSync({ "index.mjs": [readFileSync(file("index.mjs")), entry] });
const sources = JSON.parse(readFileSync(file("sources.json"), "utf8"));
const record = {
  sha256: createHash("sha256").update(archive).digest("base64"),
  sources,
  sourcesSha256: sourcesDigest(sources),
};
writeFileSync(file(ARCHIVE_FILE), archive);
writeFileSync(file(RECORD_FILE), `${JSON.stringify(record, undefined, 2)}\n`);
