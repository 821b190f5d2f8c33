import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { handOver } from "../../src/github/runner-file";
import { settings } from "../../src/plan/settings";

test("only what the apps read gets through, whatever else is set", () => {
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

test.each(["", "{", "[1]", '{"a":1}'])("%j is refused", (json) => {
  expect(() => settings(json)).toThrow("VARIABLES is not an object of strings; pass it as `toJSON(vars)`");
});

test("a value of several lines cannot set another variable", () => {
  const print = jest.spyOn(process.stdout, "write").mockReturnValue(true);
  const folder = mkdtempSync(join(tmpdir(), "runner-"));
  try {
    const env = { GITHUB_ENV: join(folder, "env") };
    handOver(env, "GITHUB_ENV", { A: "1" });
    expect(() => handOver(env, "GITHUB_ENV", { B: "1\nPATH=/evil" })).toThrow(
      "B has several lines but must have one; correct the variable",
    );
    expect(readFileSync(env.GITHUB_ENV, "utf8")).toBe("A=1\n");
  } finally {
    print.mockRestore();
    rmSync(folder, { recursive: true });
  }
});
