import { AutomationError } from "../automation-error";
import { type RepositoryApi } from "./repository-api";

interface Comment {
  readonly id: number;
  readonly body?: string;
  readonly user: { readonly type: string } | null;
}

/**
 * Creates or updates a pull-request comment. The existing comment is the one by a bot that starts with the same hidden
 * marker; comments by people are never changed.
 *
 * @param body Markdown whose first line is the marker
 * @returns what happened to the comment
 * @throws AutomationError if the first line is not a marker, or a request to GitHub fails
 */
export async function stickyComment(
  api: RepositoryApi,
  pullRequest: number,
  body: string,
): Promise<"created" | "updated" | "unchanged"> {
  const marker = firstLine(body);
  if (!/^<!-- \S+ -->$/.test(marker))
    throw new AutomationError(
      `the comment starts with "${marker.slice(0, 80)}" instead of a hidden marker; add one as the first line`,
    );
  const comments = await api.list<Comment>("GET /repos/{owner}/{repo}/issues/{issue_number}/comments", {
    issue_number: pullRequest,
  });
  const existing = comments.find(
    ({ user, body: text = "" }) => user?.type === "Bot" && firstLine(text) === marker,
  );
  if (existing === undefined) {
    await api.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
      issue_number: pullRequest,
      body,
    });
    return "created";
  }
  if (sameText(existing.body ?? "", body)) return "unchanged";
  await api.request("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", {
    comment_id: existing.id,
    body,
  });
  return "updated";
}

/** The line with the hidden marker. */
export const firstLine = (text: string) => text.split(/\r?\n/, 1)[0] ?? "";

/** Whether two texts are equal. GitHub may change line endings and trim whitespace. */
export const sameText = (a: string, b: string) => normalize(a) === normalize(b);
const normalize = (text: string) => text.replace(/\r\n/g, "\n").trim();
