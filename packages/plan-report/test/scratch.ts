import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const folders: string[] = [];

/** Creates a temporary folder; {@link removeScratch} deletes it. */
export function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), "plan-report-test-"));
  folders.push(folder);
  return folder;
}

/** Deletes all temporary folders. */
export function removeScratch(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** Writes files (path to text) and creates their folders. */
export function writeFiles(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

/** Writes an executable shell script, to run in place of Terraform. */
export function writeScript(root: string, name: string, lines: readonly string[]): string {
  const path = join(root, name);
  writeFileSync(path, ["#!/bin/sh", ...lines, ""].join("\n"));
  chmodSync(path, 0o755);
  return path;
}

/** Synthesized files of an app. @param stacks stack id to HCL */
export function synthesized(stacks: Readonly<Record<string, string>>): Record<string, string> {
  const manifest = {
    version: "0.21.0",
    stacks: Object.fromEntries(
      Object.keys(stacks).map((name) => [name, { name, workingDirectory: `stacks/${name}` }]),
    ),
  };
  return {
    "cdktf.out/manifest.json": JSON.stringify(manifest),
    ...Object.fromEntries(
      Object.entries(stacks).map(([name, hcl]) => [`cdktf.out/stacks/${name}/cdk.tf`, hcl]),
    ),
  };
}

/** HCL of a backend that cannot be reached. */
export const S3_BACKEND = `terraform {
  backend "s3" {
    bucket = "no-such-bucket"
    key    = "state"
    region = "eu-central-1"
  }
}
`;
