// Bundles the Lambda function with the AWS SDK. Usage: node scripts/bundle.mjs [file] (default: dist/lambda/index.mjs)
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

await build({
  entryPoints: [path("../src/runtime/handler.ts")],
  outfile: process.argv[2] ?? path("../dist/lambda/index.mjs"),
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
