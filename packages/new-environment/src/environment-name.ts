import { NewEnvironmentError } from "./new-environment-error";

/** The environment that new ones are copied from: small, cheap, and with every kind of stack. */
export const TEMPLATE = "dev";

/** Folders in `apps/` that are not environments, and ambiguous names. */
const RESERVED = ["network", "all", "shared"];

/**
 * Checks the name of a new environment. It becomes the name of a folder, the prefix of its stack ids and, in capitals,
 * the prefix of its variables. A Google Cloud project id has at most 30 characters (Google Cloud: "Creating and managing
 * projects"), of which the example uses 8.
 *
 * @throws NewEnvironmentError if the name is reserved, or is not 2 to 20 characters from a–z, 0–9 and '-' that start with
 * a letter and do not end with '-'
 */
export function checkName(name: string): void {
  if (!/^[a-z][a-z0-9-]{0,18}[a-z0-9]$/.test(name) || name.includes("--")) {
    throw new NewEnvironmentError(
      `${JSON.stringify(name)} is not an environment name; use 2 to 20 characters from a–z, 0–9 and single '-' that ` +
        `start with a letter and do not end with '-', for example staging`,
    );
  }
  if (RESERVED.includes(name))
    throw new NewEnvironmentError(`${name} is reserved in this repository; choose another name`);
}

/** Replaces the name of the template in a text: in variables, identifiers, stack ids and prose. */
export function renameTemplate(text: string, name: string): string {
  const camel = name.replace(/-([a-z0-9])/g, (_all, letter: string) => letter.toUpperCase());
  const pascal = camel[0]!.toUpperCase() + camel.slice(1);
  return text
    .replace(/\bDEV(?=_)/g, name.toUpperCase().replaceAll("-", "_"))
    .replace(/(?<=[a-z])Dev\b|\bDev(?=[A-Z])/g, pascal)
    .replace(/\bdev(?=Settings\b)/g, camel)
    .replace(/\bDev\b/g, name[0]!.toUpperCase() + name.slice(1))
    .replace(/\bdev\b/g, name);
}
