import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliDecompressSync } from "node:zlib";

/** The releases whose answers were recorded, by provider. */
export const RELEASES = { aws: "5.100.0", google: "7.45.0", kubernetes: "3.2.1" } as const;

export type RecordedProvider = keyof typeof RELEASES;

/** What a provider plans, as Terraform prints it. */
export interface PlannedOutcome {
  readonly refused: false;
  readonly actions: readonly string[];
  readonly replacePaths: readonly unknown[];
  readonly after: unknown;
  readonly afterUnknown: unknown;
  readonly afterSensitive: unknown;
}

/** A refusal. Its words are not compared. */
export interface RefusedOutcome {
  readonly refused: true;
  readonly summary: string;
  readonly detail?: string;
}

export type Outcome = PlannedOutcome | RefusedOutcome;

/** A resource or data source of which the real provider's answer was recorded. */
export interface RecordedCase {
  readonly id: string;
  /** Terraform type; that of a data source with the prefix `data.`. */
  readonly type: string;
  /** `create`, `change` or `invalid`. */
  readonly kind: string;
  /** HCL of one block named `__NAME__`. */
  readonly config: string;
  /** What exists. Null for nothing. */
  readonly state: RecordedState | null;
  readonly expect: Outcome;
}

export interface RecordedState {
  readonly schema_version: number;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** The recorded cases of a provider. */
export function recordedCases(provider: RecordedProvider): readonly RecordedCase[] {
  const file = join(__dirname, "answers", `${provider}-${RELEASES[provider]}.jsonl.br`);
  return brotliDecompressSync(readFileSync(file))
    .toString("utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as RecordedCase);
}

/** A sample: of every type and kind of case the same share, at least one case. @param every one case in so many */
export function stratifiedSample(cases: readonly RecordedCase[], every: number): readonly RecordedCase[] {
  const strata = new Map<string, RecordedCase[]>();
  for (const one of cases) {
    const stratum = `${one.type} ${one.kind} ${one.expect.refused}`;
    strata.set(stratum, [...(strata.get(stratum) ?? []), one]);
  }
  return [...strata.values()].flatMap((stratum) => stratum.filter((_, index) => index % every === 0));
}
