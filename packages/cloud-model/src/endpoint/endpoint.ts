import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { type Faults } from "../faults";
import { ServiceError } from "../service-error";
import { Store } from "../store/store";
import { callerOf } from "./caller";
import { CallRunner } from "./call-runner";
import { type BusEvent, eventsIn } from "./event-bus";
import { allEc2Operations } from "./ec2-operations";
import { noService, type Reply, type Service, servicesWith } from "./services";

export interface EndpointProps {
  /** What stands in the cloud, shared with whoever has the store. @default empty, in memory */
  readonly store?: Store;
  /** What goes wrong, for tests. @default nothing */
  readonly faults?: Faults;
  /** The clock of the default store, in milliseconds since 1970. @default the machine's */
  readonly now?: () => number;
}

/** AWS services on this machine, for any AWS client. */
export interface Endpoint {
  /** `http://127.0.0.1:<port>`, for every service. */
  readonly url: string;
  /** Environment that makes AWS clients use the endpoint, with credentials that open nothing else. */
  readonly env: Readonly<Record<string, string>>;
  readonly store: Store;
  /** What was put on EventBridge's buses. */
  events(): readonly BusEvent[];
  /** Closes the endpoint and its connections. */
  stop(): Promise<void>;
}

/**
 * Serves EC2, EKS, STS and EventBridge on loopback over the modelled cloud. Region and account come from
 * the signature of each request, which is not verified.
 */
export async function startEndpoint({ store, faults = {}, now }: EndpointProps = {}): Promise<Endpoint> {
  const cloud = store ?? new Store(now ? { now } : {});
  const calls = new CallRunner(cloud, faults);
  const services = servicesWith(allEc2Operations);
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

/** Only the services that are modelled: others, such as S3 for Terraform's state, stay where they are. */
const environment = (url: string): Readonly<Record<string, string>> => ({
  AWS_ENDPOINT_URL_EC2: url,
  AWS_ENDPOINT_URL_EKS: url,
  AWS_ENDPOINT_URL_STS: url,
  AWS_ENDPOINT_URL_EVENTBRIDGE: url,
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
  response.writeHead(reply.status, reply.headers).end(reply.body);
}

/** The answer or the refusal; undefined when the connection is to break without either. */
function replyTo(
  calls: CallRunner,
  services: ReadonlyMap<string, Service>,
  { method = "", url = "", headers }: IncomingMessage,
  body: string,
): Reply | undefined {
  const id = randomUUID();
  let service = isForm(headers["content-type"]) ? services.get("ec2")! : noService;
  try {
    const caller = callerOf(headers.authorization);
    service = services.get(caller.service) ?? service;
    const target = headers["x-amz-target"] as string | undefined;
    return service.answer(calls, { id, caller, method, url: new URL(url, "http://127.0.0.1"), target, body });
  } catch (error) {
    const refusal = error instanceof ServiceError ? error : internal(error as Error);
    return refusal.status === 0 ? undefined : service.refuse(refusal, id);
  }
}

const isForm = (type: string | undefined): boolean =>
  type?.startsWith("application/x-www-form-urlencoded") ?? false;

/** A fault of the sandbox itself. */
const internal = ({ message, stack }: Error): ServiceError =>
  new ServiceError("InternalError", `The sandbox failed: ${(process.env["DEBUG"] && stack) || message}`, 500);
