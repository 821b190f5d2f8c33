// Bundles the page's script and style into dist, so that a page needs no network. The tests bundle them in memory.
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { buildSync } = require("esbuild");

// What the script contains of others is licensed on the condition that the notice stays with it.
const license = readFileSync(join(require.resolve("d3-hierarchy"), "../../LICENSE"), "utf8");

const options = {
  entryPoints: [join(__dirname, "browser/main.ts"), join(__dirname, "browser/style.css")],
  outdir: join(__dirname, "../../../dist/render/page/browser"),
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2022", "chrome120", "firefox120", "safari17"],
  legalComments: "none",
  banner: { js: `/*! The map uses d3-hierarchy. ${license.trim()} */` },
};

/** The page's script and style, without writing them. @returns {{ script: string, style: string }} */
exports.bundlePage = () => {
  const { outputFiles } = buildSync({ ...options, write: false });
  const textOf = (name) => outputFiles.find(({ path }) => path.endsWith(name)).text;
  return { script: textOf("main.js"), style: textOf("style.css") };
};

if (require.main === module) buildSync(options);
