import fc from "fast-check";
import { attributeChanges } from "../../src/terraform/attribute-change";
import { maskedValue, SENSITIVE, UNKNOWN } from "../../src/terraform/masked-value";
import { type TerraformResourceChange } from "../../src/terraform/terraform-plan";

/** A provider's value with Terraform's marks for its secrets. Every secret contains `s3cret`. */
interface Marked {
  readonly value: unknown;
  readonly sensitive: unknown;
}
const { marked } = fc.letrec<{ marked: Marked }>((tie) => ({
  marked: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc
      .oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null))
      .map((value) => ({ value, sensitive: false })),
    fc.oneof(
      fc.nat().map((number) => ({ value: `s3cret ${number}`, sensitive: true })),
      fc.nat().map((number) => ({ value: { deep: [`s3cret ${number}`] }, sensitive: true })),
    ),
    fc.array(tie("marked"), { maxLength: 4 }).map((parts) => ({
      value: parts.map(({ value }) => value),
      sensitive: parts.map(({ sensitive }) => sensitive),
    })),
    // In a map, Terraform omits marks for values that are not sensitive.
    fc.dictionary(fc.string({ maxLength: 4 }), tie("marked"), { maxKeys: 4 }).map((parts) => ({
      value: Object.fromEntries(Object.entries(parts).map(([key, { value }]) => [key, value])),
      sensitive: Object.fromEntries(
        Object.entries(parts).flatMap(([key, { sensitive }]) =>
          sensitive === false ? [] : [[key, sensitive]],
        ),
      ),
    })),
  ),
}));

test("masked values and attribute changes contain no secret", () => {
  fc.assert(
    fc.property(marked, marked, (before, after) => {
      const change = {
        ...{ before: before.value, before_sensitive: before.sensitive },
        ...{ after: after.value, after_sensitive: after.sensitive },
        actions: ["update"],
      };
      const changes = attributeChanges({ change } as unknown as TerraformResourceChange);
      expect(JSON.stringify([maskedValue(after.value, after.sensitive), changes])).not.toContain("s3cret");
    }),
    { numRuns: 2000 },
  );
});

test("other values are unchanged, and unknown ones are marked", () => {
  expect(
    maskedValue(
      { a: 1, b: ["x", "y"], c: { d: null } },
      { b: [false, true] },
      { c: { d: true }, e: true, f: [] },
    ),
  ).toEqual({ a: 1, b: ["x", SENSITIVE], c: { d: UNKNOWN }, e: UNKNOWN, f: [] });
  expect(maskedValue({ a: 1 }, true)).toBe(SENSITIVE);
  expect(maskedValue(null, false)).toBeNull();
});

test("equal values have no changes", () => {
  fc.assert(
    fc.property(marked, ({ value, sensitive }) => {
      const change = { before: value, after: value, before_sensitive: sensitive, after_sensitive: sensitive };
      expect(attributeChanges({ change } as unknown as TerraformResourceChange)).toEqual([]);
    }),
  );
});
