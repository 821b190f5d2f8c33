import { markdownCode } from "@cluster-ipam/plan-report";
import { type Drift, type DriftedResource } from "./drift";
import { type RepositoryApi } from "../github/repository-api";
import { firstLine, sameText } from "../github/sticky-comment";

/** The stack that an issue is about. */
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
/** Most resources that an issue lists. GitHub limits a body to 65,536 characters. */
const MAX_LISTED = 100;

/** The hidden first line of a stack's issue, which identifies it. */
export const driftMarker = ({ environment, stack }: DriftedStack) =>
  `<!-- cluster-ipam:drift:${[environment, stack].map((name) => encodeURIComponent(name).replace(/-/g, "%2D")).join("/")} -->`;

/**
 * Reconciles a stack's single drift issue: opens or reopens it when there is drift, updates it when the drift changes,
 * and closes it when the drift is gone.
 *
 * @returns what happened to the issue
 * @throws AutomationError if a request to GitHub fails
 */
export async function reconcileDriftIssue(
  api: RepositoryApi,
  stack: DriftedStack,
  drift: Drift,
): Promise<"opened" | "updated" | "unchanged" | "closed" | "none"> {
  const issues = await api.list<Issue>("GET /repos/{owner}/{repo}/issues", { labels: LABEL, state: "all" });
  const issue = issues
    .filter(
      ({ body, pull_request }) => pull_request === undefined && firstLine(body ?? "") === driftMarker(stack),
    )
    .sort((a, b) => rank(a) - rank(b) || b.number - a.number)[0];
  const isOpen = issue?.state === "open";
  if (drift.resources.length === 0) {
    if (issue === undefined || !isOpen) return "none";
    await comment(api, issue.number, "The cloud matches the state again.");
    await update(api, issue.number, { state: "closed", state_reason: "completed" });
    return "closed";
  }
  const text = { title: title(stack), body: body(stack, drift) };
  if (issue === undefined) {
    await api.request("POST /repos/{owner}/{repo}/issues", { ...text, labels: [LABEL] });
    return "opened";
  }
  if (isOpen && issue.title === text.title && sameText(issue.body ?? "", text.body)) return "unchanged";
  await update(api, issue.number, { ...text, state: "open" });
  return isOpen ? "updated" : "opened";
}

const rank = ({ state }: Issue) => (state === "open" ? 0 : 1);

const update = (api: RepositoryApi, issue_number: number, change: Readonly<Record<string, unknown>>) =>
  api.request("PATCH /repos/{owner}/{repo}/issues/{issue_number}", { issue_number, ...change });

const comment = (api: RepositoryApi, issue_number: number, text: string) =>
  api.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", { issue_number, body: text });

const title = ({ environment, stack }: DriftedStack) => `Drift in ${environment}: ${stack}`;

function body(stack: DriftedStack, { resources }: Drift): string {
  const rows = resources.slice(0, MAX_LISTED).map(row);
  const more = resources.length - rows.length;
  return [
    driftMarker(stack),
    `In ${markdownCode(stack.environment)}, ${markdownCode(stack.stack)} differs from what was deployed:`,
    "",
    ...rows,
    ...(more > 0 ? [`- and ${more} more`] : []),
    "",
    "Add the change to the configuration, or deploy the environment again to undo it. " +
      "This issue closes automatically when the drift is gone.",
  ].join("\n");
}

const row = ({ address, kind, attributes }: DriftedResource) =>
  kind === "deleted"
    ? `- ${markdownCode(address)} was deleted`
    : `- ${markdownCode(address)} has a different ${attributes.map((name) => markdownCode(name)).join(", ")}`;
