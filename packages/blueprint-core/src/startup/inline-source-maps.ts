import { readFileSync } from "node:fs";
import { url as inspectorUrl } from "node:inspector";

/** Packages whose files end in a source map of themselves. */
const mapped = /[/\\]node_modules[/\\](?:cdktf|@cdktf)[/\\]/;
const mark = Buffer.from("\n//# sourceMappingURL=data:");

/**
 * cdktf and its bindings carry their source maps inside their files: 8 of the 12 MB that a synth would read, scan and keep.
 * Without them a synth takes less CPU time and 17 MB less memory (docs/benchmarks.md). A debugger, `--enable-source-maps`
 * and `DEBUG` still load them.
 */
function loadWithoutSourceMaps(): void {
  if (process.env["DEBUG"] || process.sourceMapsEnabled || inspectorUrl() !== undefined) return;
  const original = require.extensions[".js"];
  require.extensions[".js"] = (target, file) => {
    if (!mapped.test(file)) return original?.(target, file);
    const code = withoutSourceMap(readFileSync(file));
    (target as NodeJS.Module & { _compile(code: string, file: string): void })._compile(code, file);
  };
}

function withoutSourceMap(content: Buffer): string {
  const start = content.lastIndexOf(mark);
  const isLastLine = start >= 0 && !content.subarray(start + 1, -1).includes("\n");
  return content.toString("utf8", 0, isLastLine ? start : content.length);
}

loadWithoutSourceMaps();
