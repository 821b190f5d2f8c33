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
