import fc from "fast-check";
import { escapeInvisible } from "../../src/render/escape";
import { hostileText } from "../hostile-text";

test("escaped text has no invisible characters and no more than the maximum length", () => {
  fc.assert(
    fc.property(hostileText, fc.nat({ max: 50 }), (text, maxLength) => {
      const escaped = escapeInvisible(text, maxLength);
      expect(escaped).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]|[^\S ]/u);
      expect([...escaped.replace(/\\u\{[0-9a-f]+\}/g, "x")].length).toBeLessThanOrEqual(maxLength + 1);
    }),
  );
});

test("visible text is unchanged", () => {
  expect(escapeInvisible("Zürich 東京")).toBe("Zürich 東京");
  expect(escapeInvisible("a\u202eb")).toBe("a\\u{202e}b");
});
