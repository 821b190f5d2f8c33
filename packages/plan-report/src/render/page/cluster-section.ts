import { type ClusterChange, type ClusterState, TIGHT_HEADROOM_PERCENT } from "../../review/cluster-change";
import { arePlansCompared, type Review } from "../../review/review";
import { type Html, html, text } from "../html";
import { counted, fromTo, thousands } from "../number";

/** Clusters that have a card; the rest have a line each. */
const MAX_CARDS = 24;

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
  const cards = clusters.slice(0, MAX_CARDS).map((cluster) => clusterCard(cluster, compared));
  return html`<section class="later" aria-labelledby="clusters-title">
    <h2 id="clusters-title">Cluster capacity</h2>
    <p class="quiet">
      The bar is what the addresses can carry; the filled part is the demand. Tightest first.
    </p>
    <ul class="clusters">
      ${cards}
    </ul>
    ${moreClusters(clusters.slice(MAX_CARDS), compared)}
  </section>`;
}

function moreClusters(clusters: readonly ClusterChange[], compared: boolean): Html | false {
  if (clusters.length === 0) return false;
  return html`<details>
    <summary>${counted(clusters.length, "more cluster")} with more headroom</summary>
    <div class="wide">
      <table>
        <thead>
          <tr>
            <th>cluster</th>
            <th class="n">pod demand</th>
            <th class="n">max pods</th>
            <th class="n">headroom</th>
            <th>first limit</th>
          </tr>
        </thead>
        <tbody>
          ${clusters.map((cluster) => clusterRow(cluster, compared))}
        </tbody>
      </table>
    </div>
  </details>`;
}

function clusterRow(cluster: ClusterChange, compared: boolean): Html {
  const { name, before, after } = cluster;
  const state = after ?? (before as ClusterState);
  const status = statusOf(cluster, compared);
  return html`<tr>
    <td>${name}${status !== undefined && html` <span class="tag changed">${status}</span>`}</td>
    <td class="n">${fromTo(before?.pods, after?.pods)}</td>
    <td class="n">${fromTo(before?.maxPods, after?.maxPods)}</td>
    <td class="n">${fromTo(before?.headroomPercent, after?.headroomPercent, " %")}</td>
    <td>${state.binding.name}</td>
  </tr>`;
}

const statusOf = ({ before, after }: ClusterChange, compared: boolean) =>
  after === undefined ? "removed" : before === undefined && compared ? "new" : undefined;

/** A removed cluster sorts last. */
const headroom = ({ after }: ClusterChange) => after?.headroomPercent ?? Infinity;

function clusterCard(cluster: ClusterChange, compared: boolean): Html {
  const { name, environment, cloud, region, before, after } = cluster;
  const state = after ?? (before as ClusterState);
  const change = (valueOf: (state: ClusterState) => number, unit?: string) =>
    fromTo(before && valueOf(before), after && valueOf(after), unit);
  const isTight = after !== undefined && after.headroomPercent < TIGHT_HEADROOM_PERCENT;
  const status = statusOf(cluster, compared);
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
