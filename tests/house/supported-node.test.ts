import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "../..");
const check = join(root, "packages/address-plan/bin/supported-node.js");

/** Loads the check as if by another version of Node. */
const underNode = (version: string) => {
  const pretend =
    "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: process.argv[1] } });";
  const script = `${pretend} require(${JSON.stringify(check)})`;
  return spawnSync(process.execPath, ["-e", script, version], { encoding: "utf8" });
};

test("every command checks the version of Node before it loads anything else", () => {
  const bins = execFileSync("git", ["ls-files", "packages/*/bin/*.js"], { cwd: root, encoding: "utf8" });
  const commands = bins.split("\n").filter((path) => path !== "" && !path.endsWith("/supported-node.js"));
  expect(commands.length).toBeGreaterThan(7);
  for (const path of commands)
    expect([path, readFileSync(join(root, path), "utf8").split("\n")[1]]).toEqual([
      path,
      expect.stringMatching(/^require\("(@cluster-ipam\/address-plan|\.)\/supported-node(\.js)?"\);$/),
    ]);
});

test.each(["18.20.8", "20.18.3", "21.7.0", "22.12.0", "23.1.0"])(
  "Node %s is refused in a sentence",
  (version) => {
    const { status, stderr } = underNode(version);
    expect(status).toBe(1);
    expect(stderr).toMatch(
      new RegExp(`Node ${version} is not supported .*; install Node 20.19 or later.*\n$`),
    );
  },
);

test("an npm script that begins with the check is named", () => {
  const pretend = `--import=data:text/javascript,${encodeURIComponent(
    "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.20.8' } })",
  )}`;
  const env = { ...process.env, npm_lifecycle_event: "deploy:sandbox" };
  const { stderr } = spawnSync(process.execPath, [pretend, check], { encoding: "utf8", env });
  expect(stderr).toMatch(/^deploy:sandbox: Node 18\.20\.8 is not supported /);
});

test.each(["20.19.0", "22.13.0", "24.0.0", "25.3.0"])("Node %s is accepted", (version) => {
  expect(underNode(version)).toMatchObject({ status: 0, stderr: "" });
});
