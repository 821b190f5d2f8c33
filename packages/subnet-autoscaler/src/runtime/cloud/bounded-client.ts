/** Settings of every AWS client: no call waits for ever, and retries stay within a run. */
export interface BoundedClientConfig {
  readonly region: string | undefined;
  /** Attempts of a call, the first included. */
  readonly maxAttempts: number;
  readonly requestHandler: {
    /** Milliseconds until a connection is established. */
    readonly connectionTimeout: number;
    /** Milliseconds until the response begins. */
    readonly requestTimeout: number;
    readonly throwOnRequestTimeout: true;
    /** Milliseconds without a byte of the response. */
    readonly socketTimeout: number;
  };
}

/** @param region undefined: the SDK takes it from the environment or the profile */
export function boundedClientConfig(region: string | undefined): BoundedClientConfig {
  return {
    region,
    maxAttempts: 4,
    requestHandler: {
      connectionTimeout: 2_000,
      requestTimeout: 8_000,
      throwOnRequestTimeout: true,
      socketTimeout: 8_000,
    },
  };
}

interface Client {
  // The SDK's clients have one overload for each command.
  send(...args: never[]): unknown;
}

/** A client whose calls, and their retries, end when the signal aborts. It shares the connections of the given one. */
export function untilAborted<C extends Client>(client: C, abortSignal: AbortSignal): C {
  const send = client.send.bind(client) as (command: unknown, options: object) => unknown;
  return Object.assign(Object.create(client) as C, {
    send: (command: unknown, options: object = {}) => send(command, { ...options, abortSignal }),
  });
}
