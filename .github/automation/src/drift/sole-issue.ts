import { type RepositoryApi } from "../github/repository-api";
import { firstLine, sameText } from "../github/sticky-comment";

interface Issue {
  readonly number: number;
  readonly state: "open" | "closed";
  readonly title: string;
  readonly body: string | null;
  readonly pull_request?: unknown;
}

/** What an issue says. There is one per marker. */
export interface SoleIssue {
  /** The hidden first line of its body, which identifies it. */
  readonly marker: string;
  /** Label by which it is found. */
  readonly label: string;
  readonly title: string;
  /** The rest of its body. Undefined closes it. */
  readonly body: string | undefined;
  /** The comment with which it is closed. */
  readonly closing: string;
}

/**
 * Reconciles the only issue of a marker: opens or reopens it, updates it when its text changes, and closes it.
 *
 * @returns what happened to the issue
 * @throws AutomationError if a request to GitHub fails
 */
export async function reconcileIssue(
  api: RepositoryApi,
  { marker, label, title, body, closing }: SoleIssue,
): Promise<"opened" | "updated" | "unchanged" | "closed" | "none"> {
  const issues = await api.list<Issue>("GET /repos/{owner}/{repo}/issues", { labels: label, state: "all" });
  const issue = issues
    .filter(({ body: text, pull_request }) => pull_request === undefined && firstLine(text ?? "") === marker)
    .sort((a, b) => rank(a) - rank(b) || b.number - a.number)[0];
  const isOpen = issue?.state === "open";
  if (body === undefined) {
    if (issue === undefined || !isOpen) return "none";
    await comment(api, issue.number, closing);
    await update(api, issue.number, { state: "closed", state_reason: "completed" });
    return "closed";
  }
  const text = { title, body: `${marker}\n${body}` };
  if (issue === undefined) {
    await api.request("POST /repos/{owner}/{repo}/issues", { ...text, labels: [label] });
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
