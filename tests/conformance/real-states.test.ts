import { execFile } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { CasePlanner } from "./case-planner";
import { adoption, openCases } from "./conformance";
import { RELEASES, type RecordedCase, type RecordedProvider, recordedCases } from "./recorded-case";

const SANDBOX = join(__dirname, "../../packages/sandbox/bin/sandbox.js");
const terraform = process.env["TERRAFORM_BINARY_NAME"] || "terraform";

/** What the real provider leaves alone: the first such case of every type. */
function untouched(provider: RecordedProvider): readonly RecordedCase[] {
  const open = openCases(provider);
  const first = new Map<string, RecordedCase>();
  for (const one of recordedCases(provider)) {
    const { id, type, state, expect: outcome } = one;
    if (state === null || open.has(id) || outcome.refused || outcome.actions.join() !== "no-op") continue;
    if (/:(unchanged|refreshed)$/.test(id) && !first.has(type)) first.set(type, one);
  }
  return [...first.values()];
}

/** Runs the sandbox's command as a user does, in a folder with a copy of a state. */
function plan(cwd: string): Promise<{ readonly output: string; readonly code: number | undefined }> {
  const args = [SANDBOX, "--from-states", "--", terraform, "plan", "-input=false", "-no-color"];
  const env = { ...process.env, TF_IN_AUTOMATION: "1" };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [...args, "-detailed-exitcode"],
      { cwd, env, maxBuffer: 2 ** 28 },
      (error, stdout, stderr) =>
        resolve({ output: stdout + stderr, code: error === null ? 0 : Number(error.code) }),
    );
  });
}

test.each(Object.keys(RELEASES) as RecordedProvider[])(
  "sandbox --from-states plans no changes over a state that the real %s provider wrote and leaves alone",
  async (provider) => {
    const cases = untouched(provider);
    expect(cases.length).toBeGreaterThan(10);
    const planner = await CasePlanner.open(provider, cases);
    try {
      const folder = planner.write(
        new Map(cases.map((one, index) => [`c${index}`, one])),
        adoption(provider, planner),
      );
      const { output, code } = await plan(folder);
      // What the cases call unknown is the one resource that no state has.
      expect(output.match(/^ {2}# .*/gm)).toEqual(["  # terraform_data.later will be created"]);
      expect(code).toBe(2);
      // Without the state everything would be created: the command reads it.
      rmSync(join(folder, "terraform.tfstate"));
      expect((await plan(folder)).output).toContain(`Plan: ${cases.length + 1} to add`);
    } finally {
      await planner.close();
    }
  },
);
