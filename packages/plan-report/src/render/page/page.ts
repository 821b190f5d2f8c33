import { createHash } from "node:crypto";
import { policyViolations } from "../../policy/policy";
import { type AddressNode } from "../../read/address-report";
import { type Review } from "../../review/review";
import { comparisonSentence } from "../address-change-words";
import { describeCounts } from "../change-counts";
import { escapeInvisible } from "../escape";
import { type Html, html, text, trusted } from "../html";
import { counted } from "../number";
import { planningFailures } from "../planning-failures";
import { addressMap } from "./address-map";
import { clusterSection } from "./cluster-section";
import { addressChangeSection } from "./address-change-section";
import {
  changeSection,
  destructionSection,
  failureSection,
  noticeSection,
  policySection,
  ruleSection,
} from "./change-sections";
import { mapSection } from "./map-section";
import { type BlockUse, packMap } from "./map-document";
import { type PageAssets } from "./page-assets";
import { poolSection } from "./pool-section";

/**
 * One HTML page about some environments. It loads nothing and runs no script but its own.
 *
 * @param tree the part of the address plan that belongs to these environments
 * @param use addresses in use and the time they were read, by CIDR of a subnet or pod range @default unknown
 */
export function htmlPage(
  reviews: readonly Review[],
  tree: readonly AddressNode[],
  { script, style }: PageAssets,
  use?: ReadonlyMap<string, BlockUse>,
): string {
  const title = `Plan: ${reviews.map(({ environment }) => environment).join(", ")}`;
  const mapData = inlineJson(packMap(addressMap(tree, reviews, use)));
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
          ${addressChangeSection(reviews)} ${mapSection(reviews, tree)} ${clusterSection(reviews)}
          ${poolSection(reviews)} ${changeSection(reviews)} ${ruleSection(reviews)}
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
