import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { readJsonObject } from "../repository";
import { type RecordedApp } from "./record-files";
import { type RecordedStack } from "./stack-record";

interface Manifest {
  readonly stacks: Readonly<
    Record<string, { readonly workingDirectory: string; readonly dependencies?: readonly string[] }>
  >;
}

/** The mark of a stack without resources in what cdktf-cli reads of it. */
interface StackMetadata {
  readonly "//"?: { readonly retired?: boolean };
}

/**
 * The stacks that an app no longer composes, as last synthesized, in the order in which they are destroyed.
 *
 * @returns none if the app is not synthesized
 */
export function retiredStacks(app: RecordedApp, env: NodeJS.ProcessEnv): readonly RecordedStack[] {
  const output = outputFolder(app.folder, env);
  const manifest = join(output, "manifest.json");
  if (!existsSync(manifest)) return [];
  const { stacks } = readJsonObject(manifest, "synthesize the app again") as Manifest;
  const ordered = new Set<string>();
  const add = (id: string): void => {
    for (const dependency of stacks[id]?.dependencies ?? []) add(dependency);
    ordered.add(id);
  };
  for (const id of Object.keys(stacks)) add(id);
  const recorded = new Map(app.record.stacks.map((stack) => [stack.id, stack]));
  return [...ordered]
    .filter((id) => isRetired(join(output, stacks[id]!.workingDirectory)))
    .flatMap((id) => recorded.get(id) ?? []);
}

/** The folder in which cdktf writes and runs an app's stacks. @param folder of the app's `cdktf.json` */
export function outputFolder(folder: string, env: NodeJS.ProcessEnv): string {
  const settings = readJsonObject(join(folder, "cdktf.json"), "restore it from version control") as { output?: string };
  return resolve(folder, env["CDKTF_OUTDIR"] || settings.output || "cdktf.out");
}

/** Whether a synthesized stack is one that its app no longer composes. @param folder of its Terraform configuration */
export function isRetired(folder: string): boolean {
  const file = ["metadata.json", "cdk.tf.json"].map((name) => join(folder, name)).find(existsSync);
  if (file === undefined) return false;
  return (readJsonObject(file, "synthesize the app again") as StackMetadata)["//"]?.retired === true;
}
