import fc from "fast-check";
import { code, fenced, html, prose, visible } from "../../src/render/escape";
import { liveText, renderGfm, skeleton } from "./markdown/gfm";

// Pieces that mean something to Markdown, GitHub, HTML or a terminal, and any other character.
const piece = fc.oneof(
  fc.constantFrom(
    ...["@octocat", "#12", "org/repo#7", "GH-3", "www.evil.example", "https://evil.example", "a@b.example"],
    ...["`", "```", "|", "\\", "\\|", "<img src=x onerror=alert(1)>", "</code>", "</details>", "<!--", "-->"],
    ...[
      "[x](javascript:alert(1))",
      "![x](//evil)",
      "**",
      "_",
      "~~",
      "\n\n",
      "\r",
      "\n- ",
      "\n# ",
      "> ",
      "&lt;",
    ],
    ...["\u202e", "\u200b", "\ufeff", "\u2066", "\ud800", ":tada:", "$x$", "deadbeef1234567", "\u001b[31m"],
  ),
  fc.string({ unit: "binary" }),
);
const hostile = fc.array(piece, { maxLength: 8 }).map((parts) => parts.join(""));

test("a hostile name in a sentence, a list, a table and a fence leaves the page as a harmless one does", () => {
  const page = (name: string) =>
    [
      `A ${code(name)} and ${prose(name)}.`,
      "",
      `- ${code(name)}: ${prose(name)}`,
      "",
      "| a | b |",
      "| --- | --- |",
      `| ${code(name)} | ${code(name)} |`,
      "",
      `<details><summary><code>${html(name)}</code></summary>`,
      "",
      "```diff",
      `+ ${fenced(name)}`,
      "```",
      "",
      "</details>",
      "",
    ].join("\n");
  const names = fc.sample(hostile, { numRuns: 1500, seed: 5 });
  const [expected = "", ...pages] = renderGfm([page("a@b"), ...names.map(page)]);
  // `prose` may do without code where a text is plainly harmless.
  const tags = (rendered: string) => skeleton(rendered).filter((tag) => !/^<\/?code>$/.test(tag));

  for (const rendered of pages) {
    expect(tags(rendered)).toEqual(tags(expected));
    expect(liveText(rendered)).not.toMatch(/@|#\d|GH-|www\.|:\/\/|:\w+:|[0-9a-f]{7}/);
  }
});

test("every character of what is shown can be seen, and no name is longer than its bound", () => {
  fc.assert(
    fc.property(hostile, fc.nat({ max: 50 }), (text, longest) => {
      const shown = visible(text, longest);
      expect(shown).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]|[^\S ]/u);
      expect([...shown.replace(/\\u\{[0-9a-f]+\}/g, "x")].length).toBeLessThanOrEqual(longest + 1);
    }),
  );
});

test("harmless text stays as it is", () => {
  const sentence =
    "254 usable /28 prefixes × 16 addresses in each of the cluster's 3 zones (set max_pods = 110)";
  expect(prose(sentence)).toBe(sentence);
  expect(code('aws_subnet.pods["eu-central-1a"]')).toBe('`aws_subnet.pods["eu-central-1a"]`');
  expect(visible("Zürich 東京")).toBe("Zürich 東京");
  expect(visible("a\u202eb")).toBe("a\\u{202e}b");
});
