import { type CallName } from "./descriptor";
import { type UnaryCall } from "./grpc-server";

/** Calls whose answer depends only on the request, the schema and the provider's configuration. */
const REPEATABLE: ReadonlySet<CallName> = new Set([
  "ValidateResourceTypeConfig",
  "ValidateDataSourceConfig",
  "PlanResourceChange",
]);

/** Calls after which a provider may answer otherwise. */
const CHANGES: ReadonlySet<CallName> = new Set(["GetSchema", "Configure"]);

/** Most answers that are kept: with requests of a few kilobytes, some tens of megabytes. */
const CAPACITY = 10_000;

/**
 * Answers of one provider instance by their requests. Terraform validates every configuration twice, before and during a
 * plan, and resources that differ only in what is not known yet are the same to the provider.
 */
export class RememberedAnswers {
  private readonly byRequest = new Map<string, Uint8Array>();

  /** A call that does not compute again what it has answered before. */
  of(name: CallName, call: UnaryCall): UnaryCall {
    if (CHANGES.has(name))
      return (request) => {
        this.byRequest.clear();
        return call(request);
      };
    return REPEATABLE.has(name) ? (request) => this.remembered(name, call, request) : call;
  }

  private async remembered(name: CallName, call: UnaryCall, request: Uint8Array): Promise<Uint8Array> {
    const key = `${name} ${Buffer.from(request.buffer, request.byteOffset, request.length).toString("latin1")}`;
    const known = this.byRequest.get(key);
    if (known !== undefined) return known;
    const answer = await call(request);
    if (this.byRequest.size >= CAPACITY) this.byRequest.clear();
    this.byRequest.set(key, answer);
    return answer;
  }
}
