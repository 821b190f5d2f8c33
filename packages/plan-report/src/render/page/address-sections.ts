import { addressCount } from "../../read/ipv4-range";
import { type AddressChange, isUnproven } from "../../review/address-change";
import { type ClusterChange, type ClusterState, TIGHT_HEADROOM_PERCENT } from "../../review/cluster-change";
import { type PoolChange } from "../../review/pool-change";
import { arePlansCompared, isCompared, type Review } from "../../review/review";
import { changeNote, changeWords, NO_ADDRESS_CHANGES, oldCidr } from "../address-change-words";
import { type Html, html, text } from "../html";
import { counted, fromTo, thousands } from "../number";

/** Clusters shown at once; the rest are collapsed. */
const MAX_EXPANDED_CLUSTERS = 24;

/** Above this number of rows, the table of address changes is collapsed. */
const MAX_EXPANDED_CHANGES = 60;

/** Every cluster's demand and capacity, with a bar, the tightest first. */
export function clusterSection(reviews: readonly Review[]): Html | false {
  const byName = new Map(
    reviews.flatMap(({ addresses }) => addresses.clusters.map((cluster) => [cluster.name, cluster])),
  );
  const clusters = [...byName.values()].sort(
    (a, b) => headroom(a) - headroom(b) || (a.name < b.name ? -1 : 1),
  );
  if (clusters.length === 0) return false;
  const compared = reviews.some(arePlansCompared);
  const cards = clusters.map((cluster) => clusterCard(cluster, compared));
  const rest = cards.slice(MAX_EXPANDED_CLUSTERS);
  const more =
    rest.length > 0 &&
    html`<details>
      <summary>${counted(rest.length, "more cluster")} with more headroom</summary>
      <ul class="clusters">
        ${rest}
      </ul>
    </details>`;
  return html`<section aria-labelledby="clusters-title">
    <h2 id="clusters-title">Cluster capacity</h2>
    <p class="quiet">
      The bar is what the addresses can carry; the filled part is the demand. Tightest first.
    </p>
    <ul class="clusters">
      ${cards.slice(0, MAX_EXPANDED_CLUSTERS)}
    </ul>
    ${more}
  </section>`;
}

/** The blocks that change, and the free space of the pools. */
export function addressSection(reviews: readonly Review[]): Html {
  // The network's review covers the whole plan, so the other environments repeat its rows.
  const changes = unique(
    reviews.flatMap(({ addresses }) => addresses.changes),
    ({ kind, key }) => `${kind} ${key}`,
  );
  const pools = unique(
    reviews.flatMap(({ addresses }) => addresses.pools),
    ({ key }) => key,
  );
  return html`<section aria-labelledby="changes-title">
    <h2 id="changes-title">Address changes</h2>
    ${changeTable(changes, reviews.some(isCompared))}
    <h3>Pool headroom</h3>
    <div class="wide">
      <table>
        <thead>
          <tr>
            <th>pool</th>
            <th>CIDR</th>
            <th class="n">free addresses</th>
            <th class="n">free</th>
            <th>largest free block</th>
          </tr>
        </thead>
        <tbody>
          ${pools.map(poolRow)}
        </tbody>
      </table>
    </div>
  </section>`;
}

function changeTable(changes: readonly AddressChange[], compared: boolean): Html {
  if (changes.length === 0) return html`<p>${NO_ADDRESS_CHANGES}</p>`;
  const table = html`<div class="wide" id="address-changes">
    <table>
      <thead>
        <tr>
          <th></th>
          <th>CIDR</th>
          <th class="n">addresses</th>
          <th>owner</th>
        </tr>
      </thead>
      <tbody>
        ${changes.map(changeRow)}
      </tbody>
    </table>
  </div>`;
  if (compared && changes.length <= MAX_EXPANDED_CHANGES) return table;
  const title = counted(changes.length, "block");
  const note = compared ? "" : "; without a base, every block counts as new";
  return html`<details>
    <summary>${title}${note}</summary>
    ${table}
  </details>`;
}

/** A removed cluster sorts last. */
const headroom = ({ after }: ClusterChange) => after?.headroomPercent ?? Infinity;

function clusterCard(cluster: ClusterChange, compared: boolean): Html {
  const { name, environment, cloud, region, before, after } = cluster;
  const state = after ?? (before as ClusterState);
  const change = (valueOf: (state: ClusterState) => number, unit?: string) =>
    fromTo(before && valueOf(before), after && valueOf(after), unit);
  const isTight = after !== undefined && after.headroomPercent < TIGHT_HEADROOM_PERCENT;
  const status = after === undefined ? "removed" : before === undefined && compared ? "new" : undefined;
  const growth =
    state.growth.length === 0
      ? "none"
      : state.growth.map((cidr, index) => html`${index === 0 ? "" : ", "}${cidr}`);
  const limit =
    before !== undefined && after !== undefined && before.binding.name !== after.binding.name
      ? html`${before.binding.name} → ${after.binding.name}`
      : state.binding.name;
  const tags = [
    html`<span class="tag">${cloud === "aws" ? "EKS" : "GKE"}</span>`,
    status && html` <span class="tag changed">${status}</span>`,
    isTight && html` <span class="tag tight">tight</span>`,
  ];
  return html`<li class="cluster" ${isTight && html`data-tight=""`}>
    <h3>${name} ${tags}</h3>
    <p class="quiet">${environment} · ${region}</p>
    ${capacityBar(state)}
    <dl>
      <div>
        <dt>pod demand</dt>
        <dd>${change(({ pods }) => pods)}</dd>
      </div>
      <div>
        <dt>max pods</dt>
        <dd>${change(({ maxPods }) => maxPods)}</dd>
      </div>
      <div>
        <dt>headroom</dt>
        <dd>${change(({ headroomPercent }) => headroomPercent, " %")}</dd>
      </div>
      <div>
        <dt>max nodes</dt>
        <dd>${change(({ maxNodes }) => maxNodes)}</dd>
      </div>
      <div class="growth">
        <dt>growth space</dt>
        <dd>${change(({ growthAddresses }) => growthAddresses)} <small>${growth}</small></dd>
      </div>
    </dl>
    <p class="limit"><b>First limit:</b> ${limit}. ${text(state.binding.formula, 300)}</p>
    ${isTight && html`<p class="limit"><b>To raise it:</b> ${text(state.binding.fix, 300)}</p>`}
  </li>`;
}

/** The demanded share of the capacity. An SVG, because its geometry needs no inline style. */
function capacityBar({ pods, maxPods }: ClusterState): Html {
  const percent = maxPods === 0 ? 100 : Math.min(100, (pods * 100) / maxPods);
  const label = `Demand: ${thousands(pods)} of ${thousands(maxPods)} pods`;
  return html`<svg
    class="bar"
    viewBox="0 0 100 6"
    preserveAspectRatio="none"
    role="img"
    aria-label="${label}"
  >
    <rect class="track" width="100" height="6" />
    <rect class="fill" width="${percent.toFixed(2)}" height="6" />
  </svg>`;
}

const SIGNS: Readonly<Record<AddressChange["kind"], string>> = {
  added: "+",
  widened: "↔",
  renamed: "✎",
  restored: "↩",
  draining: "…",
  retired: "×",
  freed: "−",
  moved: "→",
};

function changeRow(change: AddressChange): Html {
  const { kind, cidr, owner, subnets } = change;
  const old = oldCidr(change);
  const cidrs = old === undefined ? cidr : html`${old} → ${cidr}`;
  const withSubnets = subnets > 0 && `, with ${counted(subnets, "subnet")}`;
  const note = changeNote(change);
  const sign = html`<b class="sign" data-mark="${kind}" ${isUnproven(change) && html`data-unproven=""`}
    >${SIGNS[kind]}</b
  >`;
  return html`<tr>
    <td>${sign} ${changeWords(change)}</td>
    <td class="cidr">${cidrs}</td>
    <td class="n">${thousands(addressCount(cidr))}</td>
    <td>${owner}${withSubnets}${note !== "" && html` <small>${text(note, 300)}</small>`}</td>
  </tr>`;
}

function poolRow({ key, before, after }: PoolChange): Html | false {
  const state = after ?? before;
  if (state === undefined) return false;
  const percent = Math.floor((state.free * 100) / state.addresses);
  return html`<tr>
    <td>${key}</td>
    <td class="cidr">${state.cidr}</td>
    <td class="n">${fromTo(before?.free, after?.free)}</td>
    <td class="n">${percent} %</td>
    <td class="cidr">${state.largestFree ?? "–"}</td>
  </tr>`;
}

function unique<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()];
}
