import { execFile } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { codeBlocks } from "./code-blocks";

const run = promisify(execFile);
const root = join(__dirname, "../..");

let workspace: string;
beforeAll(() => {
  workspace = mkdtempSync(join(realpathSync(tmpdir()), "cluster-ipam-pages-"));
  for (const folder of ["node_modules", "packages"]) symlinkSync(join(root, folder), join(workspace, folder));
});
afterAll(() => rmSync(workspace, { recursive: true, force: true }));

/** Writes a page's program, and more code after it, and runs it. @returns the HCL of a stack */
async function programOf(page: string, file: string, more: string, stack: string): Promise<string> {
  const app = join(workspace, page);
  const block = codeBlocks(join(root, "docs", page)).find((each) => each.file === file);
  mkdirSync(dirname(join(app, file)), { recursive: true });
  writeFileSync(join(app, file), block!.text + more);
  const compilerOptions = {
    ...{ target: "ES2022", module: "node16", strict: true, esModuleInterop: true, skipLibCheck: true },
    ...{ types: ["node"], rootDir: "src", outDir: "dist" },
  };
  writeFileSync(join(app, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["src"] }));
  await run(join(root, "node_modules/.bin/tsc"), ["-p", app]);
  await run(process.execPath, [join(app, file.replace("src/", "dist/").replace(/ts$/, "js"))], { cwd: app });
  return readFileSync(join(app, "cdktf.out/stacks", stack, "cdk.tf"), "utf8");
}

test("the rules of an organization apply to a stack", async () => {
  const hcl = await programOf("aspects.md", "src/rules.ts", "", "audit");
  expect(hcl).toContain('permissions_boundary = "arn:aws:iam::012345678901:policy/platform"');
  expect(hcl).toMatch(/name +\= "acme-auditor"/);
  expect(hcl).toMatch(/retention_in_days = 365/);
  expect(hcl).toMatch(/cost_center = "4711"/);
});

test("the backends of the page are backends", async () => {
  const more = `
import { BlueprintApp, BlueprintStack } from "@cluster-ipam/blueprint-core";
for (const backend of backends) {
  const app = new BlueprintApp({ backend });
  new BlueprintStack(app, "prod-payments");
  app.synth();
}`;
  const hcl = await programOf("backends.md", "src/backends.ts", more, "prod-payments");
  expect(hcl).toContain('schema_name = "prod-payments"');
});
