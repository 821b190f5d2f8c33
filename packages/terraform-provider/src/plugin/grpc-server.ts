import {
  createServer,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from "node:http2";

/** Answers a call: one message in, one message out. What it throws is the call's status `INTERNAL`, with its message. */
export type UnaryCall = (request: Uint8Array) => Promise<Uint8Array>;

/** The calls that one connection may make, by their paths: `/tfplugin5.Provider/GetSchema`. */
export type UnaryCalls = Readonly<Record<string, UnaryCall>>;

/** A gRPC server on a Unix socket. */
export interface GrpcServer {
  /** Closes every connection and removes the socket. */
  close(): Promise<void>;
}

/** Status codes of gRPC. */
const [OK, UNIMPLEMENTED, INTERNAL] = [0, 12, 13];

/** Before every message: whether it is compressed, and its length. */
const PREFIX_BYTES = 5;

/**
 * Serves the part of gRPC that Terraform uses of a provider, unary calls without compression, over Node's HTTP/2. Messages
 * have any size.
 *
 * @param socket path of at most 107 bytes, the limit of Unix sockets
 * @param callsOf called for every connection
 */
export async function serveGrpc(socket: string, callsOf: () => UnaryCalls): Promise<GrpcServer> {
  const sessions = new Set<ServerHttp2Session>();
  const server = createServer();
  server.on("session", (session) => {
    const calls = callsOf();
    sessions.add(session);
    session.on("close", () => sessions.delete(session));
    session.on("error", () => session.destroy());
    session.on("stream", (stream, headers) => answer(stream, headers, calls));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(socket, resolve);
  });
  return {
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const session of sessions) session.destroy();
      }),
  };
}

function answer(
  stream: ServerHttp2Stream,
  { ":path": path = "" }: IncomingHttpHeaders,
  calls: UnaryCalls,
): void {
  // The client may cancel a call or leave at any time: its connection's end is all there is to know.
  stream.on("error", () => undefined);
  const call = calls[path];
  if (call === undefined) return refuse(stream, UNIMPLEMENTED, `${path} is not implemented`);
  const chunks: Buffer[] = [];
  stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  stream.on("end", () => {
    const frame = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
    if (frame[0] !== 0) return refuse(stream, UNIMPLEMENTED, "compressed messages are not implemented");
    call(frame.subarray(PREFIX_BYTES)).then(
      (message) => reply(stream, message),
      (error: Error) => refuse(stream, INTERNAL, error.message),
    );
  });
}

function reply(stream: ServerHttp2Stream, message: Uint8Array): void {
  if (stream.destroyed) return;
  const frame = Buffer.allocUnsafe(PREFIX_BYTES + message.length);
  frame[0] = 0;
  frame.writeUInt32BE(message.length, 1);
  frame.set(message, PREFIX_BYTES);
  stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": OK }));
  stream.respond({ ":status": 200, "content-type": "application/grpc" }, { waitForTrailers: true });
  stream.end(frame);
}

function refuse(stream: ServerHttp2Stream, status: number, message: string): void {
  if (stream.destroyed) return;
  stream.respond(
    {
      ":status": 200,
      "content-type": "application/grpc",
      "grpc-status": status,
      "grpc-message": encodeURIComponent(message),
    },
    { endStream: true },
  );
}
