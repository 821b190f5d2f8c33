import { AutomationError } from "../automation-error";
import { type RepositoryApi } from "../github/repository-api";

/** Changes of the lock and the records that a deployment proposes. */
export interface Proposal {
  /** Environment whose deployment proved the addresses free. */
  readonly environment: string;
  /** The deployed commit, full hash. */
  readonly commit: string;
  /** The branch that is deployed, for example `main`. */
  readonly base: string;
  /** Text of the changed files, by path. */
  readonly files: Readonly<Record<string, string>>;
}

interface PullRequest {
  readonly number: number;
}

/** Only these files may change, whatever the artifact of the deployment contains. */
const ALLOWED = /^(addresses\.lock\.json|apps\/[\w-]+\/stacks\.lock\.json)$/;

/**
 * Proposes the changes as one commit on the branch `addresses/freed-<environment>`, which replaces an earlier proposal,
 * and as a pull request from it.
 *
 * @returns what happened to the pull request; "none" without files
 * @throws AutomationError for any other file, or if a request to GitHub fails
 */
export async function proposeAddresses(
  api: RepositoryApi,
  { environment, commit, base, files }: Proposal,
): Promise<"created" | "updated" | "none"> {
  const paths = Object.keys(files);
  const other = paths.find((path) => !ALLOWED.test(path));
  if (other !== undefined)
    throw new AutomationError(
      `${other}: a proposal may only change addresses.lock.json and apps/*/stacks.lock.json`,
    );
  if (paths.length === 0) return "none";
  const branch = `addresses/freed-${environment}`;
  const title = `chore: free the addresses that left ${environment}`;
  await pushCommit(api, branch, title, commit, files);
  const [owner] = api.repository.split("/");
  const [open] = await api.list<PullRequest>("GET /repos/{owner}/{repo}/pulls", {
    ...{ head: `${owner}:${branch}`, base, state: "open" },
  });
  const body =
    `The states of ${environment} prove after the deployment of ${commit} that nothing uses these addresses any more. ` +
    "The lock names each proof.\n";
  if (open !== undefined) {
    await api.request("PATCH /repos/{owner}/{repo}/pulls/{pull_number}", {
      ...{ pull_number: open.number, title, body },
    });
    return "updated";
  }
  await api.request("POST /repos/{owner}/{repo}/pulls", { head: branch, base, title, body });
  return "created";
}

/** Makes one commit on top of another and points a branch at it. */
async function pushCommit(
  api: RepositoryApi,
  branch: string,
  message: string,
  parent: string,
  files: Readonly<Record<string, string>>,
): Promise<void> {
  const tree = await api.request<{ readonly sha: string }>("POST /repos/{owner}/{repo}/git/trees", {
    base_tree: parent,
    tree: Object.entries(files).map(([path, content]) => ({
      ...{ path, content, mode: "100644", type: "blob" },
    })),
  });
  const { sha } = await api.request<{ readonly sha: string }>("POST /repos/{owner}/{repo}/git/commits", {
    ...{ message, tree: tree.sha, parents: [parent] },
  });
  const refs = await api.list<{ readonly ref: string }>("GET /repos/{owner}/{repo}/git/matching-refs/{ref}", {
    ref: `heads/${branch}`,
  });
  if (refs.some(({ ref }) => ref === `refs/heads/${branch}`))
    await api.request("PATCH /repos/{owner}/{repo}/git/refs/{ref}", {
      ...{ ref: `heads/${branch}`, sha, force: true },
    });
  else await api.request("POST /repos/{owner}/{repo}/git/refs", { ref: `refs/heads/${branch}`, sha });
}
