// Proves walls.mjs, and that no import makes a circle, with dependency-cruiser (docs/adr/0005-walls-and-circles.md).
// Usage: node tools/check-walls.mjs [folder of the repository]
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { cruise } from "dependency-cruiser";
import { rooms, walls } from "../walls.mjs";

process.chdir(
  process.argv[2] ?? join(import.meta.dirname ?? dirname(new URL(import.meta.url).pathname), ".."),
);

const project = "^(packages/[^/]+|apps/[^/]+|tests|[.]github/automation)/";
const generated = ["node_modules", "dist", ".tsbuild", "cdktf.out", "plan.out"];
const foldersIn = (folder) =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
const escape = (text) => text.replace(/[.+]/g, "[$&]").replace("*", "[^/]+");
const list = (names) => new Intl.ListFormat("en").format(names);

/** @returns {import("dependency-cruiser").IForbiddenRuleType[]} what a folder may not import of other packages */
function wallRules(folder, allowed) {
  const from = { path: `^${escape(folder)}/` };
  const others = allowed.filter((name) => name !== "cdktf").map((name) => `packages/${name}`);
  const comment = `${folder} may import ${list(allowed) || "no other package"}`;
  const outside = {
    path: "^(packages|[.]github/automation|tests)/",
    pathNot: [folder.split("/").slice(0, 2).join("/"), ...others].map((name) => `^${escape(name)}/`),
  };
  const rules = [{ name: `wall ${folder}`, comment, from, to: outside }];
  if (!allowed.includes("cdktf"))
    rules.push({
      name: `wall ${folder} cdktf`,
      comment: `${comment} and is free of cdktf`,
      from,
      to: { path: "(^|node_modules/)(cdktf|constructs|@cdktf/[^/]+)(/|$)" },
    });
  return rules;
}

/** @returns {import("dependency-cruiser").IForbiddenRuleType[]} what the rooms of a folder may not import of each other */
function roomRules(folder, order) {
  const flow = order.map((names) => [names].flat().join(", ")).join(" < ");
  return order.flatMap((names, level) =>
    [names].flat().map((name) => ({
      name: `room ${folder}/${name}`,
      comment: `the rooms of ${folder} are ${flow}, and a room may import the rooms before it`,
      from: { path: `^${escape(`${folder}/${name}`)}(/|$)` },
      to: {
        path: `^${escape(folder)}/`,
        pathNot: [name, ...order.slice(0, level).flat()].map(
          (room) => `^${escape(`${folder}/${room}`)}(/|$)`,
        ),
      },
    })),
  );
}

const everywhere = [
  {
    name: "apps",
    comment: "only end-to-end tests import an app",
    from: { path: "^(?!tests/)([^/]+/[^/]+)/" },
    to: { path: "^apps/", pathNot: "^$1/" },
  },
  {
    name: "entry points",
    comment: "a package is imported by its name, not by a path; only tests share the fixtures of other tests",
    from: { path: "^(packages/[^/]+|apps/[^/]+|[.]github/automation)/" },
    to: { path: project, pathNot: ["^$1/", "^packages/[^/]+/test/"], dependencyTypes: ["local"] },
  },
  {
    name: "exports",
    comment: "a package is imported by its name or an entry point that its package.json exports",
    from: {},
    to: { path: "^@cluster-ipam/", couldNotResolve: true },
  },
  {
    name: "barrels",
    comment:
      "import the resource, not the provider (@cdktf/provider-aws/lib/vpc): the barrel costs 2 s and 500 MB",
    from: {},
    to: { path: ["(^|/)@cdktf/provider-[a-z]+$", "(^|/)@cdktf/provider-[a-z]+/lib/index[.]"] },
  },
  {
    name: "circle of files",
    comment: "a circle of imports; move what both sides need into a file of its own",
    from: {},
    to: { circular: true },
  },
  {
    name: "circle of folders",
    comment: "a circle of folders; move what both sides need into a folder of its own",
    scope: "folder",
    from: {},
    to: { circular: true },
  },
];

/** The source behind every entry point that a package exports: the build may be missing or old. */
function entryPoints() {
  const entries = foldersIn("packages").flatMap((folder) => {
    const { name, exports = {} } = JSON.parse(readFileSync(join("packages", folder, "package.json"), "utf8"));
    return Object.entries(exports)
      .filter(([, target]) => target.default !== undefined)
      .map(([entry, { default: file }]) => [
        join(name, entry),
        join(process.cwd(), "packages", folder, file.replace(/\/dist\/(.*)js$/, "/src/$1ts")),
      ]);
  });
  // `$` ends the name: an entry point is no prefix of what lies under it.
  return Object.fromEntries(entries.map(([name, file]) => [`${name}$`, file]));
}

/** @returns {string[]} the sources in a folder, without what a build leaves there */
function sourcesIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return generated.includes(entry.name) ? [] : sourcesIn(join(folder, entry.name));
    return /[.]([cm]?js|ts)$/.test(entry.name) ? [join(folder, entry.name)] : [];
  });
}

/** What the table itself lacks or has too much. */
function tableErrors() {
  const listed = Object.entries(rooms).flatMap(([folder, order]) =>
    order.flat().map((name) => join(folder, name)),
  );
  const missing = [...Object.keys(walls), ...listed].filter(
    (folder) => !existsSync(folder.replace("/*", "")),
  );
  const unlisted = [
    ...foldersIn("packages")
      .map((name) => `packages/${name}`)
      .filter((folder) => !(folder in walls)),
    ...Object.keys(rooms)
      .filter((folder) => existsSync(folder))
      .flatMap((folder) => foldersIn(folder).map((name) => join(folder, name)))
      .filter((folder) => !listed.includes(folder)),
  ];
  return [
    ...missing.map((folder) => `walls.mjs names ${folder}, which does not exist; remove it`),
    ...unlisted.map((folder) => `walls.mjs does not name ${folder}; add what it may import`),
  ];
}

const forbidden = [
  ...Object.entries(walls).flatMap(([folder, allowed]) => wallRules(folder, allowed)),
  ...Object.entries(rooms).flatMap(([folder, order]) => roomRules(folder, order)),
  ...everywhere,
].map((rule) => ({ severity: "error", ...rule }));

const { output } = await cruise(
  ["packages", "apps", "tests", ".github/automation"]
    .filter((folder) => existsSync(folder))
    .flatMap(sourcesIn),
  {
    ruleSet: { forbidden },
    validate: true,
    tsPreCompilationDeps: true,
    doNotFollow: { path: `(^|/)(${generated.join("|")})/` },
    skipAnalysisNotInRules: true,
  },
  {
    alias: entryPoints(),
    extensions: [".ts", ".d.ts", ".js", ".mjs", ".json"],
    exportsFields: ["exports"],
    conditionNames: ["import", "require", "node", "default", "types"],
  },
);

/** The first import that leads from a folder into another. */
function importBetween(from, to) {
  const { source, dependencies } = output.modules.find(
    (module) =>
      dirname(module.source).startsWith(from) &&
      module.dependencies.some(({ resolved }) => dirname(resolved) === to),
  ) ?? { source: from, dependencies: [] };
  return `${source} imports ${dependencies.find(({ resolved }) => dirname(resolved) === to)?.resolved ?? to}`;
}

/** One sentence for a violation. */
function sentence({ rule, from, to, cycle }) {
  const { comment } = forbidden.find(({ name }) => name === rule.name);
  if (!cycle) return `${from} imports ${to}: ${comment} (walls.mjs)`;
  const members = [from, ...cycle.map(({ name }) => name)];
  if (rule.name === "circle of files") return `${members.join(" → ")}: ${comment}`;
  const imports = cycle.map(({ name }, index) => importBetween(members[index], name));
  return `${members.join(" → ")}: ${comment} (${imports.join("; ")})`;
}

// A circle is found once from each of its members; a set names it.
const seen = new Set();
const violations = output.summary.violations.filter(({ rule, from, to, cycle }) => {
  const members = cycle ? cycle.map(({ name }) => name).sort() : [from, to];
  const key = [rule.name, ...members].join(" ");
  return !seen.has(key) && seen.add(key);
});
const errors = [...tableErrors(), ...violations.map(sentence)];
for (const error of errors) console.error(error);
if (errors.length > 0)
  console.error(`\n${errors.length} imports or entries break the walls of ${basename(process.cwd())}.`);
process.exitCode = errors.length > 0 ? 1 : 0;
