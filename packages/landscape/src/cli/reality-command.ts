import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { readJsonObject, writeText } from "@cluster-ipam/address-plan/repository";
import { type StackState, readStates, cidrsIn } from "@cluster-ipam/address-plan/states";
import { recordedApps } from "@cluster-ipam/address-plan/stacks";
import { type Landscape } from "../landscape/landscape";
import { LandscapeError } from "../landscape-error";
import { type Snapshot } from "../reality/history";
import { compareWithReality, type Reality } from "../reality/reality";
import { findCurrentPlan } from "./adoption-files";
import { realityMarkdown, realityText } from "./reality-report";

/** Options of {@link runReality}. */
export interface RealityOptions {
  /** Folder of dated snapshots: they are read, and today's is added. */
  readonly history?: string;
  readonly states?: true;
  /** @default all */
  readonly environment?: readonly string[];
  readonly json?: true;
  readonly markdown?: true;
  readonly directory: string;
}

/** The exit code by the verdict. */
const EXIT_CODES: Readonly<Record<Reality["verdict"], number>> = { true: 0, false: 2, unknown: 3 };

/**
 * Compares the plan with a landscape.
 *
 * @returns what to print, and the exit code
 * @throws LandscapeError, AddressPlanError
 */
export async function runReality(
  landscape: Landscape,
  { history, states, environment, json, markdown, directory }: RealityOptions,
): Promise<{ readonly text: string; readonly exitCode: number }> {
  const { plan, lock, root } = findCurrentPlan(directory);
  const earlier = history === undefined ? [] : readHistory(history);
  const known = {
    ...{ at: new Date(), history: earlier },
    ...(states && { states: await deployedCidrs(root) }),
    ...(environment !== undefined && { environments: environment }),
  };
  const reality = compareWithReality(landscape, plan, lock, known);
  if (history !== undefined) writeSnapshot(history, reality.snapshot);
  const { snapshot, ...rest } = reality;
  const text = json
    ? JSON.stringify({ at: snapshot.at, ...rest }, null, 2)
    : markdown
      ? realityMarkdown(reality)
      : realityText(reality);
  return { text, exitCode: EXIT_CODES[reality.verdict] };
}

/** The CIDRs that the deployed states have. */
async function deployedCidrs(root: string): Promise<ReadonlySet<string>> {
  const states: readonly StackState[] = await readStates(recordedApps(root), process.env, () => true);
  return new Set(states.flatMap((state) => cidrsIn(state).map(({ cidr }) => cidr)));
}

function readHistory(folder: string): readonly Snapshot[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => readSnapshot(join(folder, name)));
}

function readSnapshot(path: string): Snapshot {
  const content = readJsonObject(path, "delete it, or restore it from version control") as Partial<Snapshot>;
  const isSnapshot =
    content.version === 1 &&
    !Number.isNaN(Date.parse(content.at ?? "")) &&
    Array.isArray(content.utilisation) &&
    Array.isArray(content.networks);
  if (!isSnapshot)
    throw new LandscapeError(path, "is no snapshot that --history writes; move it out of the folder");
  return content as Snapshot;
}

function writeSnapshot(folder: string, snapshot: Snapshot): void {
  mkdirSync(folder, { recursive: true });
  writeText(join(folder, `${snapshot.at.replaceAll(":", "-")}.json`), `${JSON.stringify(snapshot)}\n`);
}
