// Bundles the page's script and style into dist, so that a page needs no network. The tests bundle them in memory.
const { join } = require("node:path");
const { buildSync } = require("esbuild");

const options = {
  entryPoints: [join(__dirname, "browser/main.ts"), join(__dirname, "browser/style.css")],
  outdir: join(__dirname, "../../../dist/render/page/browser"),
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2022", "chrome120", "firefox120", "safari17"],
  legalComments: "none",
};

/** The page's script and style, without writing them. @returns {{ script: string, style: string }} */
exports.bundlePage = () => {
  const { outputFiles } = buildSync({ ...options, write: false });
  const textOf = (name) => outputFiles.find(({ path }) => path.endsWith(name)).text;
  return { script: textOf("main.js"), style: textOf("style.css") };
};

if (require.main === module) buildSync(options);
