import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ModuleKind, ScriptTarget, transpileModule } from "typescript";

// Jest has its own module cache, so this runs in Node, inside this package to find its cdktf.
const folder = mkdtempSync(join(__dirname, ".lazy-archiver-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(script: string): string {
  const source = readFileSync(join(__dirname, "../../src/startup/lazy-archiver.ts"), "utf8");
  const compilerOptions = { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 };
  writeFileSync(join(folder, "lazy-archiver.js"), transpileModule(source, { compilerOptions }).outputText);
  writeFileSync(join(folder, "main.js"), `require("./lazy-archiver"); ${script}`);
  return execFileSync(process.execPath, ["main.js"], { cwd: folder, encoding: "utf8" });
}

test("cdktf is loaded without archiver", () => {
  const loaded = run(`
    require("cdktf");
    console.log(Object.keys(require.cache).filter((file) => /zip-stream|readable-stream/.test(file)).length);
  `);
  expect(loaded).toBe("0\n");
});

test("an archive asset is zipped", () => {
  mkdirSync(join(folder, "content"));
  writeFileSync(join(folder, "content/hello.txt"), "hello");
  run(`
    const { App, AssetType, TerraformAsset, TerraformStack } = require("cdktf");
    const app = new App({ outdir: "out" });
    const stack = new TerraformStack(app, "stack");
    const asset = new TerraformAsset(stack, "asset", { path: process.cwd() + "/content", type: AssetType.ARCHIVE });
    app.synth();
    require("fs").copyFileSync("out/stacks/stack/" + asset.path, "archive.zip");
  `);
  expect(readFileSync(join(folder, "archive.zip")).subarray(0, 2).toString()).toBe("PK");
});
