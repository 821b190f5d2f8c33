import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeRepositoryUrl } from "../../src/release/repository-url";

test("every public package names its repository", async () => {
  const root = mkdtempSync(join(tmpdir(), "repository-url-"));
  try {
    const write = (name: string, description: object) => {
      mkdirSync(join(root, "packages", name), { recursive: true });
      writeFileSync(join(root, "packages", name, "package.json"), JSON.stringify(description));
    };
    write("ipam", { name: "@x/ipam", version: "1.0.0" });
    write("inner", { name: "@x/inner", private: true });
    mkdirSync(join(root, "packages/empty"));
    const env = { GITHUB_SERVER_URL: "https://github.com", GITHUB_REPOSITORY: "example/addresses" };
    expect(await writeRepositoryUrl(root, env)).toEqual(["@x/ipam"]);
    expect(JSON.parse(readFileSync(join(root, "packages/ipam/package.json"), "utf8"))).toEqual({
      ...{ name: "@x/ipam", version: "1.0.0" },
      repository: {
        type: "git",
        url: "git+https://github.com/example/addresses.git",
        directory: "packages/ipam",
      },
    });
  } finally {
    rmSync(root, { recursive: true });
  }
});
