import { createHash } from "node:crypto";
import { policyViolations } from "../../policy/policy";
import { type AddressNode } from "../../read/address-report";
import { destructiveChanges, isCompared, type Review } from "../../review/review";
import { comparisonSentence } from "../address-change-words";
import { describeCounts } from "../change-counts";
import { escapeInvisible } from "../escape";
import { type Html, html, text, trusted } from "../html";
import { counted } from "../number";
import { planningFailures } from "../planning-failures";
import { addressMap } from "./address-map";
import { addressSection, clusterSection } from "./address-sections";
import {
  changeSection,
  destructionSection,
  failureSection,
  noticeSection,
  policySection,
  ruleSection,
} from "./change-sections";
import { type PageAssets } from "./page-assets";

/**
 * One HTML page about some environments. It loads nothing and runs no script but its own.
 *
 * @param tree the part of the address plan that belongs to these environments
 */
export function htmlPage(
  reviews: readonly Review[],
  tree: readonly AddressNode[],
  { script, style }: PageAssets,
): string {
  const title = `Plan: ${reviews.map(({ environment }) => environment).join(", ")}`;
  const mapData = inlineJson(addressMap(tree, reviews));
  // The content security policy has their hashes, so script and style must be inserted byte by byte.
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta
          http-equiv="Content-Security-Policy"
          content="${trusted(contentSecurityPolicy(script, style))}"
        />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        ${trusted(`<style>${style}</style>`)}
      </head>
      <body>
        <a class="skip" href="#main">Skip to the report</a>
        <header class="top">
          <h1>${title}</h1>
          ${comparisonNote(reviews)}
        </header>
        <main id="main">
          ${overview(reviews)}
          ${reviews.map((review) => failureSection(review.environment, planningFailures(review)))}
          ${reviews.map(destructionSection)} ${reviews.map(policySection)} ${reviews.map(noticeSection)}
          ${mapSection(reviews, tree)} ${clusterSection(reviews)} ${addressSection(reviews)}
          ${changeSection(reviews)} ${ruleSection(reviews)}
        </main>
        ${trusted(`<script type="application/json" id="map-data">${mapData}</script>`)}
        ${trusted(`<script>${script}</script>`)}
      </body>
    </html> `;
  return String(page);
}

/** Loads and sends nothing, and runs only the given script, whatever the report contains. */
function contentSecurityPolicy(script: string, style: string): string {
  const hash = (source: string) => `'sha256-${createHash("sha256").update(source).digest("base64")}'`;
  return (
    `default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}; ` +
    `base-uri 'none'; form-action 'none'`
  );
}

/** JSON that cannot end its script element, without invisible characters. */
const inlineJson = (value: unknown) =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === "string" ? escapeInvisible(part, 300) : part,
  ).replace(/</g, "\\u003c");

function comparisonNote([first]: readonly Review[]): Html {
  const sentence = comparisonSentence(first?.base, { name: String, problem: String });
  return html`<p class="quiet">${text(sentence, 600)}</p>`;
}

function overview(reviews: readonly Review[]): Html {
  const cards = reviews.map(({ environment, planned, counts, verdict, stacks }) => {
    const policy = verdict.ok
      ? html`<p class="good">Policy passed, ${verdict.rules.length} rules</p>`
      : html`<p class="bad">${counted(policyViolations(verdict), "policy violation")}</p>`;
    const summary = planned ? describeCounts(counts) : "incomplete plan";
    return html`<li>
      <h2>${environment}</h2>
      <p class="counts">${summary}</p>
      <p class="quiet">${counted(stacks.length, "stack")}</p>
      ${policy}
    </li>`;
  });
  return html`<ul class="cards">
    ${cards}
  </ul>`;
}

const KINDS = [
  ["pool", "pool"],
  ["cluster", "cluster network"],
  ["pods", "pods"],
  ["subnet", "subnet"],
  ["growth", "growth: room for more pods"],
  ["free", "free: unallocated"],
  ["reserved", "reserved: used elsewhere"],
] as const;

const MARKS = [
  ["added", "+", "new"],
  ["widened", "↔", "widened"],
  ["renamed", "✎", "renamed"],
  ["restored", "↩", "restored"],
  ["draining", "…", "starts to drain"],
  ["retired", "×", "retired now"],
  ["moved", "→", "moved"],
  ["freed", "−", "freed"],
  ["destroyed", "!", "destroyed or replaced"],
] as const;

const STATES = [
  ["draining", "draining: no longer needed"],
  ["retired", "retired: taken until proven free"],
] as const;

function mapSection(reviews: readonly Review[], tree: readonly AddressNode[]): Html {
  const present = new Set(statesIn(tree));
  const states = STATES.filter(([state]) => present.has(state)).map(
    ([state, label]) => html`<li><i class="swatch" data-state="${state}"></i>${label}</li>`,
  );
  const kinds = KINDS.map(
    ([kind, label]) => html`<li><i class="swatch" data-kind="${kind}"></i>${label}</li>`,
  );
  const marked = new Set<string>(
    reviews.flatMap((review) => [
      ...review.addresses.changes.map(({ kind }) => kind),
      ...(destructiveChanges(review).length > 0 ? ["destroyed"] : []),
    ]),
  );
  const marks = MARKS.filter(([mark]) => marked.has(mark)).map(
    ([mark, sign, label]) => html`<li data-mark-key="${mark}"><b class="sign">${sign}</b>${label}</li>`,
  );
  return html`<section aria-labelledby="map-title" id="map-section">
    <h2 id="map-title">Address ownership</h2>
    <div class="controls">
      <label class="find"
        >Find
        <input
          id="find"
          type="search"
          placeholder="10.208.1.5 or prod-payments"
          autocomplete="off"
          spellcheck="false"
          aria-controls="found"
      /></label>
      <fieldset class="scale">
        <legend>Widths</legend>
        <label><input type="radio" name="scale" value="readable" checked /> readable</label>
        <label><input type="radio" name="scale" value="true" /> to scale</label>
      </fieldset>
      <button type="button" id="whole">Whole plan</button>
    </div>
    <ul id="found" class="found" hidden></ul>
    <nav id="trail" class="trail" aria-label="Zoomed into"></nav>
    <div id="map" class="map" role="tree" aria-label="Address map" aria-describedby="map-keys"></div>
    <div id="detail" class="detail" aria-live="polite"></div>
    <ul class="legend">
      ${kinds}${states}${reviews.some(isCompared) && marks}
    </ul>
    <p id="map-keys" class="quiet keys">
      <kbd>←</kbd> <kbd>→</kbd> neighbor, <kbd>↓</kbd> child, <kbd>↑</kbd> parent, <kbd>Enter</kbd> zoom in,
      <kbd>Esc</kbd> zoom out, <kbd>/</kbd> find. Click a block to zoom in.
    </p>
    <noscript><p>The map needs JavaScript; the tables below do not.</p></noscript>
  </section>`;
}

const statesIn = (nodes: readonly AddressNode[]): AddressNode["state"][] =>
  nodes.flatMap(({ state, children }) => [state, ...statesIn(children)]);
