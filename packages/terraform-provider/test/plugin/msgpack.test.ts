import { encode, ExtData } from "@msgpack/msgpack";
import fc from "fast-check";
import { decodeValue, encodeValue } from "../../src/plugin/msgpack";
import { fromStateJson } from "../../src/value/state-json";
import { type CtyType, Dynamic, unknown } from "../../src/value/value";

const type: CtyType = [
  "object",
  {
    name: "string",
    size: "number",
    on: "bool",
    tags: ["map", "string"],
    ports: ["set", "number"],
    any: "dynamic",
  },
];

describe("values on the wire", () => {
  it("come back as they were sent", () => {
    fc.assert(
      fc.property(
        fc.record({
          name: fc.oneof(fc.string(), fc.constant(null), fc.constant(unknown)),
          size: fc.oneof(
            fc.integer(),
            fc
              .double({ noNaN: true })
              .map((x) => x + 0)
              .filter((x) => !Number.isInteger(x) || Number.isSafeInteger(x)),
            // Integers that a double cannot hold are texts.
            fc.bigInt({ min: 2n ** 53n, max: 2n ** 70n }).map(String),
          ),
          on: fc.boolean(),
          tags: fc.dictionary(
            fc.string().filter((key) => key !== "__proto__"),
            fc.string(),
          ),
          ports: fc.array(fc.integer()),
          any: fc.string().map((text) => new Dynamic("string", text)),
        }),
        (value) => expect(decodeValue(encodeValue(value, type), type)).toEqual(value),
      ),
    );
  });

  it("are written as another implementation writes them, and read as it writes them", () => {
    const mixed: CtyType = ["tuple", ["string", "number", "bool", ["list", "string"], ["map", "number"]]];
    fc.assert(
      fc.property(
        fc.tuple(
          fc.string({ unit: "grapheme", maxLength: 300 }),
          fc.oneof(
            fc.maxSafeInteger(),
            fc.integer(),
            fc.double({ noNaN: true }).map((x) => x + 0),
          ),
          fc.boolean(),
          fc.array(fc.string(), { maxLength: 40 }),
          fc.dictionary(
            fc.string().filter((key) => key !== "__proto__"),
            fc.nat(),
            { maxKeys: 40 },
          ),
        ),
        (value) => {
          expect(Buffer.from(encodeValue(value, mixed))).toEqual(Buffer.from(encode(value)));
          const read = decodeValue(encode(value), mixed) as readonly unknown[];
          const [, number] = value;
          const isLong = Number.isInteger(number) && !Number.isSafeInteger(number);
          expect(read).toEqual([value[0], isLong ? BigInt(number).toString() : number, ...value.slice(2)]);
        },
      ),
    );
  });

  it.each([0x7f, 0x80, 0xff, 0x100, 0xffff, 0x10000, 0xffffffff, 0x100000000, 2 ** 53 - 1])(
    "hold %d and its negative in as few bytes as can be",
    (number) => {
      for (const value of [number, -number, -number - 1])
        if (Number.isSafeInteger(value)) {
          expect(Buffer.from(encodeValue(value, "number"))).toEqual(Buffer.from(encode(value)));
          expect(decodeValue(encode(value), "number")).toBe(value);
        }
    },
  );

  it.each([10, 40, 300, 70_000])("hold texts, lists and maps of %d", (length) => {
    const texts = Array.from({ length }, (_, index) => `item ${index}`);
    const map = Object.fromEntries(texts.map((text) => [text, text]));
    for (const [value, own] of [
      ["x".repeat(length), "string"],
      [texts, ["list", "string"]],
      [map, ["map", "string"]],
      [new Dynamic("string", "x".repeat(length)), "dynamic"],
    ] as const)
      expect(decodeValue(encodeValue(value, own), own)).toEqual(value);
  });

  it("are refused if they have another type", () => {
    for (const [value, own] of [
      [["a"], "string"],
      ["a", "bool"],
      ["a", ["list", "string"]],
      ["a", ["map", "string"]],
      [true, "number"],
      [{ other: 1 }, type],
    ] as const)
      expect(() => decodeValue(encode(value), own)).toThrow(TypeError);
  });

  it("hold every member of an object, null where it is missing", () => {
    expect(decodeValue(encodeValue({ name: "a" }, type), type)).toMatchObject({
      name: "a",
      size: null,
      any: null,
    });
  });

  it("may be unknown with something known about them", () => {
    const refined = encode([new ExtData(12, encode({ 1: false }))]);
    expect(decodeValue(refined, ["list", "string"])).toEqual([unknown]);
  });

  it("hold numbers too long for the format as text", () => {
    expect(decodeValue(encode("18446744073709551616"), "number")).toBe("18446744073709551616");
  });
});

describe("state in JSON", () => {
  it("takes the form of the schema", () => {
    expect(
      fromStateJson({ name: "a", gone: 1, ports: [1], any: { type: "string", value: "x" } }, type),
    ).toEqual({
      name: "a",
      size: null,
      on: null,
      tags: null,
      ports: [1],
      any: new Dynamic("string", "x"),
    });
  });
});
