import { AutomationError } from "../automation-error";
import { type RepositoryApi } from "../github/repository-api";

/** The run of the plan workflow that a deployment is compared with. */
export interface ReviewedRun {
  readonly runId: number;
  /** The planned commit, for which the plans are sealed. */
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
 * Finds the reviewed plan of a commit on the main branch: the latest successful run of the plan workflow for its pull
 * request, or for the commit itself if someone started it by hand. Runs of forks never count.
 *
 * @param commit full commit hash
 * @throws AutomationError if there is no such run
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
      `no successful plan for commit ${commit} or its pull request; run the plan workflow on this commit, review ` +
        `the plan, and run the deploy workflow`,
    );
  }
  return { runId: latest.id, commit: latest.head_sha };
}
