import fc from "fast-check";
import { html } from "../../../src/render/html";
import { fencedLine, markdownCode, markdownText } from "../../../src/render/markdown/markdown-text";
import { hostileText } from "../../hostile-text";
import { liveText, renderGfm, skeleton } from "./gfm";

test("a hostile name in a sentence, list, table or code block changes nothing else in the comment", () => {
  const page = (name: string) =>
    [
      `A ${markdownCode(name)} and ${markdownText(name)}.`,
      "",
      `- ${markdownCode(name)}: ${markdownText(name)}`,
      "",
      "| a | b |",
      "| --- | --- |",
      `| ${markdownCode(name)} | ${markdownCode(name)} |`,
      "",
      `<details><summary>${html`<code>${name}</code>`}</summary>`,
      "",
      "```diff",
      `+ ${fencedLine(name)}`,
      "```",
      "",
      "</details>",
      "",
    ].join("\n");
  const names = fc.sample(hostileText, { numRuns: 1500, seed: 5 });
  const [expected = "", ...pages] = renderGfm([page("a@b"), ...names.map(page)]);
  // `markdownText` uses no code for plain text.
  const tags = (rendered: string) => skeleton(rendered).filter((tag) => !/^<\/?code>$/.test(tag));

  for (const rendered of pages) {
    expect(tags(rendered)).toEqual(tags(expected));
    expect(liveText(rendered)).not.toMatch(/@|#\d|GH-|www\.|:\/\/|:\w+:|[0-9a-f]{7}/);
  }
});

test("harmless text is unchanged", () => {
  const sentence =
    "254 usable /28 prefixes × 16 addresses in each of the cluster's 3 zones (set max_pods = 110)";
  expect(markdownText(sentence)).toBe(sentence);
  expect(markdownCode('aws_subnet.pods["eu-central-1a"]')).toBe('`aws_subnet.pods["eu-central-1a"]`');
});
