// Packs the bundle into the archive that Lambda takes. The same bundle gives the same bytes on every machine, so that
// a plan shows a change of the code only where there is one.
const { createHash } = require("node:crypto");
const { readFileSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { zipSync } = require("fflate");

const folder = join(__dirname, "../dist/lambda");
const unix = 3;
const entry = {
  // A ZIP holds local time; the first moment it can hold reads the same in every time zone.
  mtime: new Date(1980, 0, 1),
  os: unix,
  // A file that everybody may read: Lambda runs the code as another user.
  attrs: 0o100644 << 16,
  level: 9,
};
const archive = zipSync({ "index.js": [readFileSync(join(folder, "index.js")), entry] });
writeFileSync(join(folder, "subnet-autoscaler.zip"), archive);
writeFileSync(
  join(folder, "subnet-autoscaler.json"),
  `${JSON.stringify({ sha256: createHash("sha256").update(archive).digest("base64") })}\n`,
);
