import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { open, seal, type SealedFor } from "../../src/plan/seal";

const secret = "s".repeat(44);
const purpose: SealedFor = {
  ...{ repository: "example/addresses", commit: "a".repeat(40) },
  ...{ environment: "prod", stack: "prod-payments" },
};

test("what is sealed opens for what it was made for, and says nothing otherwise", () => {
  const plain = Buffer.from('{"password":"hunter2"}');
  const sealed = seal(plain, secret, purpose);
  expect(open(sealed, secret, purpose)).toEqual(plain);
  expect(sealed.includes("hunter2")).toBe(false);
  expect(seal(plain, secret, purpose)).not.toEqual(sealed);
});

test.each(Object.keys(purpose) as (keyof SealedFor)[])("it does not open for another %s", (part) => {
  const sealed = seal(Buffer.from("plan"), secret, purpose);
  expect(() => open(sealed, secret, { ...purpose, [part]: "other" })).toThrow(/plan the commit again$/);
});

test("it opens with no other secret, and not if a single byte of it is another", () => {
  const sealed = seal(randomBytes(50), secret, purpose);
  expect(() => open(sealed, `${secret}x`, purpose)).toThrow(/was sealed with another secret, or was changed/);
  fc.assert(
    fc.property(fc.nat(sealed.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const other = Buffer.from(sealed);
      other[at]! ^= change;
      expect(() => open(other, secret, purpose)).toThrow(/plan the commit again/);
    }),
  );
  for (const length of [0, 10, 59])
    expect(() => open(sealed.subarray(0, length), secret, purpose)).toThrow(/plan the commit again/);
});

test("a secret that can be guessed is refused", () => {
  expect(() => seal(Buffer.from("plan"), "short", purpose)).toThrow(
    "PLAN_SEAL_SECRET has 5 characters but needs 32; make one with `openssl rand -base64 32`",
  );
});
