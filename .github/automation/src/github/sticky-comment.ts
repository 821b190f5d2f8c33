import { AutomationError } from "../automation-error";
import { type RepositoryApi } from "./repository-api";

interface Comment {
  readonly id: number;
  readonly body?: string;
  readonly user: { readonly type: string } | null;
}

/**
 * Puts a comment on a pull request, or updates the one that is there: the one by a bot whose first line is the same
 * hidden mark. What people write is never touched.
 *
 * @param body Markdown; its first line is the mark
 * @returns what was done
 * @throws AutomationError if the first line is no mark, or GitHub refuses
 */
export async function stickyComment(
  api: RepositoryApi,
  pullRequest: number,
  body: string,
): Promise<"created" | "updated" | "unchanged"> {
  const mark = firstLine(body);
  if (!/^<!-- \S+ -->$/.test(mark))
    throw new AutomationError(
      `the comment begins with "${mark.slice(0, 80)}", not with a hidden mark; add one`,
    );
  const comments = await api.list<Comment>("GET /repos/{owner}/{repo}/issues/{issue_number}/comments", {
    issue_number: pullRequest,
  });
  const mine = comments.find(({ user, body: text = "" }) => user?.type === "Bot" && firstLine(text) === mark);
  if (mine === undefined) {
    await api.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
      issue_number: pullRequest,
      body,
    });
    return "created";
  }
  if (sameText(mine.body ?? "", body)) return "unchanged";
  await api.request("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", {
    comment_id: mine.id,
    body,
  });
  return "updated";
}

/** The hidden mark by which a text is found again. */
export const firstLine = (text: string) => text.split(/\r?\n/, 1)[0] ?? "";

/** Whether GitHub would show the same: it may change line ends and cut white space. */
export const sameText = (one: string, other: string) => plain(one) === plain(other);
const plain = (text: string) => text.replace(/\r\n/g, "\n").trim();
