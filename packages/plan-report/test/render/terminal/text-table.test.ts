import stringWidth from "string-width";
import { fit, padLeft, padRight, textTable, WIDTH, wrap } from "../../../src/render/terminal/text-table";

test("columns align when cells have wide or combining characters", () => {
  const rows = ["東京", "Zu\u0308rich", "👩‍💻", "prod"].map((text) => [{ text }, { text: "1" }]);
  const lines = textTable(["left", "right"], [...rows, [{ text: "payments" }, { text: "1" }]]);
  expect(new Set(lines.map((line) => stringWidth(line)))).toEqual(new Set([2 + 8 + 2 + 1]));
});

test("text is cut and padded by columns, never inside a character", () => {
  expect(fit("東京東京", 6)).toBe("東京…");
  expect(fit("東京東京", 8)).toBe("東京東京");
  expect(fit("Zu\u0308rich", 3)).toBe("Zu\u0308…");
  expect([padRight("東京", 6), padLeft("東京", 6)]).toEqual(["東京  ", "  東京"]);
});

test("lines of wide characters are no wider than a report", () => {
  const lines = wrap(Array.from({ length: 30 }, () => "東京都").join(" "), "    ");
  expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(WIDTH);
  expect(lines.length).toBe(3);
});
