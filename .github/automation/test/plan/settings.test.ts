import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeOutputs } from "../../src/github/runner-file";
import { settings } from "../../src/plan/settings";

test("only variables that the apps read are passed on", () => {
  const variables = {
    PROD_AWS_ACCOUNT_ID: "333333333333",
    DEV_GOOGLE_PROJECT: "example-dev",
    NETWORK_BACKEND: "s3:states",
    PROD_DELETION_PROTECTION: "off",
    DEV_SUBNET_AUTOSCALER: "act",
    NODE_OPTIONS: "--require ./evil.js",
    PATH: "/evil",
    LD_PRELOAD: "/evil.so",
    X_BACKEND_Y: "no",
  };
  expect(settings(JSON.stringify(variables))).toEqual({
    PROD_AWS_ACCOUNT_ID: "333333333333",
    DEV_GOOGLE_PROJECT: "example-dev",
    NETWORK_BACKEND: "s3:states",
    PROD_DELETION_PROTECTION: "off",
    DEV_SUBNET_AUTOSCALER: "act",
  });
});

test.each(["", "{", "[1]", '{"a":1}'])("%j is an error", (json) => {
  expect(() => settings(json)).toThrow("VARIABLES is not an object of strings; pass it as `toJSON(vars)`");
});

test("a multi-line value cannot set another variable", () => {
  const print = jest.spyOn(process.stdout, "write").mockReturnValue(true);
  const folder = mkdtempSync(join(tmpdir(), "runner-"));
  try {
    const env = { GITHUB_ENV: join(folder, "env") };
    writeOutputs(env, "GITHUB_ENV", { A: "1" });
    expect(() => writeOutputs(env, "GITHUB_ENV", { B: "1\nPATH=/evil" })).toThrow(
      "B has several lines; use a value with one line",
    );
    expect(readFileSync(env.GITHUB_ENV, "utf8")).toBe("A=1\n");
  } finally {
    print.mockRestore();
    rmSync(folder, { recursive: true });
  }
});
