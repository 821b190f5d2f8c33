import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";
import { json } from "node:stream/consumers";

export interface FakeComment {
  id: number;
  body: string;
  user: { type: string };
}

export interface FakeIssue {
  number: number;
  state: "open" | "closed";
  title: string;
  body: string;
  labels: string[];
  pull_request?: object;
  comments: FakeComment[];
}

export interface FakeRun {
  id: number;
  head_sha: string;
  event: string;
  status: string;
  created_at: string;
  head_repository: { full_name: string } | null;
}

export interface FakePullRequest {
  number: number;
  head: string;
  base: string;
  title: string;
  body: string;
  state: "open" | "closed";
}

export interface FakeCommit {
  parents: readonly string[];
  message: string;
  /** Changed files: text by path. */
  files: Readonly<Record<string, string>>;
}

type Parameters = Readonly<Record<string, string>>;
type Reply = readonly [status: number, body: unknown];

/** The parts of GitHub's REST API that the workflows use, on loopback. Lists have two items per page. */
export class FakeGitHub {
  readonly repository = "example/addresses";
  readonly issues: FakeIssue[] = [];
  readonly runs: FakeRun[] = [];
  /** Pull requests by merge commit. */
  readonly pulls: Record<string, { head: { sha: string }; merged_at: string | null }[]> = {};
  /** Open and closed pull requests from branches of this repository. */
  readonly proposals: FakePullRequest[] = [];
  /** Commits created through the API, by hash. */
  readonly commits: Record<string, FakeCommit> = {};
  /** Commits of the branches, by `refs/heads/<branch>`. */
  readonly refs: Record<string, string> = {};
  /** Method and path of every request. */
  readonly requests: string[] = [];
  /** Response to every request instead, if set. */
  refusal: Reply | undefined;

  private readonly server = createServer((request, response) => void this.respond(request, response));
  private readonly trees: Record<string, Readonly<Record<string, string>>> = {};
  private ids = 100;

  static async start(): Promise<FakeGitHub> {
    const fake = new FakeGitHub();
    await new Promise<void>((resolve) => fake.server.listen(0, "127.0.0.1", resolve));
    return fake;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** The environment variables that the runner sets. */
  get env(): NodeJS.ProcessEnv {
    return {
      GITHUB_API_URL: `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`,
      GITHUB_REPOSITORY: this.repository,
      GITHUB_TOKEN: "token-of-the-run",
    };
  }

  /** Adds an issue or a pull request. */
  issue(issue: Partial<FakeIssue>): FakeIssue {
    const added: FakeIssue = {
      ...{ number: ++this.ids, state: "open", title: "", body: "", labels: [], comments: [] },
      ...issue,
    };
    this.issues.push(added);
    return added;
  }

  comment(on: FakeIssue, comment: Omit<FakeComment, "id">): FakeComment {
    const added = { id: ++this.ids, ...comment };
    on.comments.push(added);
    return added;
  }

  private async respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url!, "http://localhost");
    this.requests.push(`${request.method} ${url.pathname}`);
    const query = Object.fromEntries(url.searchParams);
    const sent = request.method === "GET" ? query : ((await json(request)) as Parameters);
    const [status, body] = this.refusal ?? this.route(request.method!, url.pathname, sent, request);
    const list = Array.isArray(body) ? body : (body as { workflow_runs?: unknown[] }).workflow_runs;
    const page = Number(query["page"] ?? 1);
    if (Array.isArray(list) && list.length > page * 2) {
      url.searchParams.set("page", String(page + 1));
      response.setHeader(
        "link",
        `<${new URL(url.pathname + url.search, this.env["GITHUB_API_URL"])}>; rel="next"`,
      );
    }
    const paged = Array.isArray(list) ? list.slice((page - 1) * 2, page * 2) : body;
    const reply =
      Array.isArray(list) && !Array.isArray(body)
        ? { total_count: list.length, workflow_runs: paged }
        : paged;
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(reply));
  }

  private route(method: string, path: string, sent: Parameters, request: IncomingMessage): Reply {
    if (request.headers.authorization !== "token token-of-the-run")
      return [401, { message: "Bad credentials" }];
    const prefix = `/repos/${this.repository}/`;
    if (!path.startsWith(prefix)) return [404, { message: "Not Found" }];
    const words = path.slice(prefix.length).split("/");
    switch (`${method} ${words.map((word) => (/^\d+$/.test(word) ? ":n" : word)).join("/")}`) {
      case "GET issues":
        return [200, this.issues.filter(({ state, labels }) => matches(sent, state, labels))];
      case "POST issues":
        return [201, this.issue({ ...sent, labels: [...(sent["labels"] ?? [])] })];
      case "PATCH issues/:n":
        return this.change(
          this.issues.find(({ number }) => number === Number(words[1])),
          sent,
        );
      case "GET issues/:n/comments":
        return [200, this.thread(words[1]!).comments];
      case "POST issues/:n/comments":
        return [201, this.comment(this.thread(words[1]!), { body: sent["body"]!, user: { type: "Bot" } })];
      case "PATCH issues/comments/:n":
        return this.change(
          this.issues.flatMap(({ comments }) => comments).find(({ id }) => id === Number(words[2])),
          sent,
        );
      case `GET commits/${words[1]}/pulls`:
        return [200, this.pulls[words[1]!] ?? []];
      case "GET actions/workflows/plan.yml/runs":
        return [
          200,
          {
            workflow_runs: this.runs.filter(
              ({ head_sha, status }) => head_sha === sent["head_sha"] && status === sent["status"],
            ),
          },
        ];
      default:
        return (
          this.gitRoute(method, words.map(decodeURIComponent).join("/"), sent) ?? [
            404,
            { message: "Not Found" },
          ]
        );
    }
  }

  /** Commits, branches and pull requests from them. */
  private gitRoute(method: string, path: string, sent: Parameters): Reply | undefined {
    const sha = String(++this.ids).padStart(40, "0");
    const [, ref] = /^git\/(?:matching-)?refs\/(heads\/.*)$/.exec(path) ?? [];
    switch (`${method} ${ref === undefined ? path.replace(/\d+$/, ":n") : path.replace(ref, ":ref")}`) {
      case "POST git/trees": {
        const entries = sent["tree"] as unknown as readonly { path: string; content: string }[];
        this.trees[sha] = Object.fromEntries(entries.map(({ path: file, content }) => [file, content]));
        return [201, { sha }];
      }
      case "POST git/commits": {
        const { message, parents, tree } = sent as unknown as FakeCommit & { tree: string };
        this.commits[sha] = { message, parents, files: this.trees[tree]! };
        return [201, { sha }];
      }
      case "GET git/matching-refs/:ref":
        return [
          200,
          Object.entries(this.refs)
            .filter(([name]) => name.startsWith(`refs/${ref}`))
            .map(([name, commit]) => ({ ref: name, object: { sha: commit } })),
        ];
      case "POST git/refs":
        this.refs[sent["ref"]!] = sent["sha"]!;
        return [201, {}];
      case "PATCH git/refs/:ref":
        this.refs[`refs/${ref}`] = sent["sha"]!;
        return [200, {}];
      case "GET pulls":
        return [
          200,
          this.proposals.filter(
            ({ head, base, state }) =>
              sent["head"] === `example:${head}` && sent["base"] === base && sent["state"] === state,
          ),
        ];
      case "POST pulls":
        this.proposals.push({ number: ++this.ids, state: "open", ...(sent as object) } as FakePullRequest);
        return [201, this.proposals.at(-1)];
      case "PATCH pulls/:n":
        return this.change(
          this.proposals.find(({ number }) => path === `pulls/${number}`),
          sent,
        );
      default:
        return undefined;
    }
  }

  private thread(number: string): FakeIssue {
    const found = this.issues.find((issue) => issue.number === Number(number));
    if (!found) throw new Error(`no issue ${number}`);
    return found;
  }

  private change(thing: object | undefined, sent: Parameters): Reply {
    return thing ? [200, Object.assign(thing, sent)] : [404, { message: "Not Found" }];
  }
}

const matches = (query: Parameters, state: string, labels: readonly string[]) =>
  (query["state"] === "all" || query["state"] === state) &&
  (query["labels"] ?? "").split(",").every((label) => labels.includes(label));
