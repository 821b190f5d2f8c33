// Bundles the Lambda function with the AWS SDK, and lists this repository's sources in it next to the bundle.
// Usage: node scripts/bundle.mjs [file] (default: dist/lambda/index.mjs)
import { writeFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

const outfile = process.argv[2] ?? path("../dist/lambda/index.mjs");
const { metafile } = await build({
  entryPoints: [path("../src/runtime/handler.ts")],
  outfile,
  metafile: true,
  bundle: true,
  minify: true,
  platform: "node",
  target: "node22",
  format: "esm",
  // Prefers the SDK's ES modules: its CommonJS builds have one file per client, which cannot be tree-shaken.
  mainFields: ["module", "main"],
  // Bundles the address plan's sources, which the build may not have compiled yet.
  alias: {
    "@cluster-ipam/address-plan/cloud": path("../../address-plan/src/cloud/index.ts"),
    "@cluster-ipam/address-plan/prefix": path("../../address-plan/src/prefix/index.ts"),
  },
  legalComments: "none",
  logLevel: "warning",
});

const packages = path("../..");
const sources = Object.keys(metafile.inputs)
  .map((input) => relative(packages, resolve(input)).split(sep).join("/"))
  .filter((input) => /^[a-z-]+\/src\//.test(input))
  .sort();
writeFileSync(join(dirname(outfile), "sources.json"), `${JSON.stringify(sources, undefined, 2)}\n`);
