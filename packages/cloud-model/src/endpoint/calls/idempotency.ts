import { createHash } from "node:crypto";
import { ServiceError } from "../../service-error";
import { Kind } from "../../store/kind";
import { type RequestContext } from "../../request-context";

/** The response to a request with a client token. */
interface AnsweredRequest {
  /** Digest of the request's parameters. */
  readonly request: string;
  readonly answer: string;
}

const kind = new Kind<AnsweredRequest>("endpoint/idempotency");

/**
 * Runs a request once: a repetition with the same client token and parameters gets the first response.
 *
 * @throws ServiceError `IdempotentParameterMismatch` when the parameters of a repetition differ
 */
export function idempotent(
  { transaction, caller }: RequestContext,
  action: string,
  { ClientToken: token, ...parameters }: { readonly ClientToken?: string },
  run: () => string,
): string {
  if (token === undefined) return run();
  const id = [caller.owner, caller.region, action, token].join("|");
  const request = createHash("sha1").update(JSON.stringify(parameters)).digest("hex");
  const earlier = transaction.get(kind, id);
  if (!earlier) return transaction.put(kind, id, { request, answer: run() }).answer;
  if (earlier.request === request) return earlier.answer;
  throw new ServiceError(
    "IdempotentParameterMismatch",
    `The client token ${token} was used with other parameters in an earlier request.`,
  );
}
