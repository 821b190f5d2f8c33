import { execFile } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = join(__dirname, "../..");

const folders = [
  ".github/automation",
  ...readdirSync(join(root, "packages")).map((name) => `packages/${name}`),
];

/** A fresh clone after `npm ci`: the files of this repository, the packages it installs, and no build. */
class Clone {
  readonly folder = mkdtempSync(join(realpathSync(tmpdir()), "clone-"));

  private constructor() {}

  static async make(): Promise<Clone> {
    const clone = new Clone();
    const listed = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
    const { stdout } = await run("git", listed, { cwd: root, maxBuffer: 16 * 1024 * 1024 });
    for (const file of stdout.split("\0").filter((path) => path !== "" && existsSync(join(root, path)))) {
      mkdirSync(dirname(clone.path(file)), { recursive: true });
      cpSync(join(root, file), clone.path(file));
    }
    for (const project of [".", ...folders]) clone.install(join(project, "node_modules"));
    return clone;
  }

  /** Links what is installed here. The packages of this repository are those of the clone. */
  private install(folder: string): void {
    if (!existsSync(join(root, folder))) return;
    mkdirSync(this.path(folder));
    for (const name of readdirSync(join(root, folder)).filter((entry) => !/^[.](?!bin$)/.test(entry)))
      if (name === ".bin" || name === "@cluster-ipam")
        cpSync(join(root, folder, name), this.path(folder, name), {
          recursive: true,
          verbatimSymlinks: true,
        });
      else symlinkSync(join(root, folder, name), this.path(folder, name));
  }

  path(...parts: string[]): string {
    return join(this.folder, ...parts);
  }

  async run(command: string, ...args: string[]): Promise<{ stdout: string; stderr: string }> {
    // The tests run in a task of nx. What is started here does not.
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(NX_|npm_)/.test(name)));
    return run(command, args, { cwd: this.folder, env: { ...env, CHECKPOINT_DISABLE: "1" } });
  }
}

describe("a command in a fresh clone", () => {
  let clone: Clone;
  beforeAll(async () => {
    clone = await Clone.make();
  });
  afterAll(() => rmSync(clone.folder, { recursive: true, force: true }));

  const bin = "packages/address-plan/bin/addresses.js";
  const source = /"\.\.\/dist\/(.*)\.js"/
    .exec(readFileSync(join(root, bin), "utf8"))![1]!
    .replace(/.*/, "packages/address-plan/src/$&.ts");
  const help = () => clone.run("npx", "addresses", "--help");
  const append = (text: string) => appendFileSync(clone.path(source), text);

  test("builds once, however many start at the same time, and then starts at once", async () => {
    const started = await Promise.all([help(), help(), help()]);
    for (const { stdout } of started) expect(stdout).toMatch(/^Usage: /);
    expect(
      started.filter(({ stderr }) => stderr.startsWith("Building packages/address-plan: ")),
    ).toHaveLength(1);
    expect((await help()).stderr).toBe("");
  });

  test("builds after an edit, and not because a source has a new date", async () => {
    append('\nconsole.log("edited");\n');
    expect((await help()).stdout).toMatch(/^edited\n/);
    utimesSync(clone.path(source), new Date(), new Date());
    expect((await help()).stderr).toMatch(/^Building /);
    expect((await help()).stderr).toBe("");
  });

  test("prints what the compiler says of an error, and does not wait for a build that was killed", async () => {
    const sound = readFileSync(clone.path(source), "utf8");
    append("\nexport const text: string = 1;\n");
    await expect(help()).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining("Type 'number' is not assignable to type 'string'"),
    });
    writeFileSync(clone.path(source), sound);
    const ended = await clone.run(process.execPath, "-p", "process.pid");
    writeFileSync(clone.path(".nx/fresh-build.lock"), ended.stdout.trim());
    expect((await help()).stdout).toMatch(/^edited\n/);
  });

  test.each([
    "npx sandbox",
    "node packages/sandbox/bin/sandbox-environments.js",
    "npx plan-environments",
    "npx plan-report",
    "npx plan-stacks",
    "npx retire",
    "npx new-environment",
    "npx subnet-autoscaler",
    "node .github/automation/bin/automation.js",
  ])("%s", async (command) => {
    const [program, ...args] = command.split(" ");
    // sandbox-environments has no --help, and says how it is used when it is used wrongly.
    const { stdout, stderr } = await clone.run(program!, ...args, "--help").catch((error) => error);
    expect(`${stdout}${stderr}`).toMatch(/^usage: /im);
  });
});
