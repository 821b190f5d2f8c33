import { decodeValue, encodeValue } from "../../src/plugin/msgpack";
import { exactNumber, parseExactJson } from "../../src/value/exact-number";

it("keeps the ids of clouds exact", () => {
  expect(exactNumber("145341671818645200")).toBe("145341671818645200");
  expect(exactNumber("9007199254740991")).toBe(9_007_199_254_740_991);
  expect(exactNumber("0.5")).toBe(0.5);
  const json = '{"id":145341671818645200,"text":"145341671818645201, \\" 1","size":12,"share":1e20}';
  expect(parseExactJson(json)).toEqual({
    id: "145341671818645200",
    text: '145341671818645201, " 1',
    size: 12,
    share: 1e20,
  });
  for (const id of ["145341671818645200", 5_000_000_000, -3, 0.25])
    expect(decodeValue(encodeValue(id, "number"), "number")).toBe(id);
});
