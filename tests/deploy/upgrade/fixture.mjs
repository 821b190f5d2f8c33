// Deploys the apps of a commit of this repository and saves the Terraform states and the sandbox's cloud in
// previous.json.br: upgrade.long.test.ts plans today's apps on them. Run it for every release, and when the format of
// the sandbox's cloud changes (today's sandbox deploys, so build it first):
//
//     npm run upgrade-fixture -- v1.2.3
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";

const fixture = fileURLToPath(new URL("previous.json.br", import.meta.url));
const sandbox = fileURLToPath(
  new URL("../../../packages/sandbox/bin/sandbox-environments.js", import.meta.url),
);
const git = (...args) => execFileSync("git", args, { encoding: "utf8" }).trim();

/** The files of a folder of the tree, by the path they get in the fixture. */
const filesOf = (folder, prefix, chosen) =>
  readdirSync(folder)
    .filter((name) => chosen.test(name))
    .sort()
    .map((name) => [`${prefix}/${name}`, readFileSync(join(folder, name), "utf8")]);

/** Everything that the apps of a checked out commit deploy. */
function deployed(tree) {
  const run = (command, ...args) =>
    execFileSync(command, args, {
      cwd: tree,
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, SANDBOX_STATE: join(tree, ".sandbox"), NX_DAEMON: "false", CI: "true" },
    });
  run("npm", "ci", "--prefer-offline", "--no-audit", "--no-fund");
  run("npx", "nx", "run-many", "-t", "build");
  run(process.execPath, sandbox, "deploy");
  const apps = readdirSync(join(tree, "apps"));
  return Object.fromEntries([
    ...filesOf(join(tree, ".sandbox"), ".sandbox", /\.json$/),
    ...apps.flatMap((app) => filesOf(join(tree, "apps", app, "state"), `apps/${app}/state`, /\.tfstate$/)),
  ]);
}

const [name, ...rest] = process.argv.slice(2);
if (name === undefined || rest.length > 0) {
  console.error("usage: npm run upgrade-fixture -- <commit or tag of the last release>");
  process.exit(2);
}
const commit = git("rev-parse", "--verify", `${name}^{commit}`);
const folder = mkdtempSync(join(realpathSync(tmpdir()), "upgrade-fixture-"));
const tree = join(folder, "tree");
try {
  git("worktree", "add", "--detach", tree, commit);
  const files = deployed(tree);
  const text = JSON.stringify({ commit, files }).replaceAll(tree, "/repository");
  writeFileSync(fixture, brotliCompressSync(text));
  console.log(
    `${fixture} holds what ${name} (${commit.slice(0, 7)}) deploys: ${Object.keys(files).length} files`,
  );
} finally {
  git("worktree", "remove", "--force", tree);
  rmSync(folder, { recursive: true, force: true });
}
