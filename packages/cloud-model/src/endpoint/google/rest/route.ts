import { type RequestContext } from "../../../request-context";
import { type JsonObject, type Schemas } from "./json-body";
import { violations } from "./refusal";

/** A request to a method of a Google API. */
export interface RestRequest {
  /** Values of the path's variables. */
  readonly names: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: JsonObject;
}

/** A method of a Google API. */
export interface Route {
  /** Its id in the discovery document: `compute.networks.insert`. */
  readonly id: string;
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** The path, `v1/projects/{project}/locations/{location}/clusters`; a variable is one segment. */
  readonly path: string;
  /** The body's schema, and its name in messages. @default no body */
  readonly body?: { readonly schemas: Schemas; readonly name: string; readonly field: string };
  /** Query parameters besides those of every method. @default none */
  readonly query?: readonly string[];
  /** @throws ServiceError */
  answer(context: RequestContext, request: RestRequest): object;
}

/** A route that a request matches, with the values of its variables. */
export interface Match {
  readonly route: Route;
  readonly names: Readonly<Record<string, string>>;
}

/** Query parameters of every method (Google: "System parameters"). */
const SYSTEM_PARAMETERS: readonly string[] = [
  ...["$.xgafv", "$alt", "access_token", "alt", "callback", "fields", "key", "oauth_token", "prettyPrint"],
  ...["quotaUser", "requestId", "uploadType", "upload_protocol", "userIp"],
];

/** The routes of an endpoint, found by method and path. */
export class RouteTable {
  private readonly routes: readonly { readonly route: Route; readonly pattern: RegExp }[];

  constructor(routes: readonly Route[]) {
    this.routes = routes.map((route) => ({ route, pattern: patternOf(route.path) }));
  }

  /** The route of a request, or undefined. @param path without the leading slash */
  find(method: string, path: string): Match | undefined {
    for (const { route, pattern } of this.routes) {
      const groups = route.method === method ? pattern.exec(path)?.groups : undefined;
      if (!groups) continue;
      const names = Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]);
      return { route, names: Object.fromEntries(names) as Record<string, string> };
    }
    return undefined;
  }
}

const patternOf = (path: string): RegExp =>
  new RegExp(`^${path.replaceAll(/[.:$]/g, "\\$&").replaceAll(/\{(\w+)\}/g, "(?<$1>[^/:]+)")}$`);

/** Checks that a method knows its query parameters. @throws GoogleRefusal INVALID_ARGUMENT */
export function checkQuery({ query: own = [] }: Route, query: URLSearchParams): void {
  const unknown = [...query.keys()].filter((name) => ![...SYSTEM_PARAMETERS, ...own].includes(name));
  if (unknown.length > 0)
    throw violations(
      unknown.map((name) => ({
        field: "",
        description: `Invalid JSON payload received. Unknown name "${name}": Cannot bind query parameter. Field '${name}' could not be found in request message.`,
      })),
    );
}
