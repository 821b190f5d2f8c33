import { describeAddon, listAddons } from "../../aws/eks/operations/addon";
import { describeCluster, listClusters } from "../../aws/eks/operations/cluster";
import { describeNodegroup, listNodegroups } from "../../aws/eks/operations/node-group";
import { ServiceError } from "../../service-error";
import { type RequestContext } from "../../request-context";
import { type CallRunner, unsupported } from "../calls/call-runner";
import { type ServiceRequest } from "../calls/service-request";

interface Route {
  readonly action: string;
  readonly path: RegExp;
  /** @param names in the path @param page undefined members where the query has none */
  answer(context: RequestContext, names: readonly string[], page: Page): object;
  /** Whether the response is a paginated list. */
  readonly isList?: boolean;
}

interface Page {
  readonly maxResults: number | undefined;
  readonly nextToken: string | undefined;
}

const routes: readonly Route[] = [
  {
    action: "ListClusters",
    path: /^\/clusters$/,
    isList: true,
    answer: (context, _names, page) => listClusters(context, page),
  },
  {
    action: "DescribeCluster",
    path: /^\/clusters\/([^/]+)$/,
    answer: (context, [name]) => describeCluster(context, { name }),
  },
  {
    action: "ListAddons",
    path: /^\/clusters\/([^/]+)\/addons$/,
    isList: true,
    answer: (context, [clusterName], page) => listAddons(context, { clusterName, ...page }),
  },
  {
    action: "DescribeAddon",
    path: /^\/clusters\/([^/]+)\/addons\/([^/]+)$/,
    answer: (context, [clusterName, addonName]) => describeAddon(context, { clusterName, addonName }),
  },
  {
    action: "ListNodegroups",
    path: /^\/clusters\/([^/]+)\/node-groups$/,
    isList: true,
    answer: (context, [clusterName], page) => listNodegroups(context, { clusterName, ...page }),
  },
  {
    action: "DescribeNodegroup",
    path: /^\/clusters\/([^/]+)\/node-groups\/([^/]+)$/,
    answer: (context, [clusterName, nodegroupName]) =>
      describeNodegroup(context, { clusterName, nodegroupName }),
  },
];

/** Answers a read of EKS. @throws ServiceError with EKS's codes; `UnsupportedOperation` for all else */
export function answerEks(calls: CallRunner, { credentials, method, url }: ServiceRequest): object {
  const route = method === "GET" ? routes.find(({ path }) => path.test(url.pathname)) : undefined;
  if (!route) throw unsupported(`EKS's ${method} ${url.pathname}; its endpoint only reads`);
  const known = route.isList ? ["maxResults", "nextToken"] : [];
  const unknown = [...url.searchParams.keys()].find((name) => !known.includes(name));
  if (unknown !== undefined) throw unsupported(`the parameter ${unknown} of EKS's ${route.action}`);
  const names = route.path.exec(url.pathname)!.slice(1).map(decodeURIComponent);
  const call = { action: route.action, owner: credentials.account, region: credentials.region };
  return calls.run(call, (context) => {
    const answer = route.answer(context, names, pageIn(url.searchParams));
    // The last page has a token too, null.
    return route.isList ? { nextToken: null, ...defined(answer) } : answer;
  });
}

const pageIn = (query: URLSearchParams): Page => ({
  maxResults: query.has("maxResults") ? pageSize(query.get("maxResults")!) : undefined,
  nextToken: query.get("nextToken") ?? undefined,
});

/** @throws ServiceError `InvalidParameterException` outside 1 to 100 */
function pageSize(text: string): number {
  const size = /^\d+$/.test(text) ? Number(text) : NaN;
  if (size >= 1 && size <= 100) return size;
  throw new ServiceError(
    "InvalidParameterException",
    `maxResults ${text} is not valid. It must be an integer from 1 to 100.`,
  );
}

const defined = (members: object): object =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
