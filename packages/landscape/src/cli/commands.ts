import { parsePlan, PLAN_FILE } from "@cluster-ipam/address-plan";
import { errorSentence } from "@cluster-ipam/address-plan/repository";
import { Command } from "commander";
import { LandscapeBuilder } from "../landscape/landscape-builder";
import { type Landscape } from "../landscape/landscape";
import { LandscapeError } from "../landscape-error";
import { readAwsPlace } from "../live/aws-place";
import { GoogleReader } from "../live/google-project";
import { readFiles } from "../read/read-files";
import { findCurrentPlan } from "./adoption-files";
import { type RealityOptions, runReality } from "./reality-command";
import { type AdoptOptions, runAdopt } from "./adopt-command";

/** Where a landscape comes from. */
interface SourceOptions {
  readonly from: readonly string[];
  /** `true` for the credentials of the environment. */
  readonly aws?: true | readonly string[];
  readonly region: readonly string[];
  readonly google: readonly string[];
}

/** The commands that `addresses` gets from this package. */
export function commands(): readonly Command[] {
  const adopt = withSources(new Command("adopt"))
    .description("Takes existing networks into the plan: shows what would change, or writes it.")
    .option(
      "--manage <glob...>",
      "take these clusters and VPCs under management, by name or id (default: none)",
      [],
    )
    .option("--environment <name>", "environment of what no tag and no name gives one")
    .option("--write", "write what is shown")
    .action((options: AdoptOptions & SourceOptions) =>
      report(async () => ({ text: await runAdopt(await landscapeOf(options), options), exitCode: 0 })),
    );
  const reality = withSources(new Command("reality"))
    .description(
      "Compares the plan with what exists. Exit code 0: the plan is true; 2: it is not; 3: something could not be seen.",
    )
    .option("--environment <name...>", "compare the clusters of these environments only (default: all)")
    .option("--history <folder>", "read earlier snapshots there for trends, and add today's")
    .option("--states", "read the states of the stacks too: what they have, and does not exist, is gone")
    .option("--markdown", "print Markdown")
    .action((options: RealityOptions & SourceOptions) =>
      report(async () => runReality(await landscapeOf(options), options)),
    );
  return [adopt, reality];
}

function withSources(command: Command): Command {
  return command
    .option("--from <path...>", "files, or folders of files, that describe what exists", [])
    .option(
      "--aws [profile...]",
      "look at AWS with these profiles (default: the credentials of the environment)",
    )
    .option("--region <region...>", "AWS Regions to look at (default: those of the plan)", [])
    .option("--google <project...>", "look at these projects of Google Cloud", [])
    .option("--json", "print JSON")
    .option(
      "--directory <path>",
      "directory to search for addresses.yaml, and then its parents",
      process.cwd(),
    );
}

async function landscapeOf(options: SourceOptions & { readonly directory: string }): Promise<Landscape> {
  const { from, aws, google } = options;
  if (from.length === 0 && aws === undefined && google.length === 0)
    throw new LandscapeError(
      "--from",
      "nothing to read; pass a file or a folder, a profile with --aws, or a project with --google",
    );
  const builder = new LandscapeBuilder();
  for (const path of from) await readFiles(path, builder);
  if (aws !== undefined)
    for (const profile of aws === true ? [undefined] : aws)
      for (const region of regionsOf(options))
        await readAwsPlace({ region, ...(profile !== undefined && { profile }) }, builder);
  const reader = new GoogleReader(process.env);
  for (const project of google) await reader.readProject(project, builder);
  return builder.build();
}

/** The Regions to look at. @throws LandscapeError if neither the command nor the plan names one */
function regionsOf({ region, directory }: SourceOptions & { readonly directory: string }): readonly string[] {
  if (region.length > 0) return region;
  const planned = Object.keys(parsePlan(findCurrentPlan(directory).plan, PLAN_FILE).regions.aws);
  if (planned.length > 0) return planned;
  throw new LandscapeError("--region", "the plan has no AWS Region; name those to look at");
}

/** Prints the result. An error is one sentence, with the stack if DEBUG is set, and exit code 1. */
async function report(
  run: () => Promise<{ readonly text: string; readonly exitCode: number }>,
): Promise<void> {
  try {
    const { text, exitCode } = await run();
    process.stdout.write(`${text}\n`);
    process.exitCode = exitCode;
  } catch (error) {
    console.error(process.env["DEBUG"] ? (error as Error).stack : errorSentence(error));
    process.exitCode = 1;
  }
}
