import { addressCount } from "../../read/ipv4-range";
import { type AddressChange, CHANGE_KINDS, isUnproven } from "../../review/address-change";
import { isCompared, type Review } from "../../review/review";
import {
  changeNote,
  changeWords,
  describeAddressChanges,
  NO_ADDRESS_CHANGES,
  oldCidr,
} from "../address-change-words";
import { type Html, html, text } from "../html";
import { counted, thousands } from "../number";

/** Above this number, the blocks that change in one way are collapsed. */
const MAX_EXPANDED_CHANGES = 40;

/** Most blocks listed that change in one way and take nothing away; the map marks them all. */
const MAX_LISTED_CHANGES = 200;

/** What changes in the addresses, what a reviewer must not miss first. Every block leads to its place on the map. */
export function addressChangeSection(reviews: readonly Review[]): Html {
  return html`<section aria-labelledby="changes-title">
    <h2 id="changes-title">Address changes</h2>
    ${changeLists(reviews)}
  </section>`;
}

function changeLists(reviews: readonly Review[]): Html | readonly Html[] {
  // The network's review covers the whole plan, so the other environments repeat its changes.
  const changes = [
    ...new Map(
      reviews.flatMap(({ addresses }) =>
        addresses.changes.map((change) => [`${change.kind} ${change.key}`, change]),
      ),
    ).values(),
  ];
  if (changes.length === 0) return html`<p>${NO_ADDRESS_CHANGES}</p>`;
  if (!reviews.some(isCompared))
    return html`<p>${counted(changes.length, "block")}, all new: there is no base to compare with.</p>`;
  const groups = CHANGE_KINDS.map((kind) => changes.filter((change) => change.kind === kind));
  return [
    html`<p class="counts">${describeAddressChanges(changes)}</p>`,
    ...groups.filter((group) => group.length > 0).map(changeGroup),
  ];
}

function changeGroup(changes: readonly AddressChange[]): Html {
  const [{ kind }] = changes as [AddressChange];
  const takesAway = kind !== "added" && kind !== "widened";
  const listed = takesAway ? changes : changes.slice(0, MAX_LISTED_CHANGES);
  const rest = changes.length - listed.length;
  const list = html`<ul class="changes">
      ${listed.map(changeItem)}
    </ul>
    ${rest > 0 && html`<p class="quiet">and ${counted(rest, "more block")}, marked on the map</p>`}`;
  if (takesAway || changes.length <= MAX_EXPANDED_CHANGES) return list;
  return html`<details>
    <summary>${counted(changes.length, "block")} ${kind}</summary>
    ${list}
  </details>`;
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

function changeItem(change: AddressChange): Html {
  const { kind, key, cidr, owner, subnets } = change;
  const old = oldCidr(change);
  const place = html`<a href="#${kind === "freed" ? cidr : key}">${cidr}</a>`;
  const cidrs = old === undefined ? place : html`<s>${old}</s> <b aria-label="to">→</b> ${place}`;
  const note = changeNote(change);
  return html`<li data-change="${kind}">
    <span class="what"
      ><b class="sign" aria-hidden="true" data-mark="${kind}" ${isUnproven(change) && html`data-unproven=""`}
        >${SIGNS[kind]}</b
      >
      ${changeWords(change)}</span
    >
    <span class="cidr">${cidrs}</span>
    <span class="n">${thousands(addressCount(cidr))}</span>
    <span
      >${owner}${subnets > 0 && `, with ${counted(subnets, "subnet")}`}${note !== "" && html` <small>${text(note, 300)}</small>`}</span
    >
  </li>`;
}
