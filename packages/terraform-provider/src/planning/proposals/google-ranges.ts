import { isList, isObject, isWhollyKnown, type ObjectValue, unknown, type Value } from "../../value/value";
import { isSameLink } from "../suppressions/google";
import { NOTHING, type Proposal } from "./proposal";

type Range = {
  readonly range_name: string;
  /** Empty if there is none. */
  readonly ip_cidr_range: Value;
  readonly reserved_internal_range: string;
};

/** Secondary ranges are matched by name: those that remain keep their position, and their range if none is configured. */
export const proposeRanges: Proposal = (context) => {
  const { prior, config } = context;
  const own = config["secondary_ip_range"];
  if (!prior || !isList(own) || own.length === 0) return NOTHING;
  const before = rangesOf(prior);
  const wanted = rangesOf(context.proposed);
  if (isWhollyKnown(own) && isSame(before, wanted)) return NOTHING;
  return { secondary_ip_range: inPriorOrder(before, wanted, rangesOf(config)).map((range) => range ?? NONE) };
};

/** The second range of one name leaves a place with nothing in it. */
const NONE = { range_name: null, ip_cidr_range: null, reserved_internal_range: null };

function rangesOf(state: ObjectValue): readonly Range[] {
  const ranges = state["secondary_ip_range"];
  const textOf = (value: Value | undefined): string =>
    value === undefined || value === null || value === unknown ? "" : (value as string);
  return (isList(ranges) ? ranges : []).filter(isObject).map((range) => ({
    range_name: textOf(range["range_name"]),
    ip_cidr_range: range["ip_cidr_range"] ?? "",
    reserved_internal_range: textOf(range["reserved_internal_range"]),
  }));
}

function isSame(before: readonly Range[], wanted: readonly Range[]): boolean {
  const isReserved = (a: string, b: string): boolean => a === b || isSameLink(a, b);
  return (
    before.length === wanted.length &&
    before.every((range, index) => {
      const other = wanted[index]!;
      return (
        range.range_name === other.range_name &&
        (range.ip_cidr_range === other.ip_cidr_range || other.ip_cidr_range === "") &&
        isReserved(range.reserved_internal_range, other.reserved_internal_range)
      );
    })
  );
}

function inPriorOrder(
  before: readonly Range[],
  wanted: readonly Range[],
  configured: readonly Range[],
): readonly (Range | undefined)[] {
  const places = new Map(before.map(({ range_name: name }, index) => [name, index]));
  const hasRange = (name: string): boolean =>
    configured.some(
      (range) => range.range_name === name && range.ip_cidr_range !== "" && range.ip_cidr_range !== unknown,
    );
  const survivor = (range: Range): Range => {
    const old = before[places.get(range.range_name) ?? -1];
    if (!old) return range;
    const keeps = !hasRange(range.range_name) && old.ip_cidr_range !== "";
    return keeps ? { ...range, ip_cidr_range: old.ip_cidr_range } : range;
  };
  const planned = Array.from<Range | undefined>({ length: wanted.length });
  const placed = new Set<string>();
  for (const range of wanted) {
    const place = places.get(range.range_name);
    if (place === undefined || place >= planned.length) continue;
    planned[place] = survivor(range);
    placed.add(range.range_name);
  }
  const others = wanted.filter((range) => !placed.has(range.range_name));
  return planned.map((range) => {
    if (range) return range;
    const next = others.shift();
    return next && survivor(next);
  });
}
