import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { codeBlocks } from "../docs/code-blocks";

const run = promisify(execFile);
const root = join(__dirname, "../..");

/** A package of the workspace that is published. */
export interface PublishedPackage {
  readonly name: string;
  readonly folder: string;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

/** Every package that is published: those under `packages/` that are not private. */
export const publishedPackages: readonly PublishedPackage[] = readdirSync(join(root, "packages"))
  .map((name) => join(root, "packages", name))
  .filter((folder) => existsSync(join(folder, "package.json")))
  .map((folder) => ({ folder, ...manifest(folder) }))
  .filter((entry) => !entry.private);

function manifest(folder: string): {
  name: string;
  private?: boolean;
  peerDependencies: Record<string, string>;
  devDependencies?: Record<string, string>;
} {
  return { peerDependencies: {}, ...JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) };
}

/** A project of somebody else: nothing of this workspace but the packages it installs and the pages they come with. */
export class FreshProject {
  private readonly env: NodeJS.ProcessEnv;

  constructor(
    readonly folder: string,
    private readonly registry: string,
  ) {
    mkdirSync(folder, { recursive: true });
    // Not this workspace's npm settings, which npm hands to its children.
    const inherited = Object.entries(process.env).filter(([name]) => !/^npm_(?!config_cache)/i.test(name));
    this.env = { ...Object.fromEntries(inherited), CHECKPOINT_DISABLE: "1", npm_config_registry: registry };
  }

  /**
   * Installs every published package with the peers that it asks for.
   *
   * @param cdktf package used as cdktf, for example `0.21.0` or `npm:cdktn@0.24.0`
   */
  async install(cdktf: string): Promise<void> {
    const workspace = manifest(root).devDependencies!;
    const peers = Object.keys(Object.assign({}, ...publishedPackages.map((entry) => entry.peerDependencies)));
    const dependencies = Object.fromEntries([
      ...publishedPackages.map(({ name }) => [name, "latest"]),
      ...peers.map((name) => [name, name === "cdktf" ? cdktf : workspace[name]]),
      ["@types/node", workspace["@types/node"]],
      ["typescript", workspace["@typescript/native"]],
    ]);
    const overrides = cdktf.startsWith("npm:") ? { overrides: { cdktf: "$cdktf" } } : {};
    this.write("package.json", JSON.stringify({ private: true, dependencies, ...overrides }, null, 2));
    await this.run("npm", "install", "--no-audit", "--no-fund", "--prefer-offline", "--ignore-scripts");
  }

  /** Writes the files that the pages of the installed packages name: nothing else is known here. */
  writePages(): readonly string[] {
    const files: string[] = [];
    for (const { name } of publishedPackages) {
      for (const { file, text } of codeBlocks(join(this.folder, "node_modules", name, "README.md"))) {
        if (file === undefined) continue;
        this.write(file, text);
        files.push(file);
      }
    }
    return files;
  }

  async typeCheck(): Promise<void> {
    const compilerOptions = {
      target: "ES2022",
      module: "node16",
      strict: true,
      esModuleInterop: true,
      skipLibCheck: true,
      types: ["node"],
      rootDir: "src",
      outDir: "dist",
    };
    this.write("tsconfig.json", JSON.stringify({ compilerOptions, include: ["src"] }));
    await this.run("npx", "tsc");
  }

  /** Synthesizes a program into a folder of its own. @returns that folder */
  async synthesize(program: string): Promise<string> {
    const app = join(this.folder, "apps", program);
    mkdirSync(app, { recursive: true });
    await run(process.execPath, [join(this.folder, "dist", `${program}.js`)], { cwd: app, env: this.env });
    return app;
  }

  /** Plans the stacks in a folder in the sandbox. @returns what the command prints */
  async plan(app: string): Promise<string> {
    const { stdout } = await run("npx", ["sandbox", "--from-nothing", "--", "npx", "plan-stacks"], {
      cwd: app,
      env: this.env,
    });
    return stdout;
  }

  /** The HCL of a folder's stacks by name, without the version of cdktf that is stamped into it. */
  hcl(app: string): Readonly<Record<string, string>> {
    const stacks = join(app, "cdktf.out/stacks");
    return Object.fromEntries(
      readdirSync(stacks).map((name) => [name, readFileSync(join(stacks, name, "cdk.tf"), "utf8")]),
    );
  }

  async run(command: string, ...args: string[]): Promise<string> {
    const options = { cwd: this.folder, env: this.env, maxBuffer: 16 * 1024 * 1024 };
    return (await run(command, args, options)).stdout;
  }

  /** Another project with the same files and nothing installed. */
  copyTo(folder: string): FreshProject {
    const ignored = ["node_modules", "package-lock.json", "apps", "dist"];
    cpSync(this.folder, folder, {
      recursive: true,
      filter: (source) => !ignored.some((name) => source === join(this.folder, name)),
    });
    return new FreshProject(folder, this.registry);
  }

  private write(file: string, text: string): void {
    mkdirSync(dirname(join(this.folder, file)), { recursive: true });
    writeFileSync(join(this.folder, file), text);
  }
}
