import { appendFileSync, cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { DISK, type Disk, filesIn, onDisk, put } from "./bad-disk";
import { programs, type Program, Workspace } from "./workspace";

const repository = join(__dirname, "../..");

const node = (program: Program): readonly string[] => [process.execPath, join(repository, programs[program])];
/** What every script that starts nx runs first. */
const READY = "tools/nx-ready.js";
const NO_SPACE = "no space is left on its disk; free some, and run this again";

const STACK = `
  resource "aws_vpc" "one" {
    cidr_block = "10.0.0.0/16"
  }
  provider "aws" {
    region = "eu-west-1"
  }`;
const MANIFEST = {
  version: "0.21.0",
  stacks: {
    one: {
      name: "one",
      constructPath: "one",
      workingDirectory: "stacks/one",
      synthesizedStackPath: "stacks/one/cdk.tf",
      annotations: [],
      dependencies: [],
    },
  },
};

// Other systems have no namespaces of mounts.
const onLinux = process.platform === "linux" ? test : test.skip;

onLinux("the lock stays as it is", () =>
  Workspace.with(async (workspace) => {
    for (const file of ["addresses.yaml", "addresses.lock.json"])
      put(workspace, file, readFileSync(workspace.path(file), "utf8"));
    const cluster = {
      cloud: "google",
      environment: "dev",
      region: "europe-west4",
      zones: ["europe-west4-a"],
      nodes: 3,
      pods: 20,
    };
    appendFileSync(workspace.path("content/addresses.yaml"), `\n  dev-more: ${JSON.stringify(cluster)}\n`);
    const lock = workspace.path(DISK, "addresses.lock.json");
    const ended = await onDisk("full", workspace, [
      ...node("addresses"),
      "--directory",
      workspace.path(DISK),
    ]);
    expect(ended).toMatchObject({ code: 1, output: `${lock}: ${NO_SPACE}\n` });
    expect(ended.left).toEqual(filesIn(workspace.path("content")));
  }),
);

onLinux("a sandbox that cannot save its cloud says so, and Terraform's state has nothing", () =>
  Workspace.with(async (workspace) => {
    mkdirSync(workspace.path("stack"));
    writeFileSync(workspace.path("stack/main.tf"), STACK);
    const terraform = process.env["TERRAFORM_BINARY_NAME"] || "terraform";
    const apply = `cd stack && ${terraform} init -no-color >/dev/null && ${terraform} apply -no-color -auto-approve`;
    const ended = await onDisk("full", workspace, [...node("sandbox"), "--", "sh", "-c", apply], {
      env: { SANDBOX_STATE: workspace.path(DISK, ".sandbox") },
    });
    expect(ended.code).toBe(1);
    expect(ended.output).toContain(`Error: ${workspace.path(DISK, ".sandbox/00000001.json")}: ${NO_SPACE}\n`);
    expect(ended.left).toEqual({});
    const state = JSON.parse(readFileSync(workspace.path("stack/terraform.tfstate"), "utf8")) as object;
    expect(state).toMatchObject({ resources: [] });
  }),
);

onLinux.each([
  ["the plan", DISK, {}, `${DISK}/plan.out/one.json`],
  ["Terraform's working folder", "app", { TMPDIR: DISK }, "cdk.tf"],
])("plan-stacks leaves no plan if there is no space for %s", (_what, app, env, path) =>
  Workspace.with(async (workspace) => {
    const content = app === DISK ? "content" : app;
    mkdirSync(workspace.path(content, "cdktf.out/stacks/one"), { recursive: true });
    writeFileSync(workspace.path(content, "cdktf.out/manifest.json"), JSON.stringify(MANIFEST));
    writeFileSync(workspace.path(content, "cdktf.out/stacks/one/cdk.tf"), STACK);
    const before = filesIn(workspace.path(content));
    const inApp = ["sh", "-c", `cd ${app} && exec "$@"`, "sh", ...node("sandbox"), "--from-nothing", "--"];
    const variables = Object.fromEntries(Object.entries(env).map(([name, at]) => [name, workspace.path(at)]));
    const ended = await onDisk("full", workspace, [...inApp, ...node("plan-stacks")], {
      env: variables,
    });
    expect(ended.code).toBe(1);
    const [sentence] = ended.output.split("\n").filter((line) => line.startsWith("plan-stacks: "));
    expect(sentence).toContain(`${path}: ${NO_SPACE}`);
    expect(sentence).toContain(`plan-stacks: ${workspace.path(DISK)}/`);
    expect(filesIn(workspace.path(app === DISK ? "left" : app))).toEqual(before);
  }),
);

const READ_ONLY = "the file system is read-only; use a copy on one that can be written";
const disks: readonly (readonly [Disk, string])[] = [
  ["full", NO_SPACE],
  ["read-only", READ_ONLY],
];

onLinux.each(disks)("a synthesis that cannot write on a %s disk keeps the last output", (disk, problem) =>
  Workspace.with(async (workspace) => {
    for (const file of ["addresses.yaml", "addresses.lock.json"])
      put(workspace, file, readFileSync(workspace.path(file), "utf8"));
    for (const file of ["cdktf.json", "stacks.lock.json"])
      put(workspace, `app/${file}`, readFileSync(join(repository, "apps/prod", file), "utf8"));
    put(workspace, "app/cdktf.out/manifest.json", "{}");
    const ended = await onDisk(disk, workspace, node("synth prod"), { cwd: workspace.path(DISK, "app") });
    expect(ended).toMatchObject({ code: 1, output: expect.stringContaining(problem) });
    expect(ended.output).toMatch(/cdktf\.out.*\n$/);
    expect(ended.output.split("\n")).toHaveLength(2);
    expect(ended.left).toEqual(filesIn(workspace.path("content")));
  }),
);

onLinux.each(disks)(
  "a synthesis whose record cannot be written on a %s disk keeps the last output",
  (disk, problem) =>
    Workspace.with(async (workspace) => {
      for (const file of ["addresses.yaml", "addresses.lock.json"])
        put(workspace, file, readFileSync(workspace.path(file), "utf8"));
      put(workspace, "app/cdktf.json", "{}");
      mkdirSync(workspace.path("out"));
      writeFileSync(workspace.path("out/manifest.json"), "{}");
      const ended = await onDisk(disk, workspace, node("synth prod"), {
        cwd: workspace.path(DISK, "app"),
        env: { CDKTF_OUTDIR: workspace.path("out") },
      });
      expect(ended.code).toBe(1);
      expect(ended.output).toContain(`${workspace.path(DISK, "app/stacks.lock.json")}: ${problem}`);
      expect(filesIn(workspace.path("out"))).toEqual({ "manifest.json": "{}" });
    }),
);

/** The files of a workspace that no disk holds. */
const outside = (workspace: Workspace) =>
  Object.fromEntries(
    Object.entries(workspace.files()).filter(
      ([path]) => !/^(disk|content|left)\//.test(relative(workspace.folder, path)),
    ),
  );

onLinux.each(disks)("a new environment leaves nothing behind if one file is on a %s disk", (disk, problem) =>
  Workspace.with(async (workspace) => {
    rmSync(workspace.path("apps"), { recursive: true });
    cpSync(join(repository, "tsconfig.json"), workspace.path("tsconfig.json"));
    for (const source of ["package.json", "cdktf.json", "tsconfig.json", "src"])
      cpSync(join(repository, "apps/dev", source), workspace.path("apps/dev", source), { recursive: true });
    const accounts = "sandbox-accounts.json";
    put(workspace, accounts, readFileSync(join(repository, "apps/network/src", accounts), "utf8"));
    mkdirSync(workspace.path("apps/network"));
    symlinkSync(workspace.path(DISK), workspace.path("apps/network/src"));
    const before = outside(workspace);
    const ended = await onDisk(disk, workspace, [...node("new-environment"), "staging"]);
    const path = workspace.path("apps/network/src", accounts);
    expect(ended).toMatchObject({
      code: 1,
      output: expect.stringContaining(`new-environment: ${path}: ${problem}`),
    });
    expect(ended.left).toEqual(filesIn(workspace.path("content")));
    expect(outside(workspace)).toEqual(before);
  }),
);

onLinux.each(disks)("nothing starts nx on a %s disk", (disk) =>
  Workspace.with(async (workspace) => {
    const { scripts } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8")) as {
      scripts: Record<string, string>;
    };
    put(workspace, READY, readFileSync(join(repository, READY), "utf8"));
    const ended = await onDisk(disk, workspace, [process.execPath, workspace.path(DISK, READY)]);
    expect(ended.code).toBe(1);
    expect(ended.output).toMatch(
      /^\S+\/disk\/\.nx: nx cannot write its cache here \((ENOSPC|EROFS)\); free 4 MB .*\n$/,
    );
    expect(ended.left).toEqual(filesIn(workspace.path("content")));
    const starting = Object.entries(scripts).filter(([, script]) =>
      /\bnx run|plan-environments|--plan/.test(script),
    );
    expect(starting.filter(([, script]) => !script.includes(`node ${READY} && n`))).toEqual([]);
    expect(starting.length).toBeGreaterThan(5);
  }),
);
