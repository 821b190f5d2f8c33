import { stringify } from "yaml";
import { ACKNOWLEDGEMENTS_FILE } from "../../read/acknowledgements";
import { describe } from "../../terraform/diagnostic";
import { html } from "../escape";
import {
  alarming,
  gravestFirst,
  type Review,
  type ReviewedChange,
  type ReviewedStack,
} from "../../review/review";
import { type Action, describeCounts } from "../../terraform/stack-plan";
import { thousands } from "../terminal/text-table";

const VERBS: Readonly<Record<Action, readonly [sign: string, word: string]>> = {
  delete: ["−", "destroy"],
  replace: ["±", "replace"],
  forget: ["−", "forget"],
  update: ["~", "update"],
  create: ["+", "create"],
  read: ["", "read"],
  noop: ["", "keep"],
};

/** What destroys or replaces, before anything else. */
export function alarmSection(review: Review): string {
  const changes = alarming(review);
  if (changes.length === 0) return "";
  const rows = changes.map(({ stack, address, action, replacedBy }) => {
    const why =
      replacedBy.length === 0 ? "" : `, because <code>${html(replacedBy.join(", "))}</code> changes`;
    return `<li><b>${VERBS[action][1]}</b> <code>${html(address)}</code> in ${html(stack)}${why}</li>`;
  });
  return `<section class="alarm"><h2>${html(review.environment)}: ${thousands(changes.length)} ${changes.length === 1 ? "object is" : "objects are"} destroyed or replaced</h2><ul>${rows.join("")}</ul></section>`;
}

/** Why an environment, or a stack of it, is not planned. */
export function failureSection({ environment, failure, stacks }: Review): string {
  const messages = [
    ...(failure === undefined ? [] : [`${failure.target} failed\n${failure.message}`]),
    ...stacks.flatMap((outcome) =>
      outcome.planned
        ? []
        : [
            `${outcome.stack}: terraform ${outcome.command} failed`,
            ...outcome.diagnostics.map((each) => describe(each)),
          ].join("\n"),
    ),
  ];
  if (messages.length === 0) return "";
  const lines = messages.flatMap((message) => message.split("\n")).map((line) => html(line, 400));
  return `<section class="alarm"><h2>${html(environment)}: not planned completely</h2><pre>${lines.join("\n")}</pre></section>`;
}

/** What the policy objects to; nothing if it is kept and nothing was acknowledged. */
export function policySection({ environment, verdict }: Review): string {
  const broken = verdict.rules.filter(({ findings }) => findings.length > 0);
  if (broken.length + verdict.acknowledged.length + verdict.lapsed.length === 0) return "";
  const entries = broken.flatMap(({ findings }) =>
    findings.flatMap(({ acknowledgeAs }) => acknowledgeAs ?? []),
  );
  const rules = broken.map(
    ({ name, description, findings }) =>
      `<h3>${html(name)}</h3><p class="quiet">${html(description, 300)}</p><ul>${findings
        .map(
          ({ stack, address, message }) =>
            `<li>${address === undefined ? "" : `<code>${html(address)}</code> `}${stack === undefined ? "" : `in ${html(stack)}: `}${html(message, 400)}</li>`,
        )
        .join("")}</ul>`,
  );
  const acknowledge =
    entries.length === 0
      ? ""
      : `<details><summary>If it is meant: add this to ${ACKNOWLEDGEMENTS_FILE}, with a reason</summary><pre>${stringify(
          entries.map((entry) => ({ ...entry, reason: "" })),
        )
          .trimEnd()
          .split("\n")
          .map((line) => html(line, 1000))
          .join("\n")}</pre></details>`;
  const acknowledged = verdict.acknowledged.map(
    ({ stack, address, action, reason }) =>
      `<li>Acknowledged: ${action} <code>${html(address)}</code> in ${html(stack)}: ${html(reason, 300)}</li>`,
  );
  const lapsed = verdict.lapsed.map(
    ({ stack, address, action, lapse }) =>
      `<li>Lapsed: ${action} <code>${html(address)}</code> in ${html(stack)}: ${lapse === "old" ? "it was there before this change" : "nothing in this plan meets it"}; remove it</li>`,
  );
  return `<section class="${broken.length > 0 ? "alarm" : "note"}"><h2>${html(environment)}: policy</h2>${rules.join("")}${acknowledge}<ul>${[...acknowledged, ...lapsed].join("")}</ul></section>`;
}

/** Which rules there are, for a reader who wonders what was judged. */
export function ruleSection(reviews: readonly Review[]): string {
  const rules = new Map(
    reviews.flatMap(({ verdict }) => verdict.rules.map(({ name, description }) => [name, description])),
  );
  const rows = [...rules].map(
    ([name, description]) => `<li><code>${html(name)}</code> ${html(description, 300)}</li>`,
  );
  return `<section aria-labelledby="rules-title"><h2 id="rules-title">The rules of the policy</h2><ul class="rules">${rows.join("")}</ul></section>`;
}

/** Every stack's changes, folded. */
export function changeSection(reviews: readonly Review[]): string {
  const stacks = reviews.flatMap(({ environment, stacks }) =>
    stacks.map((stack) => stackDetails(environment, stack)),
  );
  return `<section aria-labelledby="stacks-title"><h2 id="stacks-title">What each stack changes</h2>${stacks.join("")}</section>`;
}

function stackDetails(environment: string, outcome: ReviewedStack): string {
  if (!outcome.planned) return "";
  const { stack, counts, changes, warnings } = outcome;
  const rows = gravestFirst(changes).map(changeItem);
  const warned = warnings.map((warning) => `<li class="warning">${html(describe(warning), 400)}</li>`);
  const empty = changes.length + warnings.length === 0;
  const head = `<b>${html(stack)}</b> <span class="quiet">${html(environment)}</span> ${html(describeCounts(counts))}`;
  return empty
    ? `<p class="unchanged">${head}</p>`
    : `<details class="stack"><summary>${head}</summary><ul class="objects">${[...warned, ...rows].join("")}</ul></details>`;
}

function changeItem({
  action,
  address,
  cidrs,
  imported,
  movedFrom,
  attributes,
  replacedBy,
}: ReviewedChange): string {
  const [sign, word] = VERBS[action];
  const notes = [
    ...cidrs,
    ...(imported ? ["imported"] : []),
    ...(movedFrom === undefined ? [] : [`was ${movedFrom}`]),
  ];
  const values = attributes.map(
    ({ path, before, after }) =>
      `<li><code>${html(path, 100)}</code>: ${html(before, 200)} → ${html(after, 200)}${replacedBy.includes(path) ? " <b>forces the replacement</b>" : ""}</li>`,
  );
  return `<li data-action="${action}"><span class="verb"><b>${sign}</b> ${word}</span> <code>${html(address)}</code> <span class="quiet">${html(notes.join(" · "))}</span>${values.length === 0 ? "" : `<ul>${values.join("")}</ul>`}</li>`;
}
