import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ModuleKind, ScriptTarget, transpileModule } from "typescript";

// Jest has a module cache of its own, so this runs in Node, inside this package so that it finds its cdktf.
const folder = mkdtempSync(join(__dirname, ".inline-source-maps-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Where a program says that an error in cdktf's `lib/app.ts` was thrown, and how much of cdktf it loaded. */
function run(args: readonly string[], env: NodeJS.ProcessEnv = {}): { file: string; bytes: number } {
  const source = readFileSync(join(__dirname, "../../src/startup/inline-source-maps.ts"), "utf8");
  const compilerOptions = { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 };
  writeFileSync(join(folder, "startup.js"), transpileModule(source, { compilerOptions }).outputText);
  writeFileSync(
    join(folder, "main.js"),
    `const { prototype } = require("node:module");
    const compile = prototype._compile;
    let bytes = 0;
    prototype._compile = function (code, file) {
      if (/cdktf.lib/.test(file)) bytes += code.length;
      return compile.call(this, code, file);
    };
    require("./startup");
    const { App } = require("cdktf");
    try { App.of({ node: {} }); } catch ({ stack }) {
      console.log(JSON.stringify({ file: /cdktf.lib.(app\\.\\w+)/.exec(stack)[1], bytes }));
    }`,
  );
  const options = {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, DEBUG: undefined, ...env },
  } as const;
  return JSON.parse(execFileSync(process.execPath, [...args, "main.js"], options)) as ReturnType<typeof run>;
}

test("cdktf is loaded without the source maps inside its files, which are most of it", () => {
  const whole = run([], { DEBUG: "1" });
  const stripped = run([]);
  expect(stripped.bytes).toBeLessThan(whole.bytes / 2);
  expect([stripped.file, whole.file]).toEqual(["app.js", "app.js"]);
});

test("source maps stay where they are asked for", () => {
  expect(run(["--enable-source-maps"]).file).toBe("app.ts");
  expect(run(["--inspect=127.0.0.1:0"]).bytes).toBe(run([], { DEBUG: "1" }).bytes);
});
