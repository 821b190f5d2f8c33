import { createServer, type Socket } from "node:net";
import {
  type handleUnaryCall,
  Server,
  ServerCredentials,
  type ServiceDefinition,
  status,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import { type CallName, calls, messageType } from "./descriptor";
import { type Message, type Service, serviceOf } from "./service";
import { type TerraformProvider } from "./terraform-provider";

/** A provider listening on a Unix socket. */
export interface PluginServer {
  readonly socket: string;
  /** Closes every connection and removes the socket. */
  close(): Promise<void>;
}

const definition: ServiceDefinition = Object.fromEntries(
  Object.entries(calls).map(([name, [request, response]]) => {
    const [requestType, responseType] = [messageType(request), messageType(response)];
    return [
      name,
      {
        path: `/tfplugin5.Provider/${name}`,
        requestStream: false,
        responseStream: false,
        requestSerialize: (value: object) => Buffer.from(requestType.encode(value).finish()),
        requestDeserialize: (bytes: Buffer) =>
          requestType.toObject(requestType.decode(bytes), { longs: Number }),
        responseSerialize: (value: object) => Buffer.from(responseType.encode(value).finish()),
        responseDeserialize: (bytes: Buffer) => responseType.decode(bytes),
      },
    ];
  }),
);

/**
 * Serves a provider on a Unix socket. Terraform opens one connection per provider configuration (alias),
 * where it would otherwise start a process, so each connection gets its own instance.
 *
 * @param socket path of at most 107 bytes, the limit of Unix sockets
 */
export async function servePlugin(
  socket: string,
  newInstance: () => TerraformProvider,
): Promise<PluginServer> {
  const connections = new Map<Socket, Server>();
  const listener = createServer((connection) => {
    // Terraform accepts messages of up to 64 MB, and states can be that large.
    const server = new Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
    server.addService(definition, handlersOf(serviceOf(newInstance())));
    const injector = server.createConnectionInjector(ServerCredentials.createInsecure());
    connections.set(connection, server);
    connection.on("close", () => {
      connections.delete(connection);
      injector.destroy();
      server.forceShutdown();
    });
    connection.on("error", () => connection.destroy());
    injector.injectConnection(connection);
  });
  await new Promise<void>((resolve, reject) => {
    listener.once("error", reject);
    listener.listen(socket, resolve);
  });
  return {
    socket,
    close: () =>
      new Promise<void>((resolve) => {
        listener.close(() => resolve());
        for (const connection of connections.keys()) connection.destroy();
      }),
  };
}

const handlersOf = (service: Service): UntypedServiceImplementation =>
  Object.fromEntries((Object.keys(calls) as CallName[]).map((name) => [name, handlerOf(name, service)]));

const handlerOf =
  (name: CallName, service: Service): handleUnaryCall<Message, object> =>
  (call, reply) => {
    service[name](call.request).then(
      (response) => reply(null, response),
      (error: Error) => reply({ code: status.INTERNAL, details: faultText(name, error) }),
    );
  };

const faultText = (name: CallName, error: Error): string =>
  `the sandbox failed in ${name}: ${process.env["DEBUG"] ? (error.stack ?? error.message) : error.message}`;
