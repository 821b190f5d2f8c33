import { createHash } from "node:crypto";
import { addressMap } from "./address-map";
import { type AddressNode } from "../../read/address-report";
import { addressSection, clusterSection } from "./address-sections";
import { alarmSection, changeSection, failureSection, policySection, ruleSection } from "./change-sections";
import { html, visible } from "../escape";
import { type PageAssets } from "./page-assets";
import { isCompared, type Review } from "../../review/review";
import { describeCounts } from "../../terraform/stack-plan";
import { thousands } from "../terminal/text-table";

/**
 * One page about some environments that needs no network and runs nothing but its own script.
 *
 * @param tree the address plan, as far as it concerns these environments
 */
export function htmlPage(
  reviews: readonly Review[],
  tree: readonly AddressNode[],
  { script, style }: PageAssets,
): string {
  const names = reviews.map(({ environment }) => environment);
  const title = `Plan of ${names.join(", ")}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy(script, style)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${html(title)}</title>
<style>${style}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the report</a>
<header class="top"><h1>${html(title)}</h1>${comparison(reviews)}</header>
<main id="main">
${overview(reviews)}
${reviews.map(failureSection).join("")}
${reviews.map(alarmSection).join("")}
${reviews.map(policySection).join("")}
${mapSection(reviews)}
${clusterSection(reviews)}
${addressSection(reviews)}
${changeSection(reviews)}
${ruleSection(reviews)}
</main>
<script type="application/json" id="map-data">${inlineJson(addressMap(tree, reviews))}</script>
<script>${script}</script>
</body>
</html>
`;
}

/** Nothing is loaded or sent, and no script but this one runs, whatever a name contains. */
function contentSecurityPolicy(script: string, style: string): string {
  const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  return (
    `default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}; ` +
    `base-uri 'none'; form-action 'none'`
  );
}

/** JSON that cannot end its element; what nobody sees is written as a code point. */
const inlineJson = (value: unknown) =>
  JSON.stringify(value, (_, part: unknown) => (typeof part === "string" ? visible(part, 300) : part)).replace(
    /</g,
    "\\u003c",
  );

function comparison([first]: readonly Review[]): string {
  const base = first?.base;
  if (base === undefined)
    return `<p class="quiet">Compared with nothing: without a base, every address counts as new.</p>`;
  if (base.problem !== undefined)
    return `<p class="quiet">Addresses of ${html(base.name)} cannot be compared with: ${html(base.problem, 400)}</p>`;
  return `<p class="quiet">Addresses compared with <code>${html(base.name)}</code></p>`;
}

function overview(reviews: readonly Review[]): string {
  const cards = reviews.map(({ environment, planned, counts, verdict, stacks }) => {
    const violations = verdict.rules.reduce((sum, { findings }) => sum + findings.length, 0);
    const policy = verdict.ok
      ? `<p class="good">Policy kept, ${verdict.rules.length} rules</p>`
      : `<p class="bad">Policy violated in ${thousands(violations)} ${violations === 1 ? "place" : "places"}</p>`;
    const said = planned ? describeCounts(counts) : "not planned completely";
    return `<li><h2>${html(environment)}</h2><p class="counts">${html(said)}</p>
<p class="quiet">${thousands(stacks.length)} ${stacks.length === 1 ? "stack" : "stacks"}</p>${policy}</li>`;
  });
  return `<ul class="cards">${cards.join("")}</ul>`;
}

function mapSection(reviews: readonly Review[]): string {
  const legend = [
    ["pool", "pool"],
    ["cluster", "network of a cluster"],
    ["pods", "pods"],
    ["subnet", "subnet"],
    ["growth", "growth: kept for more pods"],
    ["free", "free: nobody’s"],
    ["reserved", "reserved: lives elsewhere"],
  ].map(([kind, text]) => `<li><i class="swatch" data-kind="${kind}"></i>${text}</li>`);
  const compared = reviews.some(isCompared);
  const marks = [
    ["allocated", "+", "new"],
    ["moved", "→", "moved"],
    ["freed", "−", "freed"],
    ["destroyed", "!", "destroyed or replaced"],
  ].map(([mark, sign, text]) => `<li data-mark-key="${mark}"><b class="sign">${sign}</b>${text}</li>`);
  return `<section aria-labelledby="map-title" id="map-section">
<h2 id="map-title">Who owns which addresses</h2>
<div class="controls">
<label class="find">Find <input id="find" type="search" placeholder="10.208.1.5 or prod-payments" autocomplete="off" spellcheck="false" aria-controls="found"></label>
<fieldset class="scale"><legend>Widths</legend>
<label><input type="radio" name="scale" value="readable" checked> readable</label>
<label><input type="radio" name="scale" value="true"> to scale</label></fieldset>
<button type="button" id="whole">Whole plan</button>
</div>
<ul id="found" class="found" hidden></ul>
<nav id="trail" class="trail" aria-label="Zoomed into"></nav>
<div id="map" class="map" role="tree" aria-label="Address map" aria-describedby="map-keys"></div>
<div id="detail" class="detail" aria-live="polite"></div>
<ul class="legend">${legend.join("")}${compared ? marks.join("") : ""}</ul>
<p id="map-keys" class="quiet keys"><kbd>←</kbd> <kbd>→</kbd> neighbours, <kbd>↓</kbd> inside, <kbd>↑</kbd> out,
<kbd>Enter</kbd> zooms in, <kbd>Esc</kbd> zooms out, <kbd>/</kbd> finds. Click a block to zoom into it.</p>
<noscript><p>The map needs JavaScript; the tables below do not.</p></noscript>
</section>`;
}
