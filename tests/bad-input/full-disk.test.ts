import { execFile } from "node:child_process";
import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { programs, type Program, Workspace } from "./workspace";

const repository = join(__dirname, "../..");

/** A folder on a full disk, below a workspace. */
const FULL = "full";

interface Ended {
  readonly code: number;
  readonly output: string;
  /** The files that are left on the disk, with what they hold. */
  readonly left: Readonly<Record<string, string>>;
}

/**
 * Runs a command while a disk of 256 kB is full. The disk is mounted in a namespace of the command's own, so that no user
 * needs rights for it, and goes with the command.
 */
function onFullDisk(
  workspace: Workspace,
  command: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<Ended> {
  const disk = workspace.path(FULL);
  const script = `
    mount -t tmpfs -o size=256k tmpfs "$DISK" && cp -r "$CONTENT/." "$DISK" || exit 99
    cat /dev/zero 2>/dev/null >"$DISK/fill"
    "$@"; code=$?
    rm "$DISK/fill" && cp -r "$DISK/." "$LEFT"
    exit $code`;
  for (const folder of [FULL, "content", "left"]) mkdirSync(workspace.path(folder), { recursive: true });
  const variables = { DISK: disk, CONTENT: workspace.path("content"), LEFT: workspace.path("left") };
  return new Promise((resolve) => {
    execFile(
      "unshare",
      ["--map-root-user", "--mount", "sh", "-c", script, "sh", ...command],
      { cwd: workspace.folder, env: { ...process.env, ...variables, ...env } },
      (error, stdout, stderr) =>
        resolve({
          code: error === null ? 0 : Number(error.code),
          output: `${stdout}${stderr}`,
          left: filesIn(workspace.path("left")),
        }),
    );
  });
}

function filesIn(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(files.map((path) => [path.slice(folder.length + 1), readFileSync(path, "utf8")]));
}

/** Puts a file on the disk before it is full. */
function put(workspace: Workspace, path: string, text: string): void {
  const file = workspace.path("content", path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

const node = (program: Program): readonly string[] => [process.execPath, join(repository, programs[program])];
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
    const lock = workspace.path(FULL, "addresses.lock.json");
    const ended = await onFullDisk(
      workspace,
      [...node("addresses"), "--directory", workspace.path(FULL)],
      {},
    );
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
    const ended = await onFullDisk(workspace, [...node("sandbox"), "--", "sh", "-c", apply], {
      SANDBOX_STATE: workspace.path(FULL, ".sandbox"),
    });
    expect(ended.code).toBe(1);
    expect(ended.output).toContain(`Error: ${workspace.path(FULL, ".sandbox/00000001.json")}: ${NO_SPACE}\n`);
    expect(ended.left).toEqual({});
    const state = JSON.parse(readFileSync(workspace.path("stack/terraform.tfstate"), "utf8")) as object;
    expect(state).toMatchObject({ resources: [] });
  }),
);

onLinux.each([
  ["the plan", FULL, {}, `${FULL}/plan.out/one.json`],
  ["Terraform's working folder", "app", { TMPDIR: FULL }, "cdk.tf"],
])("plan-stacks leaves no plan if there is no space for %s", (_what, app, env, path) =>
  Workspace.with(async (workspace) => {
    const content = app === FULL ? "content" : app;
    mkdirSync(workspace.path(content, "cdktf.out/stacks/one"), { recursive: true });
    writeFileSync(workspace.path(content, "cdktf.out/manifest.json"), JSON.stringify(MANIFEST));
    writeFileSync(workspace.path(content, "cdktf.out/stacks/one/cdk.tf"), STACK);
    const before = filesIn(workspace.path(content));
    const inApp = ["sh", "-c", `cd ${app} && exec "$@"`, "sh", ...node("sandbox"), "--from-nothing", "--"];
    const variables = Object.fromEntries(Object.entries(env).map(([name, at]) => [name, workspace.path(at)]));
    const ended = await onFullDisk(workspace, [...inApp, ...node("plan-stacks")], variables);
    expect(ended.code).toBe(1);
    const [sentence] = ended.output.split("\n").filter((line) => line.startsWith("plan-stacks: "));
    expect(sentence).toContain(`${path}: ${NO_SPACE}`);
    expect(sentence).toContain(`plan-stacks: ${workspace.path(FULL)}/`);
    expect(filesIn(workspace.path(app === FULL ? "left" : app))).toEqual(before);
  }),
);
