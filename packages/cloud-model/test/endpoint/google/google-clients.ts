import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface, type Interface } from "node:readline";
import { type GoogleEndpoint, startGoogleEndpoint } from "../../../src/endpoint/google/google-endpoint";

/** A message of a client library, or a JSON object. */
export interface Message {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the libraries' own types are 32 MB of declarations
  readonly [member: string]: any;
}

/** A limit against hanging for what starts the libraries, in milliseconds. */
export const LOADING = 300_000;

/** Google's client libraries, in a process of their own. */
export class GoogleLibraries {
  private readonly lines: Interface;

  private constructor(private readonly child: ChildProcess) {
    this.lines = createInterface({ input: child.stdout! });
  }

  /** Starts the process, which is ready when it has loaded the libraries: seconds, or many on a busy machine. */
  static async start(): Promise<GoogleLibraries> {
    const program = join(__dirname, "library-process.cjs");
    const stdio = ["pipe", "pipe", "inherit"] as const;
    const libraries = new GoogleLibraries(
      spawn(process.execPath, ["--no-warnings", program], { stdio: [...stdio] }),
    );
    await once(libraries.lines, "line");
    return libraries;
  }

  /**
   * Calls a method of a client and waits for its result.
   *
   * @param method with `Async` at the end, everything that it lists
   */
  async call(url: string, library: string, name: string, method: string, request: object): Promise<Message> {
    const answered = once(this.lines, "line") as Promise<[string]>;
    this.child.stdin!.write(`${JSON.stringify({ url, library, name, method, request })}\n`);
    const { value, refused } = JSON.parse((await answered)[0]) as Message;
    if (refused) throw Object.assign(new Error(refused.message as string), { code: refused.code as unknown });
    return value as Message;
  }

  async stop(): Promise<void> {
    const exited = once(this.child, "exit");
    this.child.stdin!.end();
    await exited;
  }
}

/** A client of Google's libraries. */
export interface Client {
  readonly [method: string]: (request: object) => Promise<Message>;
}

/** An endpoint, and clients of it. */
export class GoogleClients {
  private constructor(
    readonly endpoint: GoogleEndpoint,
    private readonly libraries: GoogleLibraries | undefined,
  ) {}

  static start = async (libraries?: GoogleLibraries): Promise<GoogleClients> =>
    new GoogleClients(await startGoogleEndpoint(), libraries);

  /** A client of `@google-cloud/compute` or `@google-cloud/container`. */
  client = (library: "compute" | "container", name: string): Client =>
    new Proxy(
      {},
      {
        // A client is no promise, even where an async function returns it.
        get: (_target, method) =>
          method === "then"
            ? undefined
            : (request: object) =>
                this.libraries!.call(this.endpoint.url, library, name, String(method), request),
      },
    );

  /** A request without a library. @returns the status and the body */
  async send(
    method: string,
    path: string,
    body?: object,
  ): Promise<{ readonly status: number; readonly body: Message }> {
    const response = await fetch(`${this.endpoint.url}/${path}`, {
      method,
      headers: { authorization: "Bearer sandbox" },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return { status: response.status, body: (await response.json()) as Message };
  }

  /** What an error says: code, status, reason and message. */
  async refusal(method: string, path: string, body?: object): Promise<readonly unknown[]> {
    const { error } = (await this.send(method, path, body)).body;
    return [error.code, error.status, error.errors[0].reason, error.message];
  }

  stop = (): Promise<void> => this.endpoint.stop();
}

/** The message of an error. */
export const messageOf = async (call: Promise<unknown>): Promise<string> => {
  const refused = await call.then(
    () => new Error("not refused"),
    (error: Error) => error,
  );
  return refused.message;
};
