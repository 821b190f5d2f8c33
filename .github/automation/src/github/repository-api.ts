import { AutomationError } from "../automation-error";
import { variable } from "./variable";

/** Parameters or body of a request. */
type Parameters = Readonly<Record<string, unknown>>;

/** GitHub's REST API, for one repository. */
export interface RepositoryApi {
  /** `owner/name`. */
  readonly repository: string;
  /**
   * One request, for example `GET /repos/{owner}/{repo}/issues`. Owner and name are filled in.
   *
   * @throws AutomationError with GitHub's answer, if it refuses
   */
  request<T>(route: string, parameters?: Parameters): Promise<T>;
  /** Every item of a list, over all its pages. @throws AutomationError as `request` does */
  list<T>(route: string, parameters?: Parameters): Promise<T[]>;
}

/**
 * Connects to the repository of the workflow, with `GITHUB_API_URL`, `GITHUB_REPOSITORY` and `GITHUB_TOKEN`.
 *
 * @throws AutomationError if one of them is not set
 */
export async function connect(env: NodeJS.ProcessEnv): Promise<RepositoryApi> {
  const repository = variable(env, "GITHUB_REPOSITORY", "owner/name, set by GitHub's runner");
  const baseUrl = variable(env, "GITHUB_API_URL", "the address of GitHub's API, set by GitHub's runner");
  const auth = variable(env, "GITHUB_TOKEN", "the workflow's token: pass `github.token` to the step");
  const [owner, repo] = repository.split("/");
  // Octokit is an ES module.
  const [{ Octokit }, { paginateRest }] = await Promise.all([
    import("@octokit/core"),
    import("@octokit/plugin-paginate-rest"),
  ]);
  const octokit = new (Octokit.plugin(paginateRest))({ auth, baseUrl, userAgent: "cluster-ipam" });
  const place = { owner, repo };
  return {
    repository,
    request: async <T>(route: string, parameters: Parameters = {}) =>
      (await said(route, () => octokit.request(route, { ...place, ...parameters }))).data as T,
    list: <T>(route: string, parameters: Parameters = {}) =>
      said(route, () => octokit.paginate(route, { ...place, per_page: 100, ...parameters })) as Promise<T[]>,
  };
}

async function said<T>(route: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const { status, message } = error as { status?: number; message: string };
    if (status === undefined) throw error;
    throw new AutomationError(
      `GitHub refuses ${route}: ${status} ${message.split("\n")[0]}; check the job's permissions`,
    );
  }
}
