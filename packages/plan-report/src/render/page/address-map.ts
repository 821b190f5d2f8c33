import { type AddressNode, blockName } from "../../read/address-report";
import { type AddressChange } from "../../review/address-change";
import { type Occupant } from "../../review/occupant";
import { isCompared, type Review } from "../../review/review";
import {
  type AddressMap,
  type BlockDetails,
  type BlockUse,
  type GonePlace,
  type MapBlock,
  type MapMark,
  rangeOf,
} from "./map-document";

/** Most planned changes that a block lists. */
const MAX_PLAN_LINES = 5;

/**
 * The address tree as the page shows it, with what changes and what the plans know. Without a base no block is marked as
 * added, because every one would be.
 *
 * @param use observed use by CIDR @default none
 */
export function addressMap(
  roots: readonly AddressNode[],
  reviews: readonly Review[],
  use: ReadonlyMap<string, BlockUse> = new Map(),
): AddressMap {
  const compared = reviews.filter(isCompared).flatMap(({ addresses }) => addresses.changes);
  const knowledge: Knowledge = { changes: new Map(), occupants: new Map(), use };
  // A block that changes twice, such as one that is widened and drains, gets the mark that reports list first.
  for (const change of compared)
    if (change.kind !== "freed" && !knowledge.changes.has(change.key))
      knowledge.changes.set(change.key, change);
  for (const occupant of reviews.flatMap(({ addresses }) => addresses.occupants))
    knowledge.occupants.set(occupant.cidr, [...(knowledge.occupants.get(occupant.cidr) ?? []), occupant]);
  return {
    blocks: roots.flatMap((node) => mapBlock(node, undefined, knowledge, { ids: [], plan: [] })),
    gone: gonePlaces(compared),
  };
}

interface Knowledge {
  /** By allocation key. */
  readonly changes: Map<string, AddressChange>;
  /** By CIDR. */
  readonly occupants: Map<string, readonly Occupant[]>;
  /** By CIDR. */
  readonly use: ReadonlyMap<string, BlockUse>;
}

/** What a block has from the block around it, and need not repeat. */
interface Inherited {
  readonly mark?: MapMark;
  readonly account?: string;
  readonly ids: readonly string[];
  readonly plan: readonly string[];
}

function mapBlock(
  node: AddressNode,
  parent: AddressNode | undefined,
  knowledge: Knowledge,
  inherited: Inherited,
): MapBlock[] {
  const { key, cidr, kind, state } = node;
  if (kind === "free") return [];
  rangeOf(node);
  const change = knowledge.changes.get(key);
  const occupants = knowledge.occupants.get(cidr) ?? [];
  const mark = destructionMark(occupants) ?? change?.kind ?? (kind === "subnet" ? inherited.mark : undefined);
  const account = occupants.find((occupant) => occupant.account !== undefined)?.account;
  const ids = [...new Set(occupants.flatMap((occupant) => occupant.ids))];
  const plan = planLines(occupants);
  const own = {
    ids: ids.filter((id) => !inherited.ids.includes(id)),
    plan: plan.filter((line) => !inherited.plan.includes(line)).slice(0, MAX_PLAN_LINES),
  };
  const use = knowledge.use.get(cidr);
  const details: BlockDetails = {
    ...(mark === undefined ? {} : { mark }),
    ...(isRelocated(change) ? { from: change.from } : {}),
    ...(state === undefined ? {} : { state }),
    ...(account === undefined || account === inherited.account ? {} : { account }),
    ...(own.ids.length === 0 ? {} : { ids: own.ids }),
    ...(own.plan.length === 0 ? {} : { plan: own.plan }),
    ...(use === undefined ? {} : { use }),
  };
  // The account of a pool is that of its IPAM, which gives addresses to many.
  const innerAccount = kind === "pool" ? undefined : (account ?? inherited.account);
  const inner: Inherited = {
    ...(change === undefined ? {} : { mark: change.kind }),
    ...(innerAccount === undefined ? {} : { account: innerAccount }),
    ...{ ids: [...inherited.ids, ...ids], plan: [...inherited.plan, ...plan] },
  };
  const children = node.children.flatMap((child) => mapBlock(child, node, knowledge, inner));
  return [{ key, cidr, kind, name: blockName(node, parent), ...details, children }];
}

const isRelocated = (
  change: AddressChange | undefined,
): change is AddressChange & { readonly from: string } =>
  (change?.kind === "moved" || change?.kind === "widened") && change.from !== undefined;

function destructionMark(occupants: readonly Occupant[]): MapMark | undefined {
  if (occupants.some(({ action }) => action === "delete")) return "destroyed";
  return occupants.some(({ action }) => action === "replace") ? "replaced" : undefined;
}

/** What Terraform does there. Creations name only their stack: there are thousands of them. */
function planLines(occupants: readonly Occupant[]): string[] {
  const lines = occupants.flatMap(({ action, address, stack }) => {
    if (action === "noop" || action === "read") return [];
    if (action === "create") return [`create in ${stack}`];
    return [`${action === "delete" ? "destroy" : action} ${address} in ${stack}`];
  });
  return [...new Set(lines)];
}

/** The places that blocks leave, because they are freed or move. */
function gonePlaces(changes: readonly AddressChange[]): GonePlace[] {
  const places = changes.flatMap(({ kind, key, cidr, from, owner }): GonePlace[] => {
    if (kind === "freed") return [{ key, cidr, name: owner, mark: kind }];
    return kind === "moved" && from !== undefined ? [{ key, cidr: from, name: owner, mark: kind }] : [];
  });
  return [...new Map(places.map((place) => [`${place.key} ${place.cidr}`, place])).values()];
}
