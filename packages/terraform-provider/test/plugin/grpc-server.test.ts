import { mkdtempSync, rmSync } from "node:fs";
import { connect, type ClientHttp2Session, type IncomingHttpHeaders } from "node:http2";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type GrpcServer, serveGrpc } from "../../src/plugin/grpc-server";

let folder: string;
let server: GrpcServer;
let client: ClientHttp2Session;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "grpc-"));
  const socket = join(folder, "socket");
  server = await serveGrpc(socket, () => {
    let calls = 0;
    return {
      "/test/Echo": async (request) => request,
      "/test/Count": async () => Buffer.from([++calls]),
      "/test/Fail": () => Promise.reject(new Error("100 % größer")),
    };
  });
  client = connect("http://provider", { createConnection: () => createConnection(socket) });
});
afterEach(async () => {
  client.destroy();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Answer {
  readonly message: Buffer;
  readonly trailers: IncomingHttpHeaders;
}

function call(path: string, frame: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const stream = client.request({ ":method": "POST", ":path": path, "content-type": "application/grpc" });
    const chunks: Buffer[] = [];
    let trailers: IncomingHttpHeaders = {};
    stream.on("response", (headers) => (trailers = headers));
    stream.on("trailers", (own) => (trailers = own));
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    stream.on("end", () => resolve({ message: Buffer.concat(chunks).subarray(5), trailers }));
    stream.on("error", reject);
    stream.end(frame);
  });
}

function frameOf(message: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

test("a message of several megabytes comes back whole", async () => {
  const message = Buffer.alloc(5_000_000, "0123456789");
  const answer = await call("/test/Echo", frameOf(message));
  expect(answer.message.equals(message)).toBe(true);
  expect(answer.trailers["grpc-status"]).toBe("0");
});

test("an empty message is one", async () => {
  expect(await call("/test/Echo", frameOf(Buffer.alloc(0)))).toMatchObject({ message: Buffer.alloc(0) });
});

test("an error is the status INTERNAL with its message, percent-encoded", async () => {
  const { trailers } = await call("/test/Fail", frameOf(Buffer.alloc(0)));
  expect(trailers["grpc-status"]).toBe("13");
  expect(decodeURIComponent(String(trailers["grpc-message"]))).toBe("100 % größer");
});

test("calls that there are not, and compressed messages, are UNIMPLEMENTED", async () => {
  const compressed = frameOf(Buffer.alloc(0));
  compressed[0] = 1;
  for (const { trailers } of [
    await call("/plugin.GRPCBroker/StartStream", frameOf(Buffer.alloc(0))),
    await call("/test/Echo", compressed),
  ])
    expect(trailers["grpc-status"]).toBe("12");
});

test("a call that the client cancels leaves the connection as it is", async () => {
  const stream = client.request({ ":method": "POST", ":path": "/test/Echo" });
  stream.on("error", () => undefined);
  stream.close(8);
  expect((await call("/test/Count", frameOf(Buffer.alloc(0)))).message).toEqual(Buffer.from([1]));
});
