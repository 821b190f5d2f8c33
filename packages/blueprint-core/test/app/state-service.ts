import { createServer, type IncomingMessage, type Server } from "node:http";
import { type AddressInfo } from "node:net";

/** What was asked of the service: `PUT /states/stack.tfstate`, with the headers. */
export interface StateRequest {
  readonly call: string;
  readonly headers: IncomingMessage["headers"];
}

/**
 * A service for states on this machine: of Terraform's backend `http`, and of as much of S3 as the backend `s3` calls.
 * S3's conditional writes, which are its lock, are refused as S3 refuses them.
 */
export class StateService {
  readonly objects = new Map<string, string>();
  readonly requests: StateRequest[] = [];

  private constructor(
    readonly url: string,
    private readonly server: Server,
  ) {}

  static async start(): Promise<StateService> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const [status, body] = service.answer(request, Buffer.concat(chunks).toString());
        // Terraform downloads by the length, also of a HEAD.
        response.writeHead(status, { "content-length": Buffer.byteLength(body) }).end(body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const service = new StateService(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, server);
    return service;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer({ method = "", url = "", headers }: IncomingMessage, body: string): [number, string] {
    const [path = "", query = ""] = url.split("?");
    this.requests.push({ call: `${method} ${path}`, headers });
    if (query.includes("list-type=2") || query.includes("prefix="))
      return [
        200,
        '<?xml version="1.0"?><ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>',
      ];
    switch (method) {
      case "GET":
      case "HEAD":
        return this.objects.has(path) ? [200, this.objects.get(path)!] : [404, noSuchKey];
      case "PUT":
      case "POST":
        if (headers["if-none-match"] === "*" && this.objects.has(path)) return [412, ""];
        this.objects.set(path, unchunked(body, headers));
        return [200, ""];
      case "DELETE":
        this.objects.delete(path);
        return [204, ""];
      // Of the backend `http`.
      case "LOCK":
      case "UNLOCK":
        return [200, ""];
      default:
        return [405, ""];
    }
  }
}

const noSuchKey = "<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>";

/** The content of a body that S3's clients sign chunk by chunk. */
function unchunked(body: string, headers: IncomingMessage["headers"]): string {
  if (!String(headers["content-encoding"]).includes("aws-chunked")) return body;
  const [, length = "0"] = /^([0-9a-f]+)/.exec(body) ?? [];
  const start = body.indexOf("\r\n") + 2;
  return Buffer.from(body)
    .subarray(start, start + Number.parseInt(length, 16))
    .toString();
}
