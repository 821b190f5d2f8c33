import { AutomationError } from "../automation-error";
import { type RepositoryApi } from "../github/repository-api";

/** The run of the plan workflow that a deployment is held against. */
export interface ReviewedRun {
  readonly runId: number;
  /** Commit that was planned, under which its plans are sealed. */
  readonly commit: string;
}

interface PullRequest {
  readonly head: { readonly sha: string };
  readonly merged_at: string | null;
}

interface Run {
  readonly id: number;
  readonly head_sha: string;
  readonly event: string;
  readonly created_at: string;
  readonly head_repository: { readonly full_name: string } | null;
}

/** File name of the plan workflow. */
const WORKFLOW = "plan.yml";

/**
 * Finds the plan that was reviewed for a commit of the main branch: of the pull request that brought it, or of the
 * commit itself where someone has started the plan workflow on it. The latest successful one counts, never one of a
 * fork.
 *
 * @param commit full hash
 * @throws AutomationError if there is none
 */
export async function reviewedRun(api: RepositoryApi, commit: string): Promise<ReviewedRun> {
  const pullRequests = await api.list<PullRequest>("GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls", {
    commit_sha: commit,
  });
  const merged = pullRequests.filter(({ merged_at }) => merged_at !== null).map(({ head }) => head.sha);
  const runs = await Promise.all(
    [commit, ...merged].map((head_sha) =>
      api.list<Run>("GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs", {
        workflow_id: WORKFLOW,
        head_sha,
        status: "success",
      }),
    ),
  );
  const [latest] = runs
    .flat()
    .filter(({ event }) => event === "pull_request" || event === "workflow_dispatch")
    .filter(({ head_repository }) => head_repository?.full_name === api.repository)
    .sort((a, b) => b.created_at.localeCompare(a.created_at));
  if (latest === undefined) {
    throw new AutomationError(
      `no successful plan of commit ${commit}, nor of a pull request that brought it; start the plan workflow on ` +
        `this commit, review it, and start the deploy workflow`,
    );
  }
  return { runId: latest.id, commit: latest.head_sha };
}
