import { type Type } from "protobufjs/light";
import { type CallName, calls, messageType } from "./descriptor";
import { type GrpcServer, serveGrpc, type UnaryCall, type UnaryCalls } from "./grpc-server";
import { RememberedAnswers } from "./remembered-answers";
import { type Message, type Service, serviceOf } from "./service";
import { type TerraformProvider } from "./terraform-provider";

/**
 * Serves a provider on a Unix socket. Terraform opens one connection per provider configuration (alias),
 * where it would otherwise start a process, so each connection gets its own instance.
 *
 * @param socket path of at most 107 bytes, the limit of Unix sockets
 */
export function servePlugin(socket: string, newInstance: () => TerraformProvider): Promise<GrpcServer> {
  return serveGrpc(socket, () => callsOf(newInstance()));
}

/** The calls of a provider by their paths. */
export function callsOf(provider: TerraformProvider): UnaryCalls {
  const service = serviceOf(provider);
  const answers = new RememberedAnswers();
  const names = Object.keys(calls) as CallName[];
  return Object.fromEntries(
    names.map((name) => [`/tfplugin5.Provider/${name}`, answers.of(name, callOf(name, service))]),
  );
}

function callOf(name: CallName, service: Service): UnaryCall {
  const [requestType, responseType] = calls[name].map(messageType) as [Type, Type];
  return async (bytes) => {
    try {
      const request = requestType.decode(bytes) as unknown as Message;
      return responseType.encode(await service[name](request)).finish();
    } catch (error) {
      throw new Error(faultText(name, error as Error), { cause: error });
    }
  };
}

const faultText = (name: CallName, error: Error): string =>
  `the sandbox failed in ${name}: ${process.env["DEBUG"] ? (error.stack ?? error.message) : error.message}`;
