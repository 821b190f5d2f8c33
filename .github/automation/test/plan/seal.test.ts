import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { open, seal, type SealContext } from "../../src/plan/seal";

const secret = "s".repeat(44);
const context: SealContext = {
  ...{ repository: "example/addresses", commit: "a".repeat(40) },
  ...{ environment: "prod", stack: "prod-payments" },
};

test("a sealed plan opens with its context and reveals nothing without it", () => {
  const plain = Buffer.from('{"password":"hunter2"}');
  const sealed = seal(plain, secret, context);
  expect(open(sealed, secret, context)).toEqual(plain);
  expect(sealed.includes("hunter2")).toBe(false);
  expect(seal(plain, secret, context)).not.toEqual(sealed);
});

test.each(Object.keys(context) as (keyof SealContext)[])("it does not open with another %s", (part) => {
  const sealed = seal(Buffer.from("plan"), secret, context);
  expect(() => open(sealed, secret, { ...context, [part]: "other" })).toThrow(/plan the commit again$/);
});

test("it does not open with another secret or after any byte was modified", () => {
  const sealed = seal(randomBytes(50), secret, context);
  expect(() => open(sealed, `${secret}x`, context)).toThrow(
    /was sealed with another secret, or was modified/,
  );
  fc.assert(
    fc.property(fc.nat(sealed.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const other = Buffer.from(sealed);
      other[at]! ^= change;
      expect(() => open(other, secret, context)).toThrow(/plan the commit again/);
    }),
  );
  for (const length of [0, 10, 59])
    expect(() => open(sealed.subarray(0, length), secret, context)).toThrow(/plan the commit again/);
});

test("a short secret is rejected", () => {
  expect(() => seal(Buffer.from("plan"), "short", context)).toThrow(
    "PLAN_SEAL_SECRET has 5 characters but needs at least 32; create one with `openssl rand -base64 32`",
  );
});
