import { spawnSync } from "node:child_process";
import { LATE_OPTIMIZATION } from "../src/late-optimization";

test("this version of Node knows the flag", () => {
  // V8 prints an error about a flag that it does not know, and goes on.
  const script = `require("node:v8").setFlagsFromString(${JSON.stringify(LATE_OPTIMIZATION)})`;
  expect(spawnSync(process.execPath, ["-e", script], { encoding: "utf8" })).toMatchObject({
    status: 0,
    stdout: "",
    stderr: "",
  });
});
