// Bundles the Lambda with the AWS SDK into dist/lambda/index.mjs.
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

await build({
  entryPoints: [path("../src/runtime/handler.ts")],
  outfile: path("../dist/lambda/index.mjs"),
  bundle: true,
  minify: true,
  keepNames: false,
  platform: "node",
  target: "node22",
  format: "esm",
  // The SDK's ES modules: their CommonJS twins are one file a client, from which nothing can be left out.
  mainFields: ["module", "main"],
  // From sources, so that only the arithmetic is taken along and not the plan's YAML reader.
  alias: { "@cluster-ipam/address-plan": path("../../address-plan/src/index.ts") },
  tsconfigRaw: {},
  legalComments: "none",
  logLevel: "warning",
});
