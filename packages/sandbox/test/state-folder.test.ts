import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stateFolder } from "../src/state-folder";

const repository = mkdtempSync(join(tmpdir(), "state-folder-"));
const app = join(repository, "apps/dev");
mkdirSync(app, { recursive: true });
afterAll(() => rmSync(repository, { recursive: true, force: true }));

test("the apps of a repository share the cloud beside its address plan", () => {
  expect(stateFolder({}, app)).toBe(join(app, ".sandbox"));
  writeFileSync(join(repository, "addresses.yaml"), "");
  expect(stateFolder({}, app)).toBe(join(repository, ".sandbox"));
  expect(stateFolder({}, repository)).toBe(join(repository, ".sandbox"));
});

test("SANDBOX_STATE names another, from the working directory", () => {
  expect(stateFolder({ SANDBOX_STATE: "/elsewhere" }, app)).toBe("/elsewhere");
  expect(stateFolder({ SANDBOX_STATE: "cloud" }, app)).toBe(join(app, "cloud"));
});
