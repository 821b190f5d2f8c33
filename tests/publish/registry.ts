import { type ChildProcess, execFile, spawn } from "node:child_process";
import { createWriteStream, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { stringify } from "yaml";

const run = promisify(execFile);
// npm reads its settings in a workspace's root, not in its folders.
const root = join(__dirname, "../..");

/** A package registry on loopback: it has what is published to it, and the rest from npm's own registry. */
export class Registry {
  private constructor(
    /** Address, with a slash at its end. */
    readonly url: string,
    private readonly server: ChildProcess,
  ) {}

  /**
   * @param folder existing folder for its storage and log
   * @throws Error with the log's place if it does not answer within a minute
   */
  static async start(folder: string): Promise<Registry> {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}/`;
    const config = join(folder, "verdaccio.yaml");
    writeFileSync(config, stringify(await configuration(folder)));
    const log = join(folder, "verdaccio.log");
    const server = spawn(
      process.execPath,
      [require.resolve("verdaccio/bin/verdaccio"), "--config", config, "--listen", `127.0.0.1:${port}`],
      { stdio: ["ignore", "pipe", "pipe"] },
    );
    const out = createWriteStream(log);
    server.stdout.pipe(out, { end: false });
    server.stderr.pipe(out, { end: false });
    await answers(`${url}-/ping`, server, log);
    // npm refuses to publish without a token; this registry accepts any token.
    writeFileSync(join(folder, ".npmrc"), `registry=${url}\n//127.0.0.1:${port}/:_authToken=nobody\n`);
    return new Registry(url, server);
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.server.once("exit", resolve));
    this.server.kill();
    await ended;
  }
}

async function configuration(folder: string): Promise<object> {
  mkdirSync(join(folder, "storage"));
  const { stdout } = await run("npm", ["config", "get", "registry"], { cwd: root });
  const uplink = { url: stdout.trim(), maxage: "60m", timeout: "120s", max_fails: 20, fail_timeout: "1s" };
  return {
    storage: join(folder, "storage"),
    uplinks: { npm: uplink },
    packages: {
      "@cluster-ipam/*": { access: "$all", publish: "$anonymous" },
      "**": { access: "$all", proxy: "npm" },
    },
    max_body_size: "100mb",
    log: { type: "stdout", format: "pretty", level: "warn" },
    web: { enable: false },
  };
}

async function answers(url: string, server: ChildProcess, log: string): Promise<void> {
  for (let attempt = 0; attempt < 120 && server.exitCode === null; attempt++) {
    if (
      await fetch(url).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error(`the registry does not answer at ${url}; see ${log}`);
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
