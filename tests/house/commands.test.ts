import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "../..");

const commands = [
  ".github/automation",
  ...readdirSync(join(root, "packages")).map((name) => `packages/${name}`),
]
  .map((folder) => join(folder, "bin"))
  .filter((folder) => existsSync(join(root, folder)))
  .flatMap((folder) => readdirSync(join(root, folder)).map((file) => join(folder, file)));

/** In a checkout, where the package has a tsconfig.json, the package is built before it is loaded. */
const start = `#!/usr/bin/env node
if (require("node:fs").existsSync(\`\${__dirname}/../tsconfig.json\`))
  require("../../../tools/fresh-build.js")(__dirname);
require("../dist/`;

test("every command builds its package first", () => {
  const texts = commands.map((command) => [
    command,
    readFileSync(join(root, command), "utf8").slice(0, start.length),
  ]);
  expect(Object.fromEntries(texts)).toEqual(Object.fromEntries(commands.map((command) => [command, start])));
  expect(commands.length).toBeGreaterThan(0);
});
