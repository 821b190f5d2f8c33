import { code } from "@cluster-ipam/plan-report";
import { type Drift, type DriftedObject } from "./drift";
import { type RepositoryApi } from "../github/repository-api";
import { firstLine, sameText } from "../github/sticky-comment";

/** Whose drift an issue tells of. */
export interface DriftedStack {
  readonly environment: string;
  readonly stack: string;
}

interface Issue {
  readonly number: number;
  readonly state: "open" | "closed";
  readonly title: string;
  readonly body: string | null;
  readonly pull_request?: unknown;
}

const LABEL = "drift";
/** Objects that an issue lists; GitHub takes bodies of up to 65,536 characters. */
const MOST_LISTED = 100;

/** The hidden first line of a stack's issue, by which it is found. */
export const driftMarker = ({ environment, stack }: DriftedStack) =>
  `<!-- cluster-ipam:drift:${[environment, stack].map((name) => encodeURIComponent(name).replace(/-/g, "%2D")).join("/")} -->`;

/**
 * Keeps the one issue of a stack: opens it (or opens it again) when something has drifted, updates it while that
 * changes, and closes it when all is as the state says.
 *
 * @returns what was done
 * @throws AutomationError if GitHub refuses
 */
export async function keepDriftIssue(
  api: RepositoryApi,
  stack: DriftedStack,
  drift: Drift,
): Promise<"opened" | "updated" | "unchanged" | "closed" | "none"> {
  const issues = await api.list<Issue>("GET /repos/{owner}/{repo}/issues", { labels: LABEL, state: "all" });
  const mine = issues
    .filter(
      ({ body, pull_request }) => pull_request === undefined && firstLine(body ?? "") === driftMarker(stack),
    )
    .sort((a, b) => rank(a) - rank(b) || b.number - a.number)[0];
  const isOpen = mine?.state === "open";
  if (drift.objects.length === 0) {
    if (mine === undefined || !isOpen) return "none";
    await comment(api, mine.number, "Everything is as the state says again.");
    await update(api, mine.number, { state: "closed", state_reason: "completed" });
    return "closed";
  }
  const text = { title: title(stack), body: body(stack, drift) };
  if (mine === undefined) {
    await api.request("POST /repos/{owner}/{repo}/issues", { ...text, labels: [LABEL] });
    return "opened";
  }
  if (isOpen && mine.title === text.title && sameText(mine.body ?? "", text.body)) return "unchanged";
  await update(api, mine.number, { ...text, state: "open" });
  return isOpen ? "updated" : "opened";
}

const rank = ({ state }: Issue) => (state === "open" ? 0 : 1);

const update = (api: RepositoryApi, issue_number: number, change: Readonly<Record<string, unknown>>) =>
  api.request("PATCH /repos/{owner}/{repo}/issues/{issue_number}", { issue_number, ...change });

const comment = (api: RepositoryApi, issue_number: number, text: string) =>
  api.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", { issue_number, body: text });

const title = ({ environment, stack }: DriftedStack) => `Drift in ${environment}: ${stack}`;

function body(stack: DriftedStack, { objects }: Drift): string {
  const rows = objects.slice(0, MOST_LISTED).map(row);
  const more = objects.length - rows.length;
  return [
    driftMarker(stack),
    `In ${code(stack.environment)}, ${code(stack.stack)} is not in the cloud as it was deployed:`,
    "",
    ...rows,
    ...(more > 0 ? [`- and ${more} more`] : []),
    "",
    "Take the change into the configuration, or deploy the environment again to undo it. " +
      "This issue closes by itself when nothing has drifted any more.",
  ].join("\n");
}

const row = ({ address, fate, attributes }: DriftedObject) =>
  fate === "gone"
    ? `- ${code(address)} is gone`
    : `- ${code(address)} has another ${attributes.map((name) => code(name)).join(", ")}`;
