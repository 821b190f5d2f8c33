import { execFile } from "node:child_process";
import {
  cpSync,
  existsSync,
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
import { parse, stringify } from "yaml";
import { codeBlocks } from "./code-blocks";

const run = promisify(execFile);
const root = join(__dirname, "../..");
const page = join(root, "README.md");
const blocks = codeBlocks(page);
const bin = (name: string) => join(root, "node_modules/.bin", name);

/** A repository like this one, into which the page's files are put. */
let workspace: string;
const app = () => join(workspace, "apps/staging");
const env = {
  ...process.env,
  STAGING_AWS_ACCOUNT_ID: "444444444444",
  CHECKPOINT_DISABLE: "1",
};

beforeAll(() => {
  workspace = mkdtempSync(join(realpathSync(tmpdir()), "cluster-ipam-readme-"));
  symlinkSync(join(root, "node_modules"), join(workspace, "node_modules"));
  for (const file of ["addresses.lock.json", "tsconfig.base.json"])
    cpSync(join(root, file), join(workspace, file));
  for (const { file, text } of blocks) {
    if (file === undefined) continue;
    mkdirSync(dirname(join(workspace, file)), { recursive: true });
    writeFileSync(join(workspace, file), file === "addresses.yaml" ? extendedPlan(text) : text);
  }
});
afterAll(() => rmSync(workspace, { recursive: true, force: true }));

/** The repository's plan with what the page adds to it. */
function extendedPlan(addition: string): string {
  const plan = parse(readFileSync(join(root, "addresses.yaml"), "utf8")) as Record<string, object>;
  const added = parse(addition) as Record<string, object>;
  for (const [section, entries] of Object.entries(added)) plan[section] = { ...plan[section], ...entries };
  return stringify(plan);
}

test("the environment that the page composes gets its addresses, type-checks and plans", async () => {
  const before = JSON.parse(readFileSync(join(workspace, "addresses.lock.json"), "utf8")) as Lock;
  await run(bin("addresses"), [], { cwd: workspace, env });
  const after = JSON.parse(readFileSync(join(workspace, "addresses.lock.json"), "utf8")) as Lock;
  expect(after.allocations).toEqual(expect.arrayContaining([...before.allocations]));
  expect(after.allocations.length).toBeGreaterThan(before.allocations.length);

  const options = {
    rootDir: "src",
    outDir: "dist",
    composite: false,
    skipLibCheck: true,
    typeRoots: [join(root, "node_modules/@types")],
  };
  const tsconfig = { extends: "../../tsconfig.base.json", compilerOptions: options, include: ["src"] };
  writeFileSync(join(app(), "tsconfig.json"), JSON.stringify(tsconfig));
  await run(bin("tsc"), ["-p", "."], { cwd: app(), env });

  await run("node", ["dist/main.js"], { cwd: app(), env });
  const { stdout } = await run(bin("sandbox"), ["--from-nothing", "--", bin("plan-stacks")], {
    cwd: app(),
    env,
  });
  for (const stack of ["staging-shop", "staging-shop-network", "staging-search", "staging-search-network"]) {
    expect(stdout).toMatch(new RegExp(`✓ ${stack} +\\d+ to add`));
  }
});

interface Lock {
  readonly allocations: readonly object[];
}

test("the commands exist", () => {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
  };
  const shell = blocks.filter(({ language }) => language === "sh").map(({ text }) => text.trim());
  expect(shell.slice(0, 2)).toEqual(["npm ci && npm run plan", "npm ci && npm test"]);
  const commands = shell.join("\n");
  for (const [, script = ""] of commands.matchAll(/npm (?:run )?(?!ci|run)([\w:-]+)/g))
    expect(scripts).toHaveProperty(script);
  for (const [, name = ""] of commands.matchAll(/npx ([\w-]+)/g)) expect(existsSync(bin(name))).toBe(true);
});

test("each app deploys by the page's command, in the sandbox", async () => {
  const deployments = [
    ...readFileSync(page, "utf8").matchAll(/^\(cd apps\/(\w+) && npx cdktf deploy (\S+)\)$/gm),
  ];
  expect(deployments.map(([, name]) => name)).toEqual(["network", "dev", "prod"]);
  for (const [, name = "", stacks = ""] of deployments) {
    const copy = join(workspace, "apps", name);
    cpSync(join(root, "apps", name, "dist"), join(copy, "dist"), { recursive: true });
    writeFileSync(
      join(copy, "cdktf.json"),
      JSON.stringify({ language: "typescript", app: "node dist/main.js", sendCrashReports: "false" }),
    );
    const deploy = [
      "--",
      bin("cdktf"),
      "deploy",
      stacks.replaceAll("'", ""),
      "--auto-approve",
      "--skip-provider-lock",
    ];
    await run(bin("sandbox"), deploy, { cwd: copy, env, maxBuffer: 64 * 1024 * 1024 });
    expect(existsSync(join(copy, "state"))).toBe(true);
  }
});

test("what the page links to is there", () => {
  const links = [...readFileSync(page, "utf8").matchAll(/\]\(([^)#:]+)\)/g)].map(([, link]) => link!);
  expect(links.length).toBeGreaterThan(2);
  for (const link of links) expect([link, existsSync(join(root, link))]).toEqual([link, true]);
});
