import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "../..");

/** Ends a command on an unsupported version of Node. Those that users start require it first. */
const CHECK = "packages/address-plan/bin/supported-node.js";

const commands = [
  ".github/automation",
  ...readdirSync(join(root, "packages")).map((name) => `packages/${name}`),
]
  .map((folder) => join(folder, "bin"))
  .filter((folder) => existsSync(join(root, folder)))
  .flatMap((folder) => readdirSync(join(root, folder)).map((file) => join(folder, file)))
  .filter((file) => file.endsWith(".js") && file !== CHECK);

/** In a checkout, where the package has a tsconfig.json, the package is built before it is loaded. */
const start = `#!/usr/bin/env node
if (require("node:fs").existsSync(\`\${__dirname}/../tsconfig.json\`))
  require("../../../tools/fresh-build.js")(__dirname);
require("../dist/`;

const check = /^require\("(\.|@cluster-ipam\/address-plan)\/supported-node(\.js)?"\);\n/m;

test("every command builds its package first", () => {
  const texts = commands.map((command) => [
    command,
    readFileSync(join(root, command), "utf8").replace(check, "").slice(0, start.length),
  ]);
  expect(Object.fromEntries(texts)).toEqual(Object.fromEntries(commands.map((command) => [command, start])));
  expect(commands.length).toBeGreaterThan(0);
});

test("every command that users start checks the version of Node before anything else", () => {
  const unchecked = commands.filter((command) => {
    const [, second] = readFileSync(join(root, command), "utf8").split("\n");
    return !check.test(`${second}\n`);
  });
  expect(unchecked).toEqual([".github/automation/bin/automation.js"]);
});
