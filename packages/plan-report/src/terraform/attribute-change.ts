import { isDeepStrictEqual } from "node:util";
import { isRecord, maskedValue, SENSITIVE, UNKNOWN, valueAt } from "./masked-value";
import { type TerraformResourceChange } from "./terraform-plan";

/** One attribute that a plan changes, with values that are safe to show. */
export interface AttributeChange {
  /** For example `vpc_config[0].subnet_ids[2]`. */
  readonly path: string;
  /** JSON, or `(sensitive value)`. */
  readonly before: string;
  /** JSON, `(sensitive value)` or `(known after apply)`. */
  readonly after: string;
}

/** A value before or after a change, with Terraform's marks for it. */
interface MarkedValue {
  readonly value: unknown;
  readonly sensitive: unknown;
  readonly unknown?: unknown;
}

/** The attributes whose values differ before and after: leaves, sorted by name. */
export function attributeChanges({ change }: TerraformResourceChange): AttributeChange[] {
  return differences(
    "",
    { value: change.before, sensitive: change.before_sensitive },
    { value: change.after, sensitive: change.after_sensitive, unknown: change.after_unknown },
  );
}

function differences(path: string, before: MarkedValue, after: MarkedValue): AttributeChange[] {
  const isEqual = after.unknown !== true && isDeepStrictEqual(before.value ?? null, after.value ?? null);
  if (isEqual && !hasMark(after.unknown)) return [];
  if (before.sensitive === true || after.sensitive === true) {
    return isEqual ? [] : [{ path, before: SENSITIVE, after: SENSITIVE }];
  }
  const keys = commonKeys(before, after);
  if (keys.length === 0 || after.unknown === true) {
    return isEqual ? [] : [{ path, before: toText(before), after: toText(after) }];
  }
  return keys.flatMap((key) => differences(join(path, key), entryAt(before, key), entryAt(after, key)));
}

/** Keys or indices to compare one by one; none unless both sides are arrays or both are objects. */
function commonKeys(before: MarkedValue, after: MarkedValue): (string | number)[] {
  const values = [before.value, after.value, after.unknown].filter((value) => value !== undefined);
  if (values.length > 1 && values.every(Array.isArray)) {
    const length = Math.max(...values.map((value) => (value as unknown[]).length));
    return Array.from({ length }, (_, index) => index);
  }
  const records = values.filter(isRecord);
  if (records.length < 2 || !isRecord(before.value) || !isRecord(after.value)) return [];
  return [...new Set(records.flatMap((record) => Object.keys(record)))].sort();
}

const entryAt = ({ value, sensitive, unknown }: MarkedValue, key: string | number): MarkedValue => ({
  value: valueAt(value, key),
  sensitive: valueAt(sensitive, key),
  unknown: valueAt(unknown, key),
});

const join = (path: string, key: string | number) =>
  typeof key === "number" ? `${path}[${key}]` : path === "" ? key : `${path}.${key}`;

function toText({ value, sensitive, unknown }: MarkedValue): string {
  const masked = maskedValue(value, sensitive, unknown);
  return masked === SENSITIVE || masked === UNKNOWN ? masked : JSON.stringify(masked);
}

function hasMark(marks: unknown): boolean {
  if (marks === true) return true;
  return typeof marks === "object" && marks !== null && Object.values(marks).some(hasMark);
}
