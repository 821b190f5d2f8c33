import { execFileSync } from "node:child_process";
import { join } from "node:path";

test("a synthesis loads neither states nor the record's room, and can start no process", () => {
  const script = `
    require("./test/from-sources.js");
    require("./src/index.ts").AddressPlan.load({ directory: process.cwd() });
    const rooms = Object.keys(require.cache).filter((file) => /src.(states|stacks)./.test(file));
    require("./src/stacks/index.ts");
    const loaded = Object.keys(require.cache).filter((file) => /src.states./.test(file));
    console.log(JSON.stringify([rooms, loaded, process.moduleLoadList.filter((name) => /child_process/.test(name))]));
  `;
  const output = execFileSync(process.execPath, ["-e", script], {
    cwd: join(__dirname, "../.."),
    encoding: "utf8",
  });
  expect(JSON.parse(output)).toEqual([[], [], []]);
});
