import { type Colors } from "picocolors/types";
import { ACKNOWLEDGEMENTS_FILE } from "../../read/acknowledgements";
import { type AddressChange, isUnproven } from "../../review/address-change";
import { type PlanReview, type ReviewedPlan } from "../../review/plan-review";
import { retiredStacks } from "../../review/review";
import { suggestedEntries } from "../acknowledgement-words";
import {
  changeNote,
  changeWords,
  comparisonSentence,
  describeAddressChanges,
  NO_ADDRESS_CHANGES,
  oldCidr,
} from "../address-change-words";
import { counted } from "../number";
import { retiredStackWords } from "../retired-stack-words";
import { type Cell, textTable, wrap } from "./text-table";

/** Most changes listed; `npm run report` shows all. */
const MAX_CHANGES = 40;

/** What addresses are compared with, and the blocks that change. */
export function addressChangeLines({ base, changes }: PlanReview, colors: Colors): string[] {
  const sentence = comparisonSentence(base, { name: String, problem: String });
  const intro = wrap(sentence, "  ").map(colors.dim);
  if (base === undefined) return [...intro, ...wrap(NO_BASE, "  ").map(colors.dim)];
  if (changes.length === 0) return [...intro, `  ${NO_ADDRESS_CHANGES}`];
  const rest = changes.length - MAX_CHANGES;
  return [
    ...intro,
    `  Blocks: ${describeAddressChanges(changes)}.`,
    ...changeTable(changes.slice(0, MAX_CHANGES), colors),
    ...(rest > 0 ? [colors.dim(`  and ${counted(rest, "more block")}: npm run report`)] : []),
  ];
}

const NO_BASE = "Commit addresses.lock.json, or name a commit or folder: npm run plan -- --base main";

function changeTable(changes: readonly AddressChange[], colors: Colors): string[] {
  const lines = textTable(
    ["left", "left", "left"],
    changes.map((change) => changeCells(change, colors)),
  );
  return lines.flatMap((line, index) => {
    const note = changeNote(changes[index] as AddressChange);
    return note === "" ? [line] : [line, ...wrap(note, "    ").map(colors.dim)];
  });
}

function changeCells(change: AddressChange, colors: Colors): Cell[] {
  const old = oldCidr(change);
  const paint = isUnproven(change) ? colors.red : change.kind === "added" ? colors.green : colors.yellow;
  return [
    { text: changeWords(change), paint },
    { text: old === undefined ? change.cidr : `${old} → ${change.cidr}` },
    { text: change.owner },
  ];
}

/** What the change must not do without a decision, and the entries that record one; none if the lock is in order. */
export function violationLines({ violations }: PlanReview, colors: Colors): string[] {
  if (violations.length === 0) return [];
  const sentences = violations.flatMap(({ environment, rule, stack, address, message }) => {
    const resource = stack === undefined ? "" : `${address ?? ""} in ${stack}: `;
    return wrap(`${environment}: ${rule}: ${resource}${message}`, "  ").map(colors.red);
  });
  const entries = suggestedEntries(violations);
  if (entries.length === 0) return sentences;
  return [
    ...sentences,
    "",
    ...wrap(`If intended, add this to ${ACKNOWLEDGEMENTS_FILE} with a reason:`, "  "),
    // At the left margin, where it can be copied to the end of the file.
    ...entries,
  ];
}

/** Retired stacks, and what is probably not meant; none if there is neither. */
export function noticeLines({ environments, review }: ReviewedPlan, colors: Colors): string[] {
  const retired = environments.flatMap((environment) =>
    retiredStacks(environment).map((outcome) => {
      const owner = outcome.cluster === undefined ? "" : ` (cluster ${outcome.cluster})`;
      return `${outcome.stack}${owner}: ${retiredStackWords(outcome)}`;
    }),
  );
  return [...retired, ...review.notices].flatMap((sentence) => wrap(sentence, "  ").map(colors.yellow));
}
