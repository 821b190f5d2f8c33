import fc from "fast-check";
import { html, preformatted, text, trusted } from "../../src/render/html";
import { hostileText } from "../hostile-text";

test("a hostile string adds no markup, in an element or an attribute", () => {
  fc.assert(
    fc.property(hostileText, (name) => {
      const markup = String(html`<b title="${name}">${[name, html`<i>${name}</i>`]}</b>`);
      const [, title, first, second] = /^<b title="([^"]*)">([^<]*)<i>([^<]*)<\/i><\/b>$/.exec(markup) ?? [];
      expect([first, second]).toEqual([title, title]);
      expect(markup).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]|[^\S ]/u);
    }),
  );
});

test("false and undefined add nothing, numbers and markup are inserted", () => {
  expect(String(html`${false}${undefined}${0}${trusted("<hr>")}`)).toBe("0<hr>");
});

test("strings are cut to 160 characters, or to the given length", () => {
  const name = "<".repeat(500);
  expect(String(html`${name}`)).toBe(`${"&lt;".repeat(160)}…`);
  expect(String(html`${text(name, 300)}`)).toBe(`${"&lt;".repeat(300)}…`);
});

test("preformatted lines keep their line ends and nothing else of a line can end it", () => {
  expect(String(preformatted(["a<b", "c\nd"], 10))).toBe("a&lt;b\nc\\u{a}d");
});
