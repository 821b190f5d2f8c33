import { existsSync } from "node:fs";
import { join } from "node:path";
import { InterruptedError } from "../../src/errors/plan-error";
import { runChild } from "../../src/run/child-process";
import { removeScratch, scratch } from "../scratch";

afterEach(removeScratch);

const run = (script: string, abort = new AbortController().signal) =>
  runChild("sh", ["-c", script], { cwd: scratch(), env: { PATH: process.env["PATH"] }, abort });

test("returns output and exit code unchanged, and passes on only the given environment", async () => {
  process.env["LEAKED"] = "yes";
  try {
    expect(await run('echo "$LEAKED out"; echo err >&2; exit 3')).toEqual({
      code: 3,
      stdout: " out\n",
      stderr: "err\n",
    });
  } finally {
    delete process.env["LEAKED"];
  }
});

test("a command that is not installed is an error", async () => {
  const options = { cwd: scratch(), env: {}, abort: new AbortController().signal };
  await expect(runChild("/no/such/command", [], options)).rejects.toThrow(/ENOENT/);
});

test("a command that ignores SIGTERM is killed before the run ends", async () => {
  const started = join(scratch(), "started");
  const controller = new AbortController();
  const ended = expect(
    run(`trap '' TERM; touch ${started}; while :; do sleep 0.1; done`, controller.signal),
  ).rejects.toThrow(new InterruptedError("SIGINT"));
  while (!existsSync(started)) await new Promise((resolve) => setTimeout(resolve, 10));
  controller.abort("SIGINT");
  await ended;
}, 30_000);
