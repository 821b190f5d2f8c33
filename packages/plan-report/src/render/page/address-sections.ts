import { type AddressChange } from "../../review/address-change";
import { type ClusterChange, type ClusterState } from "../../review/cluster-change";
import { fromTo } from "../markdown/markdown-table";
import { html } from "../escape";
import { addressesIn } from "../../read/ipv4-range";
import { type PoolChange } from "../../review/pool-change";
import { isCompared, type Review } from "../../review/review";
import { thousands } from "../terminal/text-table";

/** Below this headroom a cluster is called tight, in percent of the demanded pods. */
const TIGHT = 20;

/** So many clusters are shown at once; the rest is folded. */
const SHOWN = 24;

/** Every cluster with a bar of what is asked for against what its addresses carry, the tightest first. */
export function clusterSection(reviews: readonly Review[]): string {
  const known = new Map(
    reviews.flatMap(({ addresses }) => addresses.clusters.map((each) => [each.name, each])),
  );
  const clusters = [...known.values()].sort(
    (a, b) => headroom(a) - headroom(b) || (a.name < b.name ? -1 : 1),
  );
  if (clusters.length === 0) return "";
  const compared = reviews.some(isCompared);
  const cards = clusters.map((cluster) => clusterCard(cluster, compared));
  const rest = cards.slice(SHOWN);
  return `<section aria-labelledby="clusters-title"><h2 id="clusters-title">What the clusters can carry</h2>
<p class="quiet">The bar is what the addresses carry; its filled part is what is asked for. The tightest first.</p>
<ul class="clusters">${cards.slice(0, SHOWN).join("")}</ul>
${rest.length === 0 ? "" : `<details><summary>${thousands(rest.length)} more with more room</summary><ul class="clusters">${rest.join("")}</ul></details>`}
</section>`;
}

/** Which addresses are allocated, moved and freed, and the headroom of the pools. */
export function addressSection(reviews: readonly Review[]): string {
  // The network owns the whole plan: what it shows needs no second row.
  const changes = unique(
    reviews.flatMap(({ addresses }) => addresses.changes),
    ({ kind, key }) => `${kind} ${key}`,
  );
  const pools = unique(
    reviews.flatMap(({ addresses }) => addresses.pools),
    ({ key }) => key,
  );
  const compared = reviews.some(isCompared);
  const table =
    changes.length === 0
      ? "<p>No address is allocated, moved or freed.</p>"
      : folded(
          compared
            ? `${thousands(changes.length)} blocks`
            : `${thousands(changes.length)} blocks: without a base, every one counts as new`,
          !compared || changes.length > 60,
          `<div class="wide" id="address-changes"><table><thead><tr><th></th><th>CIDR</th><th class="n">addresses</th><th>who lives there</th></tr></thead>
<tbody>${changes.map(changeRow).join("")}</tbody></table></div>`,
        );
  return `<section aria-labelledby="changes-title"><h2 id="changes-title">Addresses that change hands</h2>${table}
<h3>Headroom of the pools</h3>
<div class="wide"><table><thead><tr><th>pool</th><th>CIDR</th><th class="n">free addresses</th><th class="n">free</th><th>largest free block</th></tr></thead>
<tbody>${pools.map(poolRow).join("")}</tbody></table></div></section>`;
}

/** A cluster that goes needs no room. */
const headroom = ({ after }: ClusterChange) => after?.headroomPercent ?? Infinity;

function clusterCard(
  { name, environment, cloud, region, before, after }: ClusterChange,
  compared: boolean,
): string {
  const state = after ?? (before as ClusterState);
  const pair = (read: (state: ClusterState) => number, unit?: string) =>
    html(fromTo(before && read(before), after && read(after), unit));
  const tight = after !== undefined && after.headroomPercent < TIGHT;
  const fate = after === undefined ? "goes" : before === undefined && compared ? "new" : "";
  const growth = state.growth.length === 0 ? "none" : state.growth.map((cidr) => html(cidr)).join(", ");
  const limit =
    before !== undefined && after !== undefined && before.binding.name !== after.binding.name
      ? `${html(before.binding.name)} → ${html(after.binding.name)}`
      : html(state.binding.name);
  return `<li class="cluster"${tight ? ' data-tight=""' : ""}>
<h3>${html(name)} <span class="tag">${cloud === "aws" ? "EKS" : "GKE"}</span>${fate === "" ? "" : ` <span class="tag changed">${fate}</span>`}${tight ? ' <span class="tag tight">tight</span>' : ""}</h3>
<p class="quiet">${html(environment)} · ${html(region)}</p>
${bar(state)}
<dl><div><dt>pods asked for</dt><dd>${pair(({ pods }) => pods)}</dd></div>
<div><dt>pods it can carry</dt><dd>${pair(({ podsUpTo }) => podsUpTo)}</dd></div>
<div><dt>headroom</dt><dd>${pair(({ headroomPercent }) => headroomPercent, " %")}</dd></div>
<div><dt>nodes it can carry</dt><dd>${pair(({ nodesUpTo }) => nodesUpTo)}</dd></div>
<div class="growth"><dt>growth space</dt><dd>${pair(({ growthAddresses }) => growthAddresses)} <small>${growth}</small></dd></div></dl>
<p class="limit"><b>First limit:</b> ${limit}. ${html(state.binding.formula, 300)}</p>
${tight ? `<p class="limit"><b>For more:</b> ${html(state.binding.fix, 300)}</p>` : ""}</li>`;
}

/** An image of one number: an SVG, whose geometry needs no inline style. */
function bar({ pods, podsUpTo }: ClusterState): string {
  const percent = podsUpTo === 0 ? 100 : Math.min(100, (pods * 100) / podsUpTo);
  const text = `${thousands(pods)} of ${thousands(podsUpTo)} pods are asked for`;
  return `<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" role="img" aria-label="${text}"><rect class="track" width="100" height="6"/><rect class="fill" width="${percent.toFixed(2)}" height="6"/></svg>`;
}

function changeRow({ kind, cidr, from, owner, subnets }: AddressChange): string {
  const sign = { allocated: "+", moved: "→", freed: "−" }[kind];
  const place = from === undefined ? html(cidr) : `${html(from)} → ${html(cidr)}`;
  const inside = subnets === 0 ? "" : `, with ${thousands(subnets)} ${subnets === 1 ? "subnet" : "subnets"}`;
  return `<tr><td><b class="sign" data-mark="${kind}">${sign}</b> ${kind}</td><td class="cidr">${place}</td><td class="n">${thousands(addressesIn(cidr))}</td><td>${html(owner)}${inside}</td></tr>`;
}

function poolRow({ key, before, after }: PoolChange): string {
  const state = after ?? before;
  if (state === undefined) return "";
  const percent = Math.floor((state.free * 100) / state.addresses);
  return `<tr><td>${html(key)}</td><td class="cidr">${html(state.cidr)}</td><td class="n">${html(fromTo(before?.free, after?.free))}</td><td class="n">${percent} %</td><td class="cidr">${html(state.largestFree ?? "–")}</td></tr>`;
}

const folded = (title: string, fold: boolean, content: string) =>
  fold ? `<details><summary>${html(title)}</summary>${content}</details>` : content;

function unique<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()];
}
