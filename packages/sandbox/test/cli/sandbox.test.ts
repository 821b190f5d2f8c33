import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { main } from "../../src/cli/sandbox";
import { checkTerraform } from "../../src/terraform-version";
import { withSandbox } from "../../src";
import { Workspace } from "../workspace";

const socketFolders = () => readdirSync(tmpdir()).filter((name) => name.startsWith(`sbx-${process.pid}-`));

describe("the sandbox command", () => {
  const folder = mkdtempSync(join(tmpdir(), "cmd-"));
  const environment = { ...process.env };
  let errors = "";

  beforeEach(() => {
    errors = "";
    delete process.env["DEBUG"];
    process.env["SANDBOX_STATE"] = join(folder, "cloud");
    jest.spyOn(process.stderr, "write").mockImplementation((text) => {
      errors += String(text);
      return true;
    });
  });

  afterEach(() => {
    jest.restoreAllMocks();
    process.env = { ...environment };
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const fake = (version: string): string => {
    const path = join(folder, `terraform-${version}`);
    writeFileSync(path, `#!/bin/sh\necho '{"terraform_version": "${version}"}'\n`);
    chmodSync(path, 0o755);
    return path;
  };

  it("gives the command the providers, and its exit code back", async () => {
    const seen = join(folder, "seen.json");
    const script = `require("fs").writeFileSync(${JSON.stringify(seen)}, process.env.TF_REATTACH_PROVIDERS); process.exit(7)`;
    expect(await main(["--", process.execPath, "-e", script])).toBe(7);
    const reattach = JSON.parse(readFileSync(seen, "utf8")) as Record<string, { Addr: { String: string } }>;
    expect(Object.keys(reattach)).toHaveLength(6);
    expect(existsSync(reattach["registry.opentofu.org/hashicorp/aws"]!.Addr.String)).toBe(false);
    expect(errors).toBe("");
  });

  it("reports a cloud that another version saved in one sentence, before the command runs", async () => {
    const cloud = join(folder, "older");
    mkdirSync(cloud);
    writeFileSync(join(cloud, "00000001.json"), `{"version":1,"writes":[]}`);
    process.env["SANDBOX_STATE"] = cloud;
    expect(await main(["--", process.execPath, "-e", "process.exit(7)"])).toBe(1);
    expect(errors).toBe(
      `sandbox: ${join(cloud, "00000001.json")} is damaged or was written by another version of the sandbox; remove its folder and the Terraform states made with it (apps/*/state) to start with an empty cloud.\n`,
    );
    expect(socketFolders()).toEqual([]);
  });

  it("keeps what a command deployed for the next one, unless that starts from nothing", async () => {
    const workspace = join(folder, "deployed");
    mkdirSync(workspace);
    writeFileSync(
      join(workspace, "main.tf"),
      `terraform {
         required_providers { aws = { source = "hashicorp/aws" } }
       }
       provider "aws" { region = "eu-west-1" }
       resource "aws_vpc" "a" { cidr_block = "10.0.0.0/16" }`,
    );
    const terraform = (...args: string[]) => [
      process.env["TERRAFORM_BINARY_NAME"] ?? "terraform",
      `-chdir=${workspace}`,
      ...args,
    ];
    const quiet = ["sh", "-c", 'exec "$@" >/dev/null 2>&1', "sh"];
    const planned = ["plan", "-detailed-exitcode"];

    expect(await main([...quiet, ...terraform("init")])).toBe(0);
    expect(await main([...quiet, ...terraform("apply", "-auto-approve")])).toBe(0);
    expect(await main([...quiet, ...terraform(...planned)])).toBe(0);
    expect(await main(["--from-nothing", "--", ...quiet, ...terraform(...planned)])).toBe(2);
  });

  it("cleans up when the command fails to start", async () => {
    expect(await main([join(folder, "absent")])).toBe(1);
    expect(errors).toBe(`sandbox: ${join(folder, "absent")}: not found on PATH\n`);
    expect(socketFolders()).toEqual([]);
  });

  it("forwards a termination and reports it", async () => {
    const ready = join(folder, "ready");
    const script = `require("fs").writeFileSync(${JSON.stringify(ready)}, ""); setInterval(() => {}, 1000)`;
    const running = main([process.execPath, "-e", script]);
    while (!existsSync(ready)) await new Promise((resolve) => setTimeout(resolve, 20));
    process.emit("SIGTERM", "SIGTERM");
    expect(await running).toBe(143);
    expect(socketFolders()).toEqual([]);
  });

  it("says in one sentence that Terraform is missing", async () => {
    process.env["TERRAFORM_BINARY_NAME"] = "no-such-terraform";
    expect(await main(["cdktf", "diff"])).toBe(1);
    expect(errors).toBe(
      "sandbox: no-such-terraform: not found on PATH; install Terraform 1.8.0 or later (or OpenTofu) or name another binary in TERRAFORM_BINARY_NAME\n",
    );
    expect(socketFolders()).toEqual([]);
  });

  it("says in one sentence that Terraform is too old", async () => {
    process.env["TERRAFORM_BINARY_NAME"] = fake("1.5.7");
    expect(await main(["cdktf", "diff"])).toBe(1);
    expect(errors).toMatch(/^sandbox: .*: version 1\.5\.7 is older than 1\.8\.0; install .*\n$/);
  });

  it("reads the version behind OpenTofu's warnings", async () => {
    const path = join(folder, "warning-tofu");
    writeFileSync(
      path,
      `#!/bin/sh\necho "Warning: Unable to open CLI configuration file"\necho '{\n "terraform_version": "1.10.0"}'\n`,
    );
    chmodSync(path, 0o755);
    expect(await checkTerraform(path)).toBe("1.10.0");
  });

  it("quotes a binary that reports no version", async () => {
    const path = join(folder, "no-version");
    writeFileSync(path, "#!/bin/sh\necho 'no license' >&2\nexit 3\n");
    chmodSync(path, 0o755);
    await expect(checkTerraform(path)).rejects.toThrow(
      'it does not report a version (it printed "no license")',
    );
  });

  it("asks for the version without variables that would make Terraform fail", async () => {
    Object.assign(process.env, {
      TF_CLI_ARGS: "-nonsense",
      TF_REATTACH_PROVIDERS: "junk",
      TF_CLI_CONFIG_FILE: "/absent",
    });
    expect(await checkTerraform(process.env["TERRAFORM_BINARY_NAME"] || "terraform")).toMatch(/^\d+\./);
  });

  it("shows how it is used", async () => {
    expect(await main([])).toBe(2);
    expect(errors).toMatch(/^usage: sandbox \[--from-nothing \| --from-states\] -- /);
  });
});

describe("withSandbox", () => {
  it("serves several runs at once and leaves nothing behind", async () => {
    const plan = (name: string) =>
      withSandbox(async (sandbox) => {
        const workspace = new Workspace(sandbox).write(
          `provider "aws" { region = "eu-west-1" }
           resource "aws_vpc" "${name}" { cidr_block = "10.0.0.0/16" }`,
        );
        return workspace.plan().finally(() => workspace.remove());
      });
    const plans = await Promise.all(["a", "b", "c"].map(plan));
    expect(plans.flatMap((changes) => [...changes.keys()])).toEqual(["aws_vpc.a", "aws_vpc.b", "aws_vpc.c"]);
    expect(socketFolders()).toEqual([]);
  });

  it("removes what a killed run left behind", async () => {
    const { pid } = spawnSync(process.execPath, ["-e", ""]);
    const orphan = mkdtempSync(join(tmpdir(), `sbx-${pid}-`));
    await withSandbox(async () => undefined);
    expect(existsSync(orphan)).toBe(false);
  });

  it("stops when what it runs fails", async () => {
    await expect(withSandbox(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(socketFolders()).toEqual([]);
  });
});
