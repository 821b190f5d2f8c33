import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { PlanError } from "../errors/plan-error";
import { type Rule } from "./policy";

const ruleSchema = z.object({
  name: z.string().regex(/^[a-z][a-z0-9-]*$/, "use lower case and dashes"),
  description: z.string().min(1),
  check: z.custom<Rule["check"]>((check) => typeof check === "function", "must be a function"),
});
const moduleSchema = z.object({ rules: z.array(ruleSchema).min(1) });

/**
 * Loads a policy: a JavaScript module that exports `rules`, an array of {@link Rule}.
 *
 * @param file path of the module, CommonJS or ESM
 * @throws PlanError if the file does not exist, fails to load, or exports anything else
 */
export async function loadRules(file: string): Promise<readonly Rule[]> {
  const path = resolve(file);
  if (!existsSync(path)) throw new PlanError(`--policy ${file}: no such file; name a JavaScript module`);
  let loaded: { default?: unknown };
  try {
    loaded = (await import(pathToFileURL(path).href)) as { default?: unknown };
  } catch (cause) {
    throw new PlanError(`--policy ${file}: it failed to load (${(cause as Error).message}); correct it`);
  }
  const result = moduleSchema.safeParse("rules" in loaded ? loaded : loaded.default);
  if (result.success) return result.data.rules;
  const [issue] = result.error.issues;
  throw new PlanError(
    `--policy ${file}: ${issue?.path.join(".") || "the module"}: ${issue?.message}; ` +
      `export \`rules\`, an array of { name, description, check }`,
  );
}
