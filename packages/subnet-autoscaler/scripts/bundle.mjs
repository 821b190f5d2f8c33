// Bundles the Lambda with the AWS SDK: node scripts/bundle.mjs [file, dist/lambda/index.mjs by default]
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
  // The SDK's ES modules: their CommonJS twins are one file a client, from which nothing can be left out.
  mainFields: ["module", "main"],
  // From sources, so that only the arithmetic is taken along and not the plan's YAML reader.
  alias: { "@cluster-ipam/address-plan": path("../../address-plan/src/index.ts") },
  legalComments: "none",
  logLevel: "warning",
});
