import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { variable } from "../github/variable";

/**
 * Writes the `repository` field of every public package. npm accepts a provenance statement only if it names the same
 * repository as the package. Source: npm Docs, "Generating provenance statements".
 *
 * @param root absolute path of the workspace
 * @returns the names of the packages
 * @throws AutomationError if `GITHUB_REPOSITORY` is not set
 */
export async function writeRepositoryUrl(root: string, env: NodeJS.ProcessEnv): Promise<string[]> {
  const server = variable(env, "GITHUB_SERVER_URL", "the URL of GitHub, set by GitHub's runner");
  const repository = variable(env, "GITHUB_REPOSITORY", "owner/name, set by GitHub's runner");
  const names: string[] = [];
  for (const folder of readdirSync(join(root, "packages")).sort()) {
    const file = join(root, "packages", folder, "package.json");
    if (!existsSync(file)) continue;
    const description = JSON.parse(readFileSync(file, "utf8")) as { name: string; private?: boolean };
    if (description.private) continue;
    const source = { type: "git", url: `git+${server}/${repository}.git`, directory: `packages/${folder}` };
    await writeFileAtomic(file, `${JSON.stringify({ ...description, repository: source }, undefined, 2)}\n`);
    names.push(description.name);
  }
  return names;
}
