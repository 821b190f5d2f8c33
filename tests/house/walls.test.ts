import { execFile, execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = join(__dirname, "../..");

const table = JSON.parse(
  execFileSync(process.execPath, [
    "--input-type=module",
    "--eval",
    `import * as table from ${JSON.stringify(join(root, "walls.mjs"))}; console.log(JSON.stringify(table));`,
  ]).toString(),
) as { walls: Record<string, string[]>; rooms: Record<string, (string | string[])[]> };

const packages = Object.keys(table.walls)
  .map((folder) => /^packages\/([^/]+)$/.exec(folder)?.[1])
  .filter((name) => name !== undefined);
/** The folder of each wall in the copy: one app represents all apps. */
const folders = Object.keys(table.walls).map((wall) => ({ wall, folder: wall.replace("*", "dev") }));
const allowedIn = (folder: string) =>
  folders
    .filter((entry) => `${folder}/`.startsWith(`${entry.folder}/`))
    .map(({ wall }) => table.walls[wall]!)
    .reduce((all, these) => all.filter((name) => these.includes(name)));
/** Packages that offer nothing to import. */
const closed = ["new-environment"];
const sources = (folder: string) => (folder.includes("/src/") ? folder : join(folder, "src"));
const importOf = (name: string) =>
  name === "cdktf"
    ? `import type * as cdktf from "cdktf";`
    : `import type * as it from "@cluster-ipam/${name}";`;

/** A file of a room: a room may be one file. */
const fileIn = (room: string) => (room.endsWith(".ts") ? room : join(room, "room.ts"));
const importOfRoom = (from: string, to: string) =>
  `import type * as it from "${from.includes("/") ? "../" : "./"}${fileIn(to).replace(/\.ts$/, "")}";`;

/** A small copy of the repository: its manifests, its walls, and a file in every folder that has a wall. */
class Copy {
  readonly folder = mkdtempSync(join(realpathSync(tmpdir()), "walls-"));

  constructor() {
    for (const name of packages) {
      const folder = join("packages", name);
      this.write(join(folder, "src/index.ts"), "export {};");
      cpSync(join(root, folder, "package.json"), join(this.folder, folder, "package.json"));
      mkdirSync(join(this.folder, "node_modules/@cluster-ipam"), { recursive: true });
      symlinkSync(join(this.folder, folder), join(this.folder, "node_modules/@cluster-ipam", name));
    }
    this.write("apps/prod/src/main.ts", "export {};");
    for (const { folder } of folders)
      this.write(join(sources(folder), "allowed.ts"), allowedIn(folder).map(importOf).join("\n"));
    for (const [folder, order] of Object.entries(table.rooms)) {
      const built = order.flatMap((level, index) =>
        [level].flat().map((room) => ({ room, before: order.slice(0, index).flat() })),
      );
      for (const { room, before } of built)
        this.write(
          join(folder, fileIn(room)),
          before.map((other) => importOfRoom(fileIn(room), other)).join("\n"),
        );
      this.write(join(folder, "all.ts"), built.map(({ room }) => importOfRoom("all.ts", room)).join("\n"));
    }
    this.write("tests/whole.ts", `import "../apps/dev/src/allowed";\nimport "@cluster-ipam/sandbox";`);
  }

  write(file: string, text: string): void {
    mkdirSync(dirname(join(this.folder, file)), { recursive: true });
    writeFileSync(join(this.folder, file), `${text}\n`);
  }

  /** @returns what the check prints, empty if every wall holds */
  async check(): Promise<string> {
    const check = [join(root, "tools/check-walls.mjs"), this.folder];
    return run(process.execPath, check).then(
      ({ stderr }) => stderr,
      ({ stderr }: { stderr: string }) => stderr,
    );
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

test.each([
  ["packages/address-plan", []],
  ["packages/terraform-provider", []],
  ["packages/cloud-model", ["address-plan"]],
  ["packages/sandbox", ["address-plan", "terraform-provider", "cloud-model"]],
  ["packages/plan-report", ["address-plan"]],
  ["packages/blueprint-core", ["cdktf", "address-plan"]],
  ["packages/subnet-autoscaler/src/runtime", ["address-plan"]],
])("%s may import no more than the design says", (wall, most) => {
  expect(most).toEqual(expect.arrayContaining(table.walls[wall]!));
});

test("no wall lets a construct or an app see the sandbox, and the packages make no circle", () => {
  for (const { wall } of folders) expect(table.walls[wall]).not.toContain("sandbox");
  const behind = (name: string): string[] =>
    table.walls[`packages/${name}`]?.flatMap((other) => [other, ...behind(other)]) ?? [];
  for (const name of packages) expect(behind(name)).not.toContain(name);
});

let printed: string;
const copy = new Copy();
afterAll(() => copy.remove());

test("what the table allows is allowed", async () => {
  expect(await copy.check()).toBe("");
});

describe("each wall, broken once", () => {
  const broken = folders.flatMap(({ wall, folder }) =>
    ["cdktf", ...packages]
      .filter(
        (name) =>
          !closed.includes(name) &&
          !allowedIn(folder).includes(name) &&
          !folder.startsWith(`packages/${name}`),
      )
      .map((name) => ({ wall, name, file: join(sources(folder), `breaks-${name}.ts`) })),
  );
  const brokenRooms = Object.entries(table.rooms).flatMap(([folder, order]) =>
    order.flatMap((level, index) =>
      [level]
        .flat()
        .filter((room) => !room.endsWith(".ts"))
        .flatMap((room) =>
          [...[level].flat().filter((other) => other !== room), ...order.slice(index + 1).flat()].map(
            (other) => ({
              folder,
              room,
              other,
              file: join(folder, room, `breaks-${other}.ts`),
            }),
          ),
        ),
    ),
  );

  beforeAll(async () => {
    for (const { name, file } of broken) copy.write(file, importOf(name));
    for (const { other, file } of brokenRooms) copy.write(file, importOfRoom("room/breaks.ts", other));
    copy.write("packages/gke/src/breaks-app.ts", `import type * as it from "../../../apps/prod/src/main";`);
    copy.write("apps/dev/src/breaks-app.ts", `import "../../prod/src/main";`);
    copy.write("packages/gke/src/breaks-path.ts", `import "../../ipam/src/index";`);
    copy.write("packages/gke/src/breaks-exports.ts", `import "@cluster-ipam/ipam/src/index";`);
    copy.write("packages/gke/src/breaks-closed.ts", `import "@cluster-ipam/new-environment";`);
    copy.write("packages/gke/src/breaks-build.ts", `import "@cluster-ipam/new-environment/dist/command.js";`);
    copy.write("packages/new-environment/dist/command.js", "");
    copy.write("packages/gke/src/breaks-barrel.ts", `import type * as google from "@cdktf/provider-google";`);
    copy.write("tests/breaks-barrel.ts", `import { vpc } from "@cdktf/provider-aws";`);
    copy.write("packages/gke/src/left.ts", `import type * as right from "./right";`);
    copy.write("packages/gke/src/right.ts", `export * from "./left";`);
    copy.write("packages/ipam/src/index.ts", `export * from "@cluster-ipam/blueprint-core";`);
    copy.write(
      "packages/blueprint-core/src/index.ts",
      `export const ipam = () => import("@cluster-ipam/ipam");`,
    );
    copy.write("packages/gke/src/a/one.ts", `import "../b/two";`);
    copy.write("packages/gke/src/b/two.ts", "export {};");
    copy.write("packages/gke/src/b/three.ts", `import type * as it from "../a/four";`);
    copy.write("packages/gke/src/a/four.ts", "export {};");
    copy.write("packages/new-package/package.json", `{ "name": "@cluster-ipam/new-package" }`);
    for (const folder of Object.keys(table.rooms)) copy.write(join(folder, "new-room/room.ts"), "export {};");
    rmSync(join(copy.folder, ".github"), { recursive: true });
    printed = await copy.check();
  });

  const line = (start: string) =>
    printed
      .split("\n")
      .filter((text) => text.startsWith(start))
      .join("\n") || `nothing about ${start}`;

  test.each(broken.filter(({ wall }) => wall !== ".github/automation"))(
    "$wall: $name",
    ({ wall, name, file }) => {
      const allowed = table.walls[wall]!;
      const reason = `${wall} may import ${new Intl.ListFormat("en").format(allowed) || "no other package"}`;
      expect(line(`${file} imports ${name === "cdktf" ? "cdktf" : `packages/${name}/`}`)).toContain(reason);
    },
  );

  test.each(brokenRooms)("$folder/$room: $other", ({ folder, other, file }) => {
    expect(line(`${file} imports ${folder}/${other}`)).toContain(`the rooms of ${folder} are `);
  });

  test.each([
    ["an app", "packages/gke/src/breaks-app.ts imports apps/prod/", "only end-to-end tests import an app"],
    [
      "an app, from an app",
      "apps/dev/src/breaks-app.ts imports apps/prod/",
      "only end-to-end tests import an app",
    ],
    [
      "a path",
      "packages/gke/src/breaks-path.ts imports packages/ipam/",
      "imported by its name, not by a path",
    ],
    [
      "insides",
      "packages/gke/src/breaks-exports.ts imports @cluster-ipam/ipam/src/index",
      "package.json exports",
    ],
    [
      "a closed package",
      "packages/gke/src/breaks-closed.ts imports @cluster-ipam/new-environment",
      "exports",
    ],
    [
      "a build",
      "packages/gke/src/breaks-build.ts imports packages/new-environment/dist/",
      "packages/gke may import",
    ],
    ["a barrel", "packages/gke/src/breaks-barrel.ts imports ", "import the resource, not the provider"],
    ["a barrel, from a test", "tests/breaks-barrel.ts imports ", "import the resource, not the provider"],
    [
      "a circle in a package",
      "packages/gke/src/left.ts → packages/gke/src/right.ts → packages/gke/src/left.ts: ",
      "a circle of imports",
    ],
    [
      "a circle across packages",
      "packages/blueprint-core/src/index.ts → packages/ipam/src/index.ts → packages/blueprint-core/src/index.ts: ",
      "a circle of imports",
    ],
    [
      "a circle of folders",
      "packages/gke/src/a → packages/gke/src/b → packages/gke/src/a: ",
      "(packages/gke/src/a/one.ts imports packages/gke/src/b/two.ts; packages/gke/src/b/three.ts imports packages/gke/src/a/four.ts)",
    ],
    ["a package without a wall", "walls.mjs does not name packages/new-package", "add what it may import"],
    ["a folder that is gone", "walls.mjs names .github/automation, which does not exist", "remove it"],
  ])("%s", (_what, start, reason) => {
    expect(line(start)).toContain(reason);
  });

  test.each(Object.keys(table.rooms))("a room of %s without a place", (folder) => {
    expect(line(`walls.mjs does not name ${folder}/new-room`)).toContain("add what it may import");
  });
});
