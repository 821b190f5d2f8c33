import { isDeepStrictEqual } from "node:util";
import { isRecord, maskedValue, partOf, SENSITIVE, UNKNOWN } from "./masked-value";
import { type TerraformResourceChange } from "./terraform-plan";

/** One attribute that a plan changes, with values that can be shown. */
export interface AttributeChange {
  /** For example `vpc_config[0].subnet_ids[2]`. */
  readonly path: string;
  /** As JSON, or `(sensitive value)`. */
  readonly before: string;
  /** As JSON, `(sensitive value)` or `(known after apply)`. */
  readonly after: string;
}

interface Side {
  readonly value: unknown;
  readonly sensitive: unknown;
  readonly unknown?: unknown;
}

/** What differs between the values before and after: leaves, in the order of their names. */
export function attributeChanges({ change }: TerraformResourceChange): AttributeChange[] {
  return differences(
    "",
    { value: change.before, sensitive: change.before_sensitive },
    { value: change.after, sensitive: change.after_sensitive, unknown: change.after_unknown },
  );
}

function differences(path: string, before: Side, after: Side): AttributeChange[] {
  const settled = after.unknown !== true && isDeepStrictEqual(before.value ?? null, after.value ?? null);
  if (settled && !hasMark(after.unknown)) return [];
  if (before.sensitive === true || after.sensitive === true) {
    return settled ? [] : [{ path, before: SENSITIVE, after: SENSITIVE }];
  }
  const steps = stepsOf(before, after);
  if (steps.length === 0 || after.unknown === true) {
    return settled ? [] : [{ path, before: textOf(before), after: textOf(after) }];
  }
  return steps.flatMap((step) => differences(join(path, step), sideAt(before, step), sideAt(after, step)));
}

/** Keys or indices to look under; none where one side is no collection. */
function stepsOf(before: Side, after: Side): (string | number)[] {
  const values = [before.value, after.value, after.unknown].filter((value) => value !== undefined);
  if (values.length > 1 && values.every(Array.isArray)) {
    const length = Math.max(...values.map((value) => (value as unknown[]).length));
    return Array.from({ length }, (_, at) => at);
  }
  const records = values.filter(isRecord);
  if (records.length < 2 || !isRecord(before.value) || !isRecord(after.value)) return [];
  return [...new Set(records.flatMap((record) => Object.keys(record)))].sort();
}

const sideAt = (side: Side, step: string | number): Side => ({
  value: partOf(side.value, step),
  sensitive: partOf(side.sensitive, step),
  unknown: partOf(side.unknown, step),
});

const join = (path: string, step: string | number) =>
  typeof step === "number" ? `${path}[${step}]` : path === "" ? step : `${path}.${step}`;

function textOf({ value, sensitive, unknown }: Side): string {
  const shown = maskedValue(value, sensitive, unknown);
  return shown === SENSITIVE || shown === UNKNOWN ? shown : JSON.stringify(shown);
}

function hasMark(marks: unknown): boolean {
  if (marks === true) return true;
  return typeof marks === "object" && marks !== null && Object.values(marks).some(hasMark);
}
