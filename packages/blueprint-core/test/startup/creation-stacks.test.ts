import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ModuleKind, ScriptTarget, transpileModule } from "typescript";

// Jest has its own module cache, so this runs in Node, inside this package to find its cdktf.
const folder = mkdtempSync(join(__dirname, ".creation-stacks-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The error of a token that cannot be resolved. */
function message(env: NodeJS.ProcessEnv): string {
  const source = readFileSync(join(__dirname, "../../src/startup/creation-stacks.ts"), "utf8");
  const compilerOptions = { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 };
  writeFileSync(join(folder, "creation-stacks.js"), transpileModule(source, { compilerOptions }).outputText);
  writeFileSync(
    join(folder, "main.js"),
    `require("./creation-stacks");
    const { App, Lazy, TerraformOutput, TerraformStack } = require("cdktf");
    const stack = new TerraformStack(new App(), "stack");
    new TerraformOutput(stack, "output", { value: Lazy.anyValue({ produce: () => { throw new Error("no value"); } }) });
    try { stack.prepareStack(); } catch (error) { console.log(error.message); }`,
  );
  return execFileSync(process.execPath, ["main.js"], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, DEBUG: undefined, ...env },
  });
}

test("the error of a token shows its creation stack only if DEBUG is set", () => {
  expect(message({})).toContain("no value");
  expect(message({})).not.toContain("Object creation stack");
  expect(message({ DEBUG: "1" })).toMatch(/no value[\s\S]*Object creation stack:[\s\S]*main\.js/);
});
