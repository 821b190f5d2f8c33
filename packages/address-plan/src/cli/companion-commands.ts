import { createRequire } from "node:module";
import { join } from "node:path";

import { type Command } from "commander";

import { AddressPlanError } from "../message/address-plan-error";

/** The package with commands that need the clouds' SDKs. The plan depends on nobody, so it is found when it is called. */
const COMPANION = "@cluster-ipam/landscape";

/** What each of its commands is for. */
const DESCRIPTIONS: Readonly<Record<string, string>> = {
  adopt: "take existing networks into the plan",
  reality: "compare the plan with what exists",
};

/**
 * Adds the commands of the companion package. They are loaded only if one is called: loading takes longer than an update.
 *
 * @param argv as in `process.argv`
 * @throws AddressPlanError if one is called and the package is not installed
 */
export function addCompanionCommands(program: Command, argv: readonly string[]): void {
  if (!argv.slice(2).some((word) => Object.hasOwn(DESCRIPTIONS, word))) {
    for (const [name, description] of Object.entries(DESCRIPTIONS))
      program.command(name).description(description);
    return;
  }
  // Both have --directory: after the command's name it is the command's.
  program.enablePositionalOptions();
  for (const command of load().commands()) program.addCommand(command);
}

interface Companion {
  commands(): readonly Command[];
}

function load(): Companion {
  for (const folder of [process.cwd(), __dirname]) {
    const require = createRequire(join(folder, "package.json"));
    const path = resolved(require);
    if (path !== undefined) return require(path) as Companion;
  }
  throw new AddressPlanError(COMPANION, `is not installed; run npm install --save-dev ${COMPANION}`);
}

function resolved(require: NodeJS.Require): string | undefined {
  try {
    return require.resolve(`${COMPANION}/commands`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "MODULE_NOT_FOUND") return undefined;
    throw error;
  }
}
