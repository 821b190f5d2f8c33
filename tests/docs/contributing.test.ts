import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { codeBlocks } from "./code-blocks";

const root = join(__dirname, "../..");
const read = (file: string) => readFileSync(join(root, file), "utf8");
const contributing = read("CONTRIBUTING.md");

/** `packages/{a,b}/src` as `packages/a/src` and `packages/b/src`. */
function expanded(path: string): readonly string[] {
  const [, before = "", choice = "", after = ""] = /^(.*?)\{([^}]+)\}(.*)$/.exec(path) ?? [];
  return choice === "" ? [path] : choice.split(",").map((part) => before + part + after);
}

test.each(["CONTRIBUTING.md", "SECURITY.md"])("the paths and links of %s exist", (page) => {
  const text = read(page);
  const links = [...text.matchAll(/\]\((?!https:)([^)#]+)[^)]*\)/g)].map(([, link]) => link!);
  const paths = [...text.matchAll(/`((?:packages|apps|tests|docs|\.github|\.ci|\.vscode)\/[^`\s<*…]*)/g)];
  const named = [...links, ...paths.flatMap(([, path]) => expanded(path!))];
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test("the commands of CONTRIBUTING.md exist", () => {
  const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
  const shell = codeBlocks(join(root, "CONTRIBUTING.md")).map(({ text }) => text);
  const commands = [
    ...shell,
    ...[...contributing.matchAll(/`((?:npm|npx|cd) [^`]+)`/g)].map(([, text]) => text!),
  ];
  const named = (pattern: RegExp) =>
    commands.flatMap((text) => [...text.matchAll(pattern)].map(([, name]) => name!));
  for (const script of named(/npm run ([\w:-]+)/g)) expect(scripts).toHaveProperty([script]);
  const bins = named(/npx ([\w-]+)/g).filter((name) => !existsSync(join(root, "node_modules/.bin", name)));
  const configs = named(/-c (\S+)/g).filter((config) => !existsSync(join(root, config)));
  expect([...bins, ...configs]).toEqual([]);
});

test("CONTRIBUTING.md lists the versions of Node that the gate runs on", () => {
  const { jobs } = parse(read(".github/workflows/ci.yml")) as {
    jobs: { gate: { strategy: { matrix: { node: string[] } } } };
  };
  const listed = [...contributing.matchAll(/^\| (\d+) +\|[^|]+\| yes/gm)].map(([, version]) => version!);
  expect(listed).toEqual(jobs.gate.strategy.matrix.node);
});

test("CODEOWNERS names what exists", () => {
  const patterns = read(".github/CODEOWNERS")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.split(/\s+/)[0]!);
  expect(patterns[0]).toBe("*");
  expect(patterns.slice(1).filter((pattern) => !existsSync(join(root, pattern)))).toEqual([]);
});

test("the issue forms are ones that GitHub can read", () => {
  const folder = ".github/ISSUE_TEMPLATE";
  const forms = readdirSync(join(root, folder)).filter((name) => name !== "config.yml");
  expect(forms.length).toBeGreaterThan(0);
  for (const name of forms) {
    const form = parse(read(join(folder, name))) as Form;
    const ids = form.body.map(({ id }) => id);
    expect(Object.keys(form).sort()).toEqual(["body", "description", "labels", "name"]);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { type, id, attributes } of form.body) {
      expect(["input", "textarea", "dropdown"]).toContain(type);
      expect(id).toMatch(/^[a-z-]+$/);
      expect(attributes.label).not.toBe("");
    }
  }
});

interface Form {
  readonly body: readonly { type: string; id: string; attributes: { label: string } }[];
}
