import { unconfigured } from "../../src/configuration/settings";
import { proposeRanges } from "../../src/planning/proposals/google-ranges";
import { type ObjectValue, unknown, type Value } from "../../src/value/value";

const range = (name: Value, cidr: Value = null): ObjectValue => ({
  range_name: name,
  ip_cidr_range: cidr,
  reserved_internal_range: null,
});

function proposed(before: readonly ObjectValue[], configured: readonly ObjectValue[]): readonly Value[] {
  const revised = proposeRanges({
    type: "google_compute_subnetwork",
    block: { attributes: {}, blocks: {} },
    settings: unconfigured,
    prior: { secondary_ip_range: before },
    proposed: { secondary_ip_range: configured },
    config: { secondary_ip_range: configured },
  });
  const ranges = (revised["secondary_ip_range"] ?? configured) as readonly ObjectValue[];
  return ranges.map((one) => [one["range_name"], one["ip_cidr_range"]] as Value);
}

const [a, b] = [range("a", "10.0.0.0/24"), range("b", "10.1.0.0/24")];

it("keeps the place of a range that remains", () => {
  expect(proposed([a, b], [b, a])).toEqual([
    ["a", "10.0.0.0/24"],
    ["b", "10.1.0.0/24"],
  ]);
  expect(proposed([a, b], [range("c", "10.2.0.0/24"), b])).toEqual([
    ["c", "10.2.0.0/24"],
    ["b", "10.1.0.0/24"],
  ]);
});

it("keeps the addresses of a range without any in the configuration", () => {
  expect(proposed([a, b], [range("b"), range("a")])).toEqual([
    ["a", "10.0.0.0/24"],
    ["b", "10.1.0.0/24"],
  ]);
});

it("leaves an empty place for the second range of a name", () => {
  expect(proposed([a], [a, range("a", "10.2.0.0/24")])).toEqual([
    ["a", "10.2.0.0/24"],
    [null, null],
  ]);
});

it("does not know the addresses of a new range before they are known", () => {
  expect(proposed([], [range("a", unknown)])).toEqual([["a", unknown]]);
});
