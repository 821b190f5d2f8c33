import { execFile } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
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
  STAGING_AWS_ACCOUNT_ID: /STAGING_AWS_ACCOUNT_ID=(\d{12})$/m.exec(readFileSync(page, "utf8"))![1],
  CHECKPOINT_DISABLE: "1",
};

beforeAll(() => {
  workspace = mkdtempSync(join(realpathSync(tmpdir()), "cluster-ipam-readme-"));
  for (const folder of ["node_modules", "packages"]) symlinkSync(join(root, folder), join(workspace, folder));
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

  await run(bin("tsc"), ["-b"], { cwd: app(), env });

  await run("node", ["dist/main.js"], { cwd: app(), env });
  const { stdout } = await run(bin("sandbox"), ["--from-nothing", "--", bin("plan-stacks")], {
    cwd: app(),
    env,
  });
  for (const stack of ["staging-shop", "staging-shop-network", "staging-search", "staging-search-network"]) {
    expect(stdout).toMatch(new RegExp(`✓ ${stack} +\\d+ to add`));
  }
});

test("the page's app has every file of an app, as npm run new:environment makes it", () => {
  const files = blocks.flatMap(({ file }) => file ?? []).filter((file) => file.startsWith("apps/staging/"));
  const made = ["package.json", "cdktf.json", "tsconfig.json", "src/main.ts"].map(
    (file) => `apps/staging/${file}`,
  );
  expect([...files].sort()).toEqual([...made].sort());
  for (const file of ["cdktf.json", "package.json"]) {
    const own = readJson(join(workspace, "apps/staging", file));
    const dev = readJson(join(root, "apps/dev", file));
    expect(own["output"]).toEqual(dev["output"]);
    expect(own["app"]).toEqual(dev["app"]);
    expect(own["scripts"]).toEqual(dev["scripts"]);
  }
});

test("the page's account is not one that npm run new:environment gives away", () => {
  const account = env.STAGING_AWS_ACCOUNT_ID!;
  expect(readFileSync(join(app(), "src/main.ts"), "utf8")).toContain(`accountId: "${account}"`);
  // It gives 111111111111 to 999999999999, then 100000000001 and those after it.
  expect(account).not.toMatch(/^((\d)\2{11}|1000000\d+)$/);
});

const readJson = (path: string) => JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;

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
  for (const [, script = ""] of commands.matchAll(/npm (?:run )?(?!ci|run|install)([\w:-]+)/g))
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

test("what the page composes is deployed, and destroyed again", async () => {
  const cdktf = async (command: string, protection: "on" | "off") => {
    const args = ["--", bin("cdktf"), command, "staging-*", "--auto-approve", "--skip-provider-lock"];
    await run(bin("sandbox"), args, {
      cwd: app(),
      env: { ...env, STAGING_DELETION_PROTECTION: protection },
      maxBuffer: 64 * 1024 * 1024,
    });
  };
  const resources = () =>
    readdirSync(join(app(), "state"))
      .filter((name) => name.endsWith(".tfstate"))
      .map((name) => (readJson(join(app(), "state", name))["resources"] as unknown[]).length);
  await cdktf("deploy", "on");
  expect(resources().every((count) => count > 0)).toBe(true);
  // As npm run destroy:sandbox does.
  await cdktf("deploy", "off");
  await cdktf("destroy", "off");
  expect(resources()).toEqual([0, 0, 0, 0]);
}, 300_000);

test("what the page links to is there", () => {
  const links = [...readFileSync(page, "utf8").matchAll(/\]\(([^)#:]+)\)/g)].map(([, link]) => link!);
  expect(links.length).toBeGreaterThan(2);
  for (const link of links) expect([link, existsSync(join(root, link))]).toEqual([link, true]);
});
