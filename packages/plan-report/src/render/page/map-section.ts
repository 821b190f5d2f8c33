import { type AddressNode } from "../../read/address-report";
import { destructiveChanges, isCompared, type Review } from "../../review/review";
import { type Html, html } from "../html";

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

/** Sizes that "where does it fit?" offers: those of subnets, VPCs, pod ranges and pools. */
const FITTING = Array.from({ length: 17 }, (_, at) => 12 + at);

/** The map: search field, outline and scale. The page's script fills it from the packed map. */
export function mapSection(reviews: readonly Review[], tree: readonly AddressNode[]): Html {
  const sizes = FITTING.map((length) => html`<option value="${length}">/${length}</option>`);
  return html`<section aria-labelledby="map-title" id="map-section">
    <h2 id="map-title">Address map</h2>
    <div class="controls">
      <label class="find"
        ><span>Find</span>
        <input
          id="find"
          type="search"
          placeholder="10.208.1.77, a CIDR, cluster, account or VPC id"
          autocomplete="off"
          spellcheck="false"
          aria-controls="found"
      /></label>
      <label
        >Where does
        <select id="fit" aria-controls="fitting">
          <option value="">…</option>
          ${sizes}
        </select>
        fit?</label
      >
      <span id="map-status" role="status" class="quiet"></span>
    </div>
    <ul id="found" class="found" aria-live="polite" hidden></ul>
    <div id="fitting" class="found" aria-live="polite" hidden></div>
    <div class="panes">
      <div class="pane">
        <p class="line head" aria-hidden="true">
          <span></span><span></span><span>block</span><span>CIDR</span><span class="count">addresses</span
          ><span>full</span><span></span>
        </p>
        <ul id="outline" role="tree" aria-label="Address plan" aria-describedby="map-keys"></ul>
        <p id="map-keys" class="quiet keys">
          <kbd>↑</kbd> <kbd>↓</kbd> line, <kbd>→</kbd> unfold, <kbd>←</kbd> fold, <kbd>Enter</kbd> show to
          scale, <kbd>c</kbd> copy the CIDR, <kbd>/</kbd> find
        </p>
      </div>
      <div class="pane look">
        <div class="where">
          <button type="button" id="zoom-out" aria-label="Zoom out" title="Zoom out">−</button>
          <nav id="trail" class="trail" aria-label="Shown to scale"></nav>
        </div>
        <div id="scale" class="scale" aria-hidden="true"></div>
        <p id="pointer" class="quiet pointer" aria-hidden="true"></p>
        <div id="detail" class="detail" role="region" aria-label="Selected block"></div>
      </div>
    </div>
    ${legend(reviews, tree)}
    <noscript><p>The map needs JavaScript; the tables do not.</p></noscript>
  </section>`;
}

function legend(reviews: readonly Review[], tree: readonly AddressNode[]): Html {
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
  return html`<ul class="legend">
    ${kinds}${states}${reviews.some(isCompared) && marks}
    <li>
      <span class="fullness"
        ><i class="used"></i><i class="growth"></i><i class="reserved"></i><i class="pooled"></i></span
      >bar: in clusters’ blocks, for growth, reserved, free in pools inside, free
    </li>
  </ul>`;
}

const statesIn = (nodes: readonly AddressNode[]): AddressNode["state"][] =>
  nodes.flatMap(({ state, children }) => [state, ...statesIn(children)]);
