import { type RuleVerdict } from "../../policy/policy";
import { type AcknowledgedChange, ACKNOWLEDGEMENTS_FILE } from "../../read/acknowledgements";
import {
  destructiveChanges,
  mostSevereFirst,
  retiredStacks,
  type Review,
  type ReviewedChange,
  type ReviewedStack,
} from "../../review/review";
import { describeDiagnostic } from "../../terraform/diagnostic";
import { type Action } from "../../terraform/stack-plan";
import { acknowledgedSubject, suggestedEntries } from "../acknowledgement-words";
import { PROTECTION, retiredStackWords } from "../retired-stack-words";
import { describeCounts } from "../change-counts";
import { type Html, html, preformatted, text } from "../html";
import { counted, thousands } from "../number";

const VERBS: Readonly<Record<Action, readonly [sign: string, verb: string]>> = {
  delete: ["−", "destroy"],
  replace: ["±", "replace"],
  forget: ["−", "forget"],
  update: ["~", "update"],
  create: ["+", "create"],
  read: ["", "read"],
  noop: ["", "keep"],
};

/** Destroyed and replaced resources; nothing if there are none. */
export function destructionSection(review: Review): Html | false {
  const changes = destructiveChanges(review);
  if (changes.length === 0) return false;
  const rows = changes.map(({ stack, address, action, replacedBy, cluster, isProtected }) => {
    const because = replacedBy.length > 0 && html`, because <code>${replacedBy.join(", ")}</code> changes`;
    const owner = cluster !== undefined && html` of cluster <b>${cluster}</b>`;
    const protection = isProtected && `; ${PROTECTION}`;
    return html`<li>
      <b>${VERBS[action][1]}</b> <code>${address}</code> in ${stack}${owner}${because}${protection}
    </li>`;
  });
  const noun = changes.length === 1 ? "resource" : "resources";
  return html`<section class="alarm">
    <h2>${review.environment}: ${thousands(changes.length)} ${noun} destroyed or replaced</h2>
    <ul>
      ${rows}
    </ul>
  </section>`;
}

/** Why an environment, or some of its stacks, could not be planned; nothing if everything was planned. */
export function failureSection(environment: string, failures: readonly string[]): Html | false {
  if (failures.length === 0) return false;
  return html`<section class="alarm">
    <h2>${environment}: incomplete plan</h2>
    <pre>${preformatted(failures, 400)}</pre>
  </section>`;
}

/** Policy findings and acknowledgements; nothing if there are none. */
export function policySection({ environment, verdict }: Review): Html | false {
  const { acknowledged, stale } = verdict;
  const violated = verdict.rules.filter(({ findings }) => findings.length > 0);
  if (violated.length + acknowledged.length + stale.length === 0) return false;
  const rules = violated.map(
    ({ name, description, findings }) =>
      html`<h3>${name}</h3>
        <p class="quiet">${text(description, 300)}</p>
        <ul>
          ${findings.map(
            ({ stack, address, message }) =>
              html`<li>
                ${address !== undefined && html`<code>${address}</code> `}${stack !== undefined && html`in ${stack}: `}${text(message, 400)}
              </li>`,
          )}
        </ul>`,
  );
  const entries = [
    ...acknowledged.map(
      (entry) => html`<li>Acknowledged: ${entryText(entry)}: ${text(entry.reason, 300)}</li>`,
    ),
    ...stale.map(
      (entry) =>
        html`<li>
          Stale: ${entryText(entry)}
          ${entry.cause === "in-base" ? "was added by an earlier change" : "matches nothing in this plan"};
          remove it
        </li>`,
    ),
  ];
  return html`<section class="${violated.length > 0 ? "alarm" : "note"}">
    <h2>${environment}: policy</h2>
    ${rules}${acknowledgeHint(violated)}
    <ul>
      ${entries}
    </ul>
  </section>`;
}

function entryText(entry: AcknowledgedChange): Html {
  const { action, subject, stack } = acknowledgedSubject(entry);
  return html`${action} <code>${subject}</code>${stack !== undefined && ` in ${stack}`}`;
}

/** The stacks that the app no longer composes, and what is probably not meant; nothing if there is neither. */
export function noticeSection(review: Review): Html | false {
  const items = [
    ...retiredStacks(review).map(
      (outcome) =>
        html`<li>
          <b>${outcome.stack}</b>${outcome.cluster !== undefined && ` of cluster ${outcome.cluster}`}:
          ${retiredStackWords(outcome)}
        </li>`,
    ),
    ...review.notices.map((notice) => html`<li>${text(notice, 400)}</li>`),
  ];
  if (items.length === 0) return false;
  return html`<section class="note">
    <h2>${review.environment}: notices</h2>
    <ul>
      ${items}
    </ul>
  </section>`;
}

/** The entries that would acknowledge the findings. */
function acknowledgeHint(violated: readonly RuleVerdict[]): Html | false {
  const lines = suggestedEntries(violated.flatMap(({ findings }) => findings));
  if (lines.length === 0) return false;
  return html`<details>
    <summary>If intended, add this to ${ACKNOWLEDGEMENTS_FILE} with a reason</summary>
    <pre>${preformatted(lines, 1000)}</pre>
  </details>`;
}

/** The policy's rules and their descriptions. */
export function ruleSection(reviews: readonly Review[]): Html {
  const rules = new Map(
    reviews.flatMap(({ verdict }) => verdict.rules.map(({ name, description }) => [name, description])),
  );
  const rows = [...rules].map(
    ([name, description]) => html`<li><code>${name}</code> ${text(description, 300)}</li>`,
  );
  return html`<section aria-labelledby="rules-title">
    <h2 id="rules-title">Policy rules</h2>
    <ul class="rules">
      ${rows}
    </ul>
  </section>`;
}

/**
 * The changes of every stack, collapsed. Of created resources it lists so many that the page stays small; every other
 * change is listed.
 */
export function changeSection(reviews: readonly Review[]): Html {
  let room = MAX_CREATED;
  let unlisted = 0;
  const stacks = reviews.flatMap(({ environment, stacks }) =>
    stacks.map((outcome) => {
      if (!outcome.planned) return false;
      const created = outcome.changes.filter(isPlainCreation).length;
      const fits = created <= room;
      if (fits) room -= created;
      else unlisted += created;
      const changes = fits ? outcome.changes : outcome.changes.filter((change) => !isPlainCreation(change));
      return stackDetails(environment, { ...outcome, changes });
    }),
  );
  return html`<section class="later" aria-labelledby="stacks-title">
    <h2 id="stacks-title">Changes by stack</h2>
    ${unlisted > 0 && html`<p class="quiet">Not listed here, but in report.json: ${counted(unlisted, "created resource")}.</p>`}
    ${stacks}
  </section>`;
}

/** Most created resources listed on a page. */
const MAX_CREATED = 300;

const isPlainCreation = ({ action, imported, movedFrom }: ReviewedChange) =>
  action === "create" && !imported && movedFrom === undefined;

function stackDetails(environment: string, outcome: Extract<ReviewedStack, { planned: true }>): Html {
  const { stack, counts, changes, warnings } = outcome;
  const summary = html`<b>${stack}</b> <span class="quiet">${environment}</span> ${describeCounts(counts)}`;
  if (changes.length + warnings.length === 0) return html`<p class="unchanged">${summary}</p>`;
  const rows = [
    ...warnings.map((warning) => html`<li class="warning">${text(describeDiagnostic(warning), 400)}</li>`),
    ...mostSevereFirst(changes).map(changeItem),
  ];
  return html`<details class="stack">
    <summary>${summary}</summary>
    <ul class="objects">
      ${rows}
    </ul>
  </details>`;
}

function changeItem(change: ReviewedChange): Html {
  const { action, address, cidrs, imported, movedFrom, attributes, replacedBy } = change;
  const [sign, verb] = VERBS[action];
  const notes = [
    ...cidrs,
    ...(imported ? ["imported"] : []),
    ...(movedFrom === undefined ? [] : [`was ${movedFrom}`]),
  ];
  const values = attributes.map(
    ({ path, before, after }) =>
      html`<li>
        <code>${text(path, 100)}</code>: ${text(before, 200)} →
        ${text(after, 200)}${replacedBy.includes(path) && html` <b>forces replacement</b>`}
      </li>`,
  );
  return html`<li data-action="${action}">
    <span class="verb"><b>${sign}</b> ${verb}</span> <code>${address}</code>
    ${notes.length > 0 && html`<span class="quiet">${notes.join(" · ")}</span>`}${
      values.length > 0 &&
      html`<ul>
        ${values}
      </ul>`
    }
  </li>`;
}
