import * as fs from "node:fs";
import * as path from "node:path";
import { type BlueprintStack } from "../src";
import { hclOf, synthesized } from "./terraform";

interface JsonForm {
  readonly terraform: { readonly required_providers: Record<string, { version: string } | undefined> };
  readonly resource: Record<string, Record<string, unknown> | undefined>;
  readonly provider: Record<string, readonly Record<string, unknown>[] | undefined>;
}

/** A stack with the given content, in HCL and in JSON. */
export function renderings(compose: (stack: BlueprintStack) => void): { hcl: string; json: JsonForm } {
  const read = (folder: string): JsonForm =>
    JSON.parse(fs.readFileSync(path.join(folder, "cdk.tf.json"), "utf8")) as JsonForm;
  return { hcl: hclOf(compose), json: synthesized(compose, read, { output: "json" }) };
}
