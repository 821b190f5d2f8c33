import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { type Faults } from "../faults";
import { ServiceError } from "../service-error";
import { Store } from "../store/store";
import { ec2Operations } from "../aws/ec2/operations/ec2-operations";
import { authorizationOf, credentialScopeOf } from "./calls/credential-scope";
import { CallRunner } from "./calls/call-runner";
import { type BusEvent, eventsIn } from "./services/event-bus";
import { noService, servicesWith } from "./services/services";
import { type Reply, type Service } from "./calls/service-request";

export interface EndpointProps {
  /** The cloud's documents, shared with other users of the store. @default empty, in memory */
  readonly store?: Store;
  /** Injected faults, for tests. @default none */
  readonly faults?: Faults;
  /** Clock of the default store, in milliseconds since 1970. @default the machine's */
  readonly now?: () => number;
}

/** Modeled AWS services on loopback, for any AWS client. */
export interface Endpoint {
  /** `http://127.0.0.1:<port>`, shared by all services. */
  readonly url: string;
  /** Environment that points AWS clients at the endpoint, with dummy credentials. */
  readonly env: Readonly<Record<string, string>>;
  readonly store: Store;
  /** The events on EventBridge's buses. */
  events(): readonly BusEvent[];
  /** Closes the endpoint and its connections. */
  stop(): Promise<void>;
}

/**
 * Serves EC2, EKS, STS, EventBridge and CloudWatch on loopback over the modeled cloud. Region and account come
 * from the signature of each request, which is not verified.
 */
export async function startEndpoint({ store, faults = {}, now }: EndpointProps = {}): Promise<Endpoint> {
  const cloud = store ?? new Store(now ? { now } : {});
  const calls = new CallRunner(cloud, faults);
  const services = servicesWith(ec2Operations);
  const server = createServer((request, response) => void respond(calls, services, request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    env: environment(url),
    store: cloud,
    events: () => cloud.view(eventsIn),
    stop: () => close(server),
  };
}

async function close(server: Server): Promise<void> {
  const closed = once(server, "close");
  server.close();
  server.closeAllConnections();
  await closed;
}

/** Only the modeled services: others, such as S3 for Terraform's state, keep their real endpoints. */
const environment = (url: string): Readonly<Record<string, string>> => ({
  AWS_ENDPOINT_URL_EC2: url,
  AWS_ENDPOINT_URL_EKS: url,
  AWS_ENDPOINT_URL_STS: url,
  AWS_ENDPOINT_URL_EVENTBRIDGE: url,
  AWS_ENDPOINT_URL_CLOUDWATCH: url,
  AWS_ACCESS_KEY_ID: "sandbox",
  AWS_SECRET_ACCESS_KEY: "sandbox",
  AWS_SESSION_TOKEN: "",
  AWS_EC2_METADATA_DISABLED: "true",
});

async function respond(
  calls: CallRunner,
  services: ReadonlyMap<string, Service>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const reply = replyTo(calls, services, request, await text(request));
  if (!reply) return void request.socket.destroy();
  // With its length, a response leaves in one piece instead of in chunks.
  const headers = { ...reply.headers, "content-length": Buffer.byteLength(reply.body) };
  response.writeHead(reply.status, headers).end(reply.body);
}

/** The response; undefined to close the connection without one. */
function replyTo(
  calls: CallRunner,
  services: ReadonlyMap<string, Service>,
  { method = "", url: target = "", headers }: IncomingMessage,
  body: string,
): Reply | undefined {
  const id = randomUUID();
  const url = new URL(target, "http://127.0.0.1");
  const isQuery = isForm(headers["content-type"]) || url.searchParams.has("Action");
  let service = isQuery ? services.get("ec2")! : noService;
  try {
    const credentials = credentialScopeOf(authorizationOf(headers.authorization, url));
    service = services.get(credentials.service) ?? service;
    const action = headers["x-amz-target"] as string | undefined;
    return service.answer(calls, { id, credentials, method, url, target: action, body });
  } catch (error) {
    const refusal = error instanceof ServiceError ? error : internal(error as Error);
    return refusal.status === 0 ? undefined : service.refuse(refusal, id);
  }
}

const isForm = (type: string | undefined): boolean =>
  type?.startsWith("application/x-www-form-urlencoded") ?? false;

/** An internal error of the sandbox. */
const internal = ({ message, stack }: Error): ServiceError =>
  new ServiceError("InternalError", `The sandbox failed: ${(process.env["DEBUG"] && stack) || message}`, 500);
