import { execFile } from "node:child_process";
import { lstatSync, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { codeBlocks } from "../docs/code-blocks";
import { FreshProject, publishedPackages } from "./fresh-project";
import { Registry } from "./registry";

const run = promisify(execFile);
jest.setTimeout(300_000);

let folder: string;
let registry: Registry | undefined;
let project: FreshProject;
/** Path of each package's tarball by its name. */
const tarballs = new Map<string, string>();

beforeAll(async () => {
  folder = mkdtempSync(join(realpathSync(tmpdir()), "cluster-ipam-publish-"));
  registry = await Registry.start(folder);
  for (const { name, folder: source } of publishedPackages) {
    const { stdout } = await run("npm", ["pack", source, "--json", "--ignore-scripts"], { cwd: folder });
    const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
    tarballs.set(name, join(folder, filename));
    await run("npm", ["publish", filename, "--ignore-scripts"], { cwd: folder });
  }
  project = new FreshProject(join(folder, "project"), registry.url);
  await project.install("0.21.0");
});

afterAll(async () => {
  await registry?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test.each(publishedPackages.map(({ name }) => name))("%s is packed as npm's readers expect", async (name) => {
  const tarball = tarballs.get(name)!;
  const { stdout } = await run("tar", ["-xzOf", tarball, "package/LICENSE"]);
  expect(stdout).toBe(readFileSync(join(__dirname, "../../LICENSE"), "utf8"));
  const bin = (command: string) => join(__dirname, "../../node_modules/.bin", command);
  await expect(run(bin("publint"), ["run", tarball, "--strict"])).resolves.toBeDefined();
  await expect(run(bin("attw"), [tarball, "--profile", "node16"])).resolves.toBeDefined();
});

/** The programs of the packages' pages, and the stacks that each makes. */
const programs = {
  ipam: ["address-space"],
  eks: ["prod-payments-network", "prod-payments"],
  gke: ["prod-search-network", "prod-search", "prod-search-system"],
  autoscaler: ["prod-payments-network", "prod-payments", "prod-payments-autoscaler"],
};

test("the pages of the packages make an environment: installed, type-checked, synthesized, planned", async () => {
  for (const { name } of publishedPackages)
    expect(lstatSync(join(project.folder, "node_modules", name)).isSymbolicLink()).toBe(false);
  expect(project.writePages()).toEqual(
    expect.arrayContaining(["addresses.yaml", ...Object.keys(programs).map((name) => `src/${name}.ts`)]),
  );
  await project.run("npx", "addresses");
  await project.typeCheck();
  for (const [program, stacks] of Object.entries(programs)) {
    const printed = await project.plan(await project.synthesize(program));
    for (const stack of stacks) expect(printed).toMatch(new RegExp(`✓ ${stack} +\\d+ to add`));
  }
});

/** What docs/cdk-terrain.md tells to write into package.json. */
const page = JSON.parse(
  codeBlocks(join(__dirname, "../../docs/cdk-terrain.md")).find(({ file }) => file === "package.json")!.text,
) as { dependencies: { cdktf: string }; overrides: object };

test("on CDK Terrain the same packages write the same HCL", async () => {
  const fork = project.copyTo(join(folder, "fork"));
  await fork.install(page.dependencies.cdktf);
  expect(JSON.parse(readFileSync(join(fork.folder, "package.json"), "utf8"))).toMatchObject(page);
  await fork.typeCheck();
  for (const program of Object.keys(programs)) {
    const theirs = fork.hcl(await fork.synthesize(program));
    expect(theirs).toEqual(project.hcl(await project.synthesize(program)));
    expect(Object.keys(theirs).length).toBeGreaterThan(0);
  }
});
