import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Conformance } from "./conformance";
import { RELEASES, type RecordedProvider } from "./recorded-case";

const PAGE = join(__dirname, "../../docs/limits.md");

/** Numbers of recorded cases. */
export interface Counts {
  readonly cases: number;
  /** The sandbox's answer is the recorded one. */
  readonly equal: number;
  /** It differs where the recorded release and the served one do. */
  readonly reviewed: number;
  /** It differs, and should not. */
  readonly open: number;
}

export function countsOf(cases: number, { deviations: { length: open }, reviewed }: Conformance): Counts {
  return { cases, equal: cases - reviewed - open, reviewed, open };
}

/** The counts that docs/limits.md shows. @throws Error when it has no line for the provider */
export function documentedCounts(provider: RecordedProvider): Counts {
  const line = readFileSync(PAGE, "utf8").match(lineOf(provider))?.[0];
  if (line === undefined) throw new Error(`docs/limits.md: no line for hashicorp/${provider}`);
  const [cases, equal, reviewed, open] = line
    .split("|")
    .slice(3, 7)
    .map((cell) => Number(cell.replaceAll(",", ""))) as [number, number, number, number];
  return { cases, equal, reviewed, open };
}

/** Writes a provider's line of docs/limits.md. */
export function documentCounts(provider: RecordedProvider, counts: Counts): void {
  const { cases, equal, reviewed, open } = counts;
  const numbers = [cases, equal, reviewed, open].map((number, index) =>
    number.toLocaleString("en").padStart([5, 5, 8, 4][index]!),
  );
  const cells = [`hashicorp/${provider}`.padEnd(20), RELEASES[provider].padEnd(7), ...numbers];
  const page = readFileSync(PAGE, "utf8");
  writeFileSync(PAGE, page.replace(lineOf(provider), `| ${cells.join(" | ")} |`));
}

function lineOf(provider: RecordedProvider): RegExp {
  return new RegExp(`^\\| hashicorp/${provider} .*$`, "m");
}
