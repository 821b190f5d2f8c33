import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { minVersion } from "semver";
import { actions, workflows } from "./workflow";

const root = join(__dirname, "../..");
const read = (file: string) => readFileSync(join(root, file), "utf8");
const manifest = JSON.parse(read("package.json")) as {
  engines: { node: string };
  overrides: Record<string, string>;
};
const renovate = JSON.parse(read(".github/renovate.json")) as {
  packageRules: { matchPackageNames?: string[]; enabled?: boolean; allowedVersions?: string }[];
  customManagers: { managerFilePatterns: string[]; matchStrings: string[] }[];
};
const ci = workflows.find(({ name }) => name === "ci.yml")!;
const versions = ci.jobs["gate"]!.strategy!.matrix["node"] as string[];
const oldest = minVersion(manifest.engines.node)!.major;

test("Renovate leaves alone what the overrides pin", () => {
  const disabled = renovate.packageRules.filter(({ enabled }) => enabled === false);
  expect(disabled.flatMap(({ matchPackageNames = [] }) => matchPackageNames)).toEqual(
    Object.keys(manifest.overrides),
  );
});

test("Renovate keeps the types of Node at the oldest supported version", () => {
  const rule = renovate.packageRules.find(({ matchPackageNames }) =>
    matchPackageNames?.includes("@types/node"),
  );
  expect(rule?.allowedVersions).toBe(`<${oldest + 1}`);
});

test("Renovate finds every Terraform that the workflows install, and they are one version", () => {
  const [terraform] = renovate.customManagers;
  const name = new RegExp(terraform!.managerFilePatterns[0]!.slice(1, -1));
  const version = new RegExp(terraform!.matchStrings[0]!, "g");
  const files = [
    ...workflows.map(({ name, text }) => [`.github/workflows/${name}`, text] as const),
    ...actions.map(({ name, text }) => [`.github/actions/${name}/action.yml`, text] as const),
  ];
  expect(files.map(([file]) => file).filter((file) => !name.test(file))).toEqual([]);
  const found = files.flatMap(([, text]) =>
    [...text.matchAll(version)].map(({ groups }) => groups!["currentValue"]),
  );
  const installed = files.flatMap(([, text]) => [...text.matchAll(/uses: hashicorp\/setup-terraform@/g)]);
  expect(found).toHaveLength(installed.length);
  expect(new Set(found).size).toBe(1);
});

test("the gate runs on the oldest Node that every package supports, and on newer even ones", () => {
  const files = execFileSync("git", ["ls-files", "*package.json"], { cwd: root, encoding: "utf8" });
  const engines = files
    .trim()
    .split("\n")
    .filter((file) => file !== "tests/package.json")
    .map((file) => [file, (JSON.parse(read(file)) as typeof manifest).engines?.node]);
  expect(engines).toEqual(engines.map(([file]) => [file, manifest.engines.node]));
  expect(versions.map(Number)).toEqual([oldest, ...versions.slice(1).map(Number)]);
  expect(versions.slice(1).every((version) => Number(version) % 2 === 0)).toBe(true);
});
