import { systemErrorText } from "@cluster-ipam/address-plan/repository";
import * as fs from "node:fs";
import * as path from "node:path";
import { ValidationError } from "../input/validation-error";

const generated = ["cdk.tf", "cdk.tf.json", "metadata.json", "assets"];

/**
 * Writes into a staging folder inside `folder` and moves the result into place only if `write` returns: a composition
 * that fails leaves the last good output unchanged.
 *
 * Files that an earlier synthesis generated and this one did not are removed, such as the other rendering of a stack or
 * a stack that is gone. Everything else is kept, above all `.terraform`, lock files, plans and state.
 *
 * @throws ValidationError with the folder and a fix if its disk is full or cannot be written
 */
export function publish(folder: string, write: (staging: string) => void): void {
  fs.mkdirSync(folder, { recursive: true });
  const staging = fs.mkdtempSync(path.join(folder, ".synth-"));
  try {
    write(staging);
    const stacks = path.join(folder, "stacks");
    for (const stack of union(directories(stacks), directories(path.join(staging, "stacks")))) {
      replaceStack(path.join(staging, "stacks", stack), path.join(stacks, stack));
    }
    fs.renameSync(path.join(staging, "manifest.json"), path.join(folder, "manifest.json"));
  } catch (error) {
    // A write that fails after the file was opened does not know the file's name.
    const problem = (error as NodeJS.ErrnoException).path === undefined && systemErrorText(error);
    throw problem ? new ValidationError(path.resolve(folder), problem) : error;
  } finally {
    fs.rmSync(staging, { recursive: true, force: true });
  }
}

function replaceStack(fresh: string, stack: string): void {
  fs.mkdirSync(stack, { recursive: true });
  const names = fs.existsSync(fresh) ? fs.readdirSync(fresh) : [];
  for (const name of generated.filter((entry) => !names.includes(entry))) {
    fs.rmSync(path.join(stack, name), { recursive: true, force: true });
  }
  for (const name of names) {
    const target = path.join(stack, name);
    // A rename replaces a file in one step, but not a folder that has content.
    if (fs.statSync(path.join(fresh, name)).isDirectory())
      fs.rmSync(target, { recursive: true, force: true });
    fs.renameSync(path.join(fresh, name), target);
  }
  if (fs.readdirSync(stack).length === 0) fs.rmdirSync(stack);
}

function directories(folder: string): string[] {
  if (!fs.existsSync(folder)) return [];
  const entries = fs.readdirSync(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

function union(left: readonly string[], right: readonly string[]): ReadonlySet<string> {
  return new Set([...left, ...right]);
}
