import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { type Faults } from "../../faults";
import { ServiceError } from "../../service-error";
import { Store } from "../../store/store";
import { CallRunner } from "../calls/call-runner";
import { addresses, addressRoutes } from "./compute/addresses";
import { operationRoutes } from "./compute/compute-operation";
import { firewalls } from "./compute/firewalls";
import { networks } from "./compute/networks";
import { resourceRoutes } from "./compute/resource-routes";
import { routers } from "./compute/routers";
import { subnetworkRoutes, subnetworks } from "./compute/subnetworks";
import { clusterRoutes } from "./container/clusters";
import { containerOperation } from "./container/container-operation";
import { instanceGroupRoutes, nodePoolRoutes } from "./container/node-pools";
import { locationOperationRoutes } from "./documents/any-operation";
import { projectRoutes } from "./iam/projects";
import { serviceAccountRoutes } from "./iam/service-accounts";
import { serviceRoutes } from "./iam/services";
import { internalRangeRoutes, networkConnectivityOperation } from "./networkconnectivity/internal-ranges";
import { readBody } from "./rest/json-body";
import { noMethod, refusalBody, unauthenticated } from "./rest/refusal";
import { checkQuery, type Route, RouteTable } from "./rest/route";

export interface GoogleEndpointProps {
  /** The cloud's documents, shared with other users of the store. @default empty, in memory */
  readonly store?: Store;
  /** Injected faults, for tests. @default none */
  readonly faults?: Faults;
}

/** Modeled Google services on loopback, for any client of their REST APIs. */
export interface GoogleEndpoint {
  /** `http://127.0.0.1:<port>`, shared by all services. */
  readonly url: string;
  /** Environment that points Google's Terraform provider and gcloud at the endpoint, with a dummy token. */
  readonly env: Readonly<Record<string, string>>;
  readonly store: Store;
  /** Closes the endpoint and its connections. */
  stop(): Promise<void>;
}

const routes: readonly Route[] = [
  ...[networks, subnetworks, routers, firewalls, addresses].flatMap(resourceRoutes),
  ...[...subnetworkRoutes, ...addressRoutes, ...operationRoutes, ...instanceGroupRoutes],
  ...[...clusterRoutes, ...nodePoolRoutes, ...internalRangeRoutes],
  ...locationOperationRoutes({
    container: containerOperation,
    networkconnectivity: networkConnectivityOperation,
  }),
  ...[...serviceAccountRoutes, ...projectRoutes, ...serviceRoutes],
];

/** The methods that the endpoint has, by their ids in Google's discovery documents. */
export const googleMethods: readonly string[] = routes.map(({ id }) => id);

const table = new RouteTable(routes);

/**
 * Serves Compute Engine, GKE, Network Connectivity, IAM, Resource Manager and Service Usage on loopback over the modeled
 * cloud. A request needs an access token, of which nothing is verified; its project is that of its path.
 */
export async function startGoogleEndpoint({
  store,
  faults = {},
}: GoogleEndpointProps = {}): Promise<GoogleEndpoint> {
  const cloud = store ?? new Store();
  const calls = new CallRunner(cloud, faults);
  const server = createServer((request, response) => void respond(calls, request, response));
  // Google keeps idle connections for minutes; Node's 5 seconds make clients meet closed ones.
  server.keepAliveTimeout = 240_000;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    env: environment(url),
    store: cloud,
    async stop() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** What hashicorp/google and gcloud read. */
const environment = (url: string): Readonly<Record<string, string>> => ({
  GOOGLE_COMPUTE_CUSTOM_ENDPOINT: `${url}/compute/v1/`,
  GOOGLE_CONTAINER_CUSTOM_ENDPOINT: `${url}/v1/`,
  GOOGLE_NETWORK_CONNECTIVITYV1_CUSTOM_ENDPOINT: `${url}/v1/`,
  GOOGLE_IAM_CUSTOM_ENDPOINT: `${url}/v1/`,
  GOOGLE_IAM_BETA_CUSTOM_ENDPOINT: `${url}/v1/`,
  GOOGLE_CLOUD_RESOURCE_MANAGER_CUSTOM_ENDPOINT: `${url}/v1/`,
  GOOGLE_RESOURCE_MANAGER_CUSTOM_ENDPOINT: `${url}/v1/`,
  GOOGLE_SERVICE_USAGE_CUSTOM_ENDPOINT: `${url}/v1/`,
  GOOGLE_OAUTH_ACCESS_TOKEN: "sandbox",
  CLOUDSDK_API_ENDPOINT_OVERRIDES_COMPUTE: `${url}/compute/v1/`,
  CLOUDSDK_API_ENDPOINT_OVERRIDES_CONTAINER: `${url}/`,
  CLOUDSDK_API_ENDPOINT_OVERRIDES_NETWORKCONNECTIVITY: `${url}/`,
});

async function respond(calls: CallRunner, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const reply = replyTo(calls, request, await text(request));
  if (!reply) return void request.socket.destroy();
  const { status, body } = reply;
  response
    .writeHead(status, { "content-type": "application/json; charset=UTF-8" })
    .end(JSON.stringify(body, undefined, 2));
}

interface Reply {
  readonly status: number;
  readonly body: object;
}

/** The response; undefined to close the connection without one. */
function replyTo(
  calls: CallRunner,
  { method = "", url = "", headers }: IncomingMessage,
  sent: string,
): Reply | undefined {
  try {
    const { pathname, searchParams: query } = new URL(url, "http://127.0.0.1");
    const match = table.find(method, pathname.slice(1));
    if (!match) throw noMethod(method, pathname);
    if (headers.authorization === undefined && !query.has("access_token")) throw unauthenticated();
    const { route, names } = match;
    checkQuery(route, query);
    const body = route.body ? readBody(route.body.schemas, route.body.name, sent, route.body.field) : {};
    const call = { action: route.id, owner: names["project"]!, region: names["region"] ?? "" };
    return {
      status: 200,
      body: calls.run(call, (context) => route.answer(context, { names, query, body })),
    };
  } catch (error) {
    const refusal = error instanceof ServiceError ? error : internal(error as Error);
    return refusal.status === 0 ? undefined : { status: refusal.status, body: refusalBody(refusal) };
  }
}

/** An internal error of the sandbox. */
const internal = ({ message, stack }: Error): ServiceError =>
  new ServiceError("internalError", `The sandbox failed: ${(process.env["DEBUG"] && stack) || message}`, 500);
