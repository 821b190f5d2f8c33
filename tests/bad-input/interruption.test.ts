import { type ChildProcess, execFileSync } from "node:child_process";
import { constants, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { lock } from "proper-lockfile";
import { outcome, Workspace } from "./workspace";

/** Waits until a command has come to the point at which it leaves a sign. */
async function reached(path: string): Promise<void> {
  while (!existsSync(path)) await sleep(10);
}

/** Puts a pipe in the place of the plan: the command waits in the middle of its run for somebody who writes it. */
function stopAtPlan(workspace: Workspace): string {
  const plan = workspace.path("addresses.yaml");
  const text = readFileSync(plan, "utf8");
  rmSync(plan);
  execFileSync("mkfifo", [plan]);
  return text;
}

/**
 * Opens the pipe once the command waits at its other end. Opened any sooner, and without O_NONBLOCK, it would wait for a
 * reader that may never come, on a thread that nothing can interrupt.
 */
async function readerOf(pipe: string): Promise<FileHandle> {
  for (;;) {
    try {
      return await open(pipe, constants.O_WRONLY | constants.O_NONBLOCK);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENXIO") throw error;
      await sleep(10);
    }
  }
}

/** Starts `plan-stacks` on a stack; it stops in `terraform init` until the workspace is removed. */
async function planStacksInTerraform(workspace: Workspace): Promise<ChildProcess> {
  const stack = workspace.path("cdktf.out/stacks/prod-payments");
  mkdirSync(stack, { recursive: true });
  writeFileSync(workspace.path("cdktf.out/stacks/prod-payments/cdk.tf"), "");
  writeFileSync(
    workspace.path("cdktf.out/manifest.json"),
    JSON.stringify({
      stacks: { "prod-payments": { name: "prod-payments", workingDirectory: "stacks/prod-payments" } },
    }),
  );
  workspace.terraform(
    'if [ "$1" = version ]; then echo "Terraform v1.11.4"; exit; fi',
    'echo > "$HOME/tmp/started"',
    'while [ -e "$HOME/bin/terraform" ]; do sleep 0.05; done',
  );
  const child = workspace.start("plan-stacks");
  await reached(workspace.path("tmp/started"));
  rmSync(workspace.path("tmp/started"));
  return child;
}

test.concurrent("addresses beside another run gives up and says so", async () => {
  await Workspace.with(async (workspace) => {
    const before = workspace.files();
    const release = await lock(workspace.path("addresses.lock.json"), { realpath: false, stale: 4_000 });

    const { code, stderr } = await workspace.run("addresses");

    expect(code).toBe(1);
    expect(stderr).toBe(
      "addresses.lock.json: another npm run addresses is running; run again when it finishes\n",
    );
    await release();
    expect(workspace.files()).toEqual(before);
  });
});

test.concurrent("plan beside another run gives up and says so", async () => {
  await Workspace.with(async (workspace) => {
    workspace.terraform('echo "Terraform v1.11.4"');
    const before = workspace.files();
    const cache = workspace.path("node_modules/.cache/cluster-ipam");
    mkdirSync(cache, { recursive: true });
    const release = await lock(workspace.folder, { lockfilePath: `${cache}/plan.lock`, stale: 10_000 });

    const { code, stderr } = await workspace.run("plan");

    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^plan: node_modules\/.*plan\.lock: another run is in progress in this workspace; wait until .*\n$/,
    );
    await release();
    expect(workspace.files()).toEqual(before);
  });
});

test.concurrent("addresses that is interrupted says so and leaves nothing behind", async () => {
  await Workspace.with(async (workspace) => {
    const before = workspace.files();
    const text = stopAtPlan(workspace);
    const child = workspace.start("addresses");
    const ended = outcome(child);
    const pipe = await readerOf(workspace.path("addresses.yaml"));

    child.kill("SIGINT");
    await pipe.writeFile(text);
    await pipe.close();
    const { code, stderr } = await ended;

    expect(code).toBe(130);
    expect(stderr).toBe(
      "interrupted by SIGINT; addresses.lock.json is intact, either unchanged or up to date; run again\n",
    );
    expect(existsSync(workspace.path("addresses.lock.json.lock"))).toBe(false);
    rmSync(workspace.path("addresses.yaml"));
    writeFileSync(workspace.path("addresses.yaml"), text);
    expect(workspace.files()).toEqual(before);
  });
});

test.concurrent(
  "addresses that is killed leaves the lock as it was, and the next run cleans up",
  async () => {
    await Workspace.with(async (workspace) => {
      const before = workspace.files();
      const text = stopAtPlan(workspace);
      const child = workspace.start("addresses");
      const ended = outcome(child);
      const pipe = await readerOf(workspace.path("addresses.yaml"));
      expect(existsSync(workspace.path("addresses.lock.json.lock"))).toBe(true);

      child.kill("SIGKILL");
      expect((await ended).signal).toBe("SIGKILL");
      await pipe.close();
      rmSync(workspace.path("addresses.yaml"));
      writeFileSync(workspace.path("addresses.yaml"), text);
      expect(workspace.files()).toEqual(before);

      const next = await workspace.run("addresses");
      expect(next).toMatchObject({ code: 0, stdout: "addresses.lock.json: up to date\n", stderr: "" });
      expect(existsSync(workspace.path("addresses.lock.json.lock"))).toBe(false);
    });
  },
);

test.concurrent("plan-stacks that is interrupted says so and leaves nothing behind", async () => {
  await Workspace.with(async (workspace) => {
    const child = await planStacksInTerraform(workspace);
    const ended = outcome(child);

    child.kill("SIGINT");
    const { code, stderr } = await ended;

    expect(code).toBe(130);
    expect(stderr).toBe("plan-stacks: interrupted by SIGINT; nothing is left behind\n");
    expect(leftBehind(workspace)).toEqual([]);
  });
});

test.concurrent("plan-stacks that is killed leaves no plan that looks finished", async () => {
  await Workspace.with(async (workspace) => {
    const child = await planStacksInTerraform(workspace);
    const ended = outcome(child);

    child.kill("SIGKILL");

    expect((await ended).signal).toBe("SIGKILL");
    expect(leftBehind(workspace).filter((path) => path.includes("plan.out"))).toEqual([]);
  });
});

/** What was neither there before nor belongs to the synthesized app. */
function leftBehind(workspace: Workspace): string[] {
  const own = ["addresses.", "nx.json", "package.json", "apps/", "bin/", "cdktf.out/"];
  return Object.keys(workspace.files()).filter(
    (path) => !own.some((start) => path.startsWith(workspace.path(start))),
  );
}
