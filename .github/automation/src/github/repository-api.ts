import { AutomationError } from "../automation-error";
import { variable } from "./variable";

/** Path parameters, query or body of a request. */
type Parameters = Readonly<Record<string, unknown>>;

/** GitHub's REST API, for one repository. */
export interface RepositoryApi {
  /** `owner/name`. */
  readonly repository: string;
  /**
   * One request, for example `GET /repos/{owner}/{repo}/issues`. Owner and repo are filled in.
   *
   * @throws AutomationError with GitHub's response if it is an error
   */
  request<T>(route: string, parameters?: Parameters): Promise<T>;
  /** Every item of a paginated list. @throws AutomationError as `request` does */
  list<T>(route: string, parameters?: Parameters): Promise<T[]>;
}

/**
 * Connects to the workflow's repository, using `GITHUB_API_URL`, `GITHUB_REPOSITORY` and `GITHUB_TOKEN`.
 *
 * @throws AutomationError if one of them is not set
 */
export async function connect(env: NodeJS.ProcessEnv): Promise<RepositoryApi> {
  const repository = variable(env, "GITHUB_REPOSITORY", "owner/name, set by GitHub's runner");
  const baseUrl = variable(env, "GITHUB_API_URL", "the URL of GitHub's API, set by GitHub's runner");
  const auth = variable(env, "GITHUB_TOKEN", "the workflow's token: pass `github.token` to the step");
  const [owner, repo] = repository.split("/");
  // Octokit is an ES module.
  const [{ Octokit }, { paginateRest }] = await Promise.all([
    import("@octokit/core"),
    import("@octokit/plugin-paginate-rest"),
  ]);
  const octokit = new (Octokit.plugin(paginateRest))({ auth, baseUrl, userAgent: "cluster-ipam" });
  const path = { owner, repo };
  return {
    repository,
    request: async <T>(route: string, parameters: Parameters = {}) =>
      (await withApiErrors(route, () => octokit.request(route, { ...path, ...parameters }))).data as T,
    list: <T>(route: string, parameters: Parameters = {}) =>
      withApiErrors(route, () =>
        octokit.paginate(route, { ...path, per_page: 100, ...parameters }),
      ) as Promise<T[]>,
  };
}

async function withApiErrors<T>(route: string, request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    const { status, message } = error as { status?: number; message: string };
    if (status === undefined) throw error;
    throw new AutomationError(
      `GitHub rejected ${route}: ${status} ${message.split("\n")[0]}; check the job's permissions`,
    );
  }
}
