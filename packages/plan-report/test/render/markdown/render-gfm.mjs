// Renders Markdown as GitHub does (micromark's GFM, HTML let through): a JSON array of texts in, one of HTML out.
import { readFileSync } from "node:fs";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";

const options = { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true };
const texts = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(texts.map((text) => micromark(text, options))));
