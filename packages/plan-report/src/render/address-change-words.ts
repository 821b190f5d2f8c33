import { type AddressChange, CHANGE_KINDS, isUnproven } from "../review/address-change";
import { type Review } from "../review/review";
import { thousands } from "./number";

/** What happens to a block, in words: `freed without proof`. */
export const changeWords = (change: AddressChange): string =>
  change.kind === "freed" && isUnproven(change) ? "freed without proof" : change.kind;

/** `1 moved, 2 added`. */
export function describeAddressChanges(changes: readonly AddressChange[]): string {
  const count = (kind: AddressChange["kind"]) => changes.filter((change) => change.kind === kind).length;
  return CHANGE_KINDS.filter((kind) => count(kind) > 0)
    .map((kind) => `${thousands(count(kind))} ${kind}`)
    .join(", ");
}

/** Says that no block changes. */
export const NO_ADDRESS_CHANGES = "No addresses are added, moved, retired or freed.";

/** The proof of a freed block, or the old key of a renamed one; empty for other changes. */
export function changeNote({ kind, from, proof }: AddressChange): string {
  if (kind === "renamed" && from !== undefined) return `was ${from}`;
  return proof === undefined ? "" : `empty states: ${proof}`;
}

/** The old CIDR of a block that is widened or moved; undefined for other changes. */
export const oldCidr = ({ kind, from }: AddressChange) => (kind === "renamed" ? undefined : from);

/** Says what addresses are compared with; `name` and `problem` are formatted by the caller. */
export function comparisonSentence(
  base: Review["base"],
  format: { readonly name: (name: string) => string; readonly problem: (problem: string) => string },
): string {
  if (base === undefined) return "Without a base, every address counts as new.";
  const name = format.name(base.name);
  if (base.problem === undefined) return `Addresses compared with ${name}.`;
  const problem = format.problem(base.problem);
  return base.hasLock
    ? `Addresses compared with ${name}, but not pools and clusters: ${problem}`
    : `Cannot compare addresses with ${name}: ${problem}`;
}
