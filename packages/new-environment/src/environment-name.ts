import { NewEnvironmentError } from "./new-environment-error";

/** The environment that a new one is made like: small, cheap, and with every kind of stack. */
export const MODEL = "dev";

/** Folders under `apps/` that are not environments, and names that would read as something else. */
const RESERVED = ["network", "all", "shared"];

/**
 * Checks the name of a new environment. It becomes a folder, the beginning of the ids of its stacks and, in capitals,
 * of its variables. Google Cloud's longest project id has 30 characters (Google Cloud, "Creating and managing
 * projects"), of which the example's takes 8.
 *
 * @throws NewEnvironmentError if it is not 2 to 20 of a–z, 0–9 and '-', starting with a letter and not ending with '-',
 * or is reserved
 */
export function checkName(name: string): void {
  if (!/^[a-z][a-z0-9-]{0,18}[a-z0-9]$/.test(name) || name.includes("--")) {
    throw new NewEnvironmentError(
      `${JSON.stringify(name)} is no name for an environment: it needs 2 to 20 of a–z, 0–9 and single '-', a letter ` +
        `first and no '-' last, for example staging`,
    );
  }
  if (RESERVED.includes(name))
    throw new NewEnvironmentError(`${name} is reserved in this repository; choose another name`);
}

/** Writes a text of the model for another environment: variables, identifiers, ids of stacks, prose. */
export function renamed(text: string, name: string): string {
  const camel = name.replace(/-([a-z0-9])/g, (_all, letter: string) => letter.toUpperCase());
  const pascal = camel[0]!.toUpperCase() + camel.slice(1);
  return text
    .replace(/\bDEV(?=_)/g, name.toUpperCase().replaceAll("-", "_"))
    .replace(/(?<=[a-z])Dev\b|\bDev(?=[A-Z])/g, pascal)
    .replace(/\bdev(?=Settings\b)/g, camel)
    .replace(/\bDev\b/g, name[0]!.toUpperCase() + name.slice(1))
    .replace(/\bdev\b/g, name);
}
