import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const folders: string[] = [];

/** A new temporary folder; {@link removeScratch} removes it. */
export function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), "plan-report-test-"));
  folders.push(folder);
  return folder;
}

export function removeScratch(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** Writes files, path to text, and makes the folders they need. */
export function writeFiles(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

/** Writes a shell script that can be run in place of Terraform. */
export function writeScript(root: string, name: string, lines: readonly string[]): string {
  const path = join(root, name);
  writeFileSync(path, ["#!/bin/sh", ...lines, ""].join("\n"));
  chmodSync(path, 0o755);
  return path;
}

/** The files that an app with these stacks has synthesized: stack id to HCL. */
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

export const S3_BACKEND = `terraform {
  backend "s3" {
    bucket = "a-bucket-nobody-has"
    key    = "state"
    region = "eu-central-1"
  }
}
`;
