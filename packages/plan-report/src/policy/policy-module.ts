import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { PlanError } from "../plan-error";
import { type Rule } from "./policy";

const ruleSchema = z.object({
  name: z.string().regex(/^[a-z][a-z0-9-]*$/, "a name is lower case with dashes"),
  description: z.string().min(1),
  check: z.custom<Rule["check"]>((check) => typeof check === "function", "check is a function"),
});
const moduleSchema = z.object({ rules: z.array(ruleSchema).min(1) });

/**
 * Loads a team's policy: a JavaScript module that exports `rules`, an array of {@link Rule}.
 *
 * @param file path of the module, CommonJS or ESM
 * @throws PlanError if there is none, it does not load or exports something else
 */
export async function loadRules(file: string): Promise<readonly Rule[]> {
  const path = resolve(file);
  if (!existsSync(path)) throw new PlanError(`--policy ${file}: there is no such file; name a module`);
  let loaded: { default?: unknown };
  try {
    loaded = (await import(pathToFileURL(path).href)) as { default?: unknown };
  } catch (cause) {
    throw new PlanError(`--policy ${file}: it does not load (${(cause as Error).message}); correct it`);
  }
  const result = moduleSchema.safeParse("rules" in loaded ? loaded : loaded.default);
  if (result.success) return result.data.rules;
  const [issue] = result.error.issues;
  throw new PlanError(
    `--policy ${file}: ${issue?.path.join(".") || "the module"}: ${issue?.message}; ` +
      `export \`rules\`, an array of { name, description, check }`,
  );
}
