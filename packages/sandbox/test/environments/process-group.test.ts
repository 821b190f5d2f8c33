import { InterruptedError, runGroup } from "../../src/environments/process-group";

const run = (script: string, silence = 60_000, onOutput: (chunk: string) => void = () => undefined) =>
  runGroup("sh", ["-c", script], { cwd: process.cwd(), env: process.env, silence, onOutput });

test("gives the output and the exit code", async () => {
  let output = "";
  expect(await run("echo one; echo two >&2; exit 3", 60_000, (chunk) => (output += chunk))).toBe(3);
  expect(output.split("\n").sort()).toEqual(["", "one", "two"]);
});

test("waits for what the command leaves running", async () => {
  const begun = performance.now();
  await run("sleep 1 >/dev/null 2>&1 & exit 0");
  expect(performance.now() - begun).toBeGreaterThan(900);
});

test("passes a signal to the whole group once, and says which", async () => {
  let output = "";
  const running = run(
    // A shell reports a command that the signal ends only if it waits for it in the foreground.
    "sh -c 'trap \"echo saved; exit 0\" TERM; echo ready; sleep 30 & wait' & trap : TERM; wait; wait",
    60_000,
    (chunk) => {
      output += chunk;
      if (chunk.includes("ready")) process.emit("SIGTERM", "SIGTERM");
    },
  );
  await expect(running).rejects.toThrow(InterruptedError);
  expect(output).toBe("ready\nsaved\n");
});

test("ends a command that says nothing for too long", async () => {
  await expect(run("exec sleep 30", 300)).rejects.toThrow(/^no output for .* minutes, so it was ended$/);
});
