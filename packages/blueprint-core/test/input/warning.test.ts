import * as fs from "node:fs";
import * as path from "node:path";
import { warn } from "../../src";
import { synthesized } from "../terraform";

test("is in the manifest, where cdktf-cli reads it", () => {
  const manifest = synthesized(
    (stack) => warn(stack, "one NAT gateway serves three zones"),
    (folder) => JSON.parse(fs.readFileSync(path.join(folder, "../../manifest.json"), "utf8")),
  );
  expect(manifest.stacks.stack.annotations).toMatchObject([
    { constructPath: "stack", level: "@cdktf/warn", message: "one NAT gateway serves three zones" },
  ]);
});
