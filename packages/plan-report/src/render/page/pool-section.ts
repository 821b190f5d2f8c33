import { type PoolChange } from "../../review/pool-change";
import { type Review } from "../../review/review";
import { type Html, html } from "../html";
import { fromTo } from "../number";

/** The free space of the pools, before and after the change. */
export function poolSection(reviews: readonly Review[]): Html | false {
  // The network's review covers the whole plan, so the other environments repeat its rows.
  const pools = new Map(reviews.flatMap(({ addresses }) => addresses.pools.map((pool) => [pool.key, pool])));
  if (pools.size === 0) return false;
  return html`<section class="later" aria-labelledby="pools-title">
    <h2 id="pools-title">Pool headroom</h2>
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
          ${[...pools.values()].map(poolRow)}
        </tbody>
      </table>
    </div>
  </section>`;
}

function poolRow({ key, before, after }: PoolChange): Html | false {
  const state = after ?? before;
  if (state === undefined) return false;
  const percent = Math.floor((state.free * 100) / state.addresses);
  return html`<tr>
    <td>${after === undefined ? key : html`<a href="#${key}">${key}</a>`}</td>
    <td class="cidr">${state.cidr}</td>
    <td class="n">${fromTo(before?.free, after?.free)}</td>
    <td class="n">${percent} %</td>
    <td class="cidr">${state.largestFree ?? "–"}</td>
  </tr>`;
}
