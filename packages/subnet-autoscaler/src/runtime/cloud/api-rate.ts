import { type Clock } from "./clock";

/** How fast one action of an API may be called. */
export interface Rate {
  /** Calls that may be made at once. */
  readonly burst: number;
  readonly perSecond: number;
}

/**
 * Three quarters of what EC2 grants an account in a Region for each action, so that others in the account are not throttled.
 * Source: EC2 developer guide, "Request throttling": 100 tokens and 20 a second for actions that only read, 50 and 5 for others.
 */
export const EC2_RATES = {
  reading: { burst: 75, perSecond: 15 },
  changing: { burst: 37, perSecond: 3.75 },
} as const;

/** AWS does not publish the rates of EKS; these have a margin to what its errors show. */
export const EKS_RATES = {
  reading: { burst: 20, perSecond: 10 },
  changing: { burst: 1, perSecond: 1 },
} as const;

interface Waiting {
  readonly caller: string;
  readonly signal: AbortSignal;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** A bucket of tokens for one action, and who waits for one. */
interface Bucket {
  tokens: number;
  at: number;
  waiting: Waiting[];
  isServing: boolean;
}

interface Client {
  // The SDK's clients have one overload for each command.
  send(...args: never[]): unknown;
}

/**
 * The share of an API's rate that several callers have together. Each action has a bucket of its own, as in EC2. Callers that wait
 * for the same action take turns, so that one with many calls does not keep the others waiting.
 */
export class ApiRate {
  private readonly buckets = new Map<string, Bucket>();

  constructor(
    private readonly rates: { readonly reading: Rate; readonly changing: Rate },
    private readonly clock: Clock,
  ) {}

  /**
   * A client that waits for its turn before each call. It shares the connections of the given one.
   *
   * @param caller who takes turns with others
   * @param signal ends the wait, with an `AbortError`
   */
  limit<C extends Client>(client: C, caller: string, signal: AbortSignal): C {
    const send = client.send.bind(client) as (command: object, ...rest: unknown[]) => unknown;
    return Object.assign(Object.create(client) as C, {
      send: async (command: object, ...rest: unknown[]) => {
        await this.take(command.constructor.name.replace(/Command$/, ""), caller, signal);
        return send(command, ...rest);
      },
    });
  }

  private take(action: string, caller: string, signal: AbortSignal): Promise<void> {
    const rate = this.rateOf(action);
    let bucket = this.buckets.get(action);
    if (bucket === undefined)
      this.buckets.set(
        action,
        (bucket = { tokens: rate.burst, at: this.clock.now(), waiting: [], isServing: false }),
      );
    const { waiting } = bucket;
    const turn = new Promise<void>((resolve, reject) => waiting.push({ caller, signal, resolve, reject }));
    if (!bucket.isServing) void this.serve(bucket, rate);
    return turn;
  }

  private async serve(bucket: Bucket, rate: Rate): Promise<void> {
    bucket.isServing = true;
    let last: string | undefined;
    while (bucket.waiting.length > 0) {
      const now = this.clock.now();
      const refilled = (Math.max(0, now - bucket.at) / 1000) * rate.perSecond;
      bucket.tokens = Math.min(rate.burst, bucket.tokens + refilled);
      bucket.at = now;
      if (bucket.tokens < 1) {
        await this.clock.sleep(Math.ceil(((1 - bucket.tokens) / rate.perSecond) * 1000));
        continue;
      }
      const next = nextInTurn(bucket.waiting, last);
      bucket.waiting = bucket.waiting.filter((one) => one !== next);
      if (next.signal.aborted) {
        next.reject(Object.assign(new Error("the run ended"), { name: "AbortError" }));
        continue;
      }
      bucket.tokens--;
      last = next.caller;
      next.resolve();
    }
    bucket.isServing = false;
  }

  private rateOf(action: string): Rate {
    return /^(Describe|Get|List)/.test(action) ? this.rates.reading : this.rates.changing;
  }
}

/** The first that waits of the caller whose name follows that of the last one served; names are a circle. */
function nextInTurn(waiting: readonly Waiting[], last: string | undefined): Waiting {
  const callers = [...new Set(waiting.map(({ caller }) => caller))].sort();
  const turn = callers.find((caller) => last === undefined || caller > last) ?? callers[0]!;
  return waiting.find(({ caller }) => caller === turn)!;
}
