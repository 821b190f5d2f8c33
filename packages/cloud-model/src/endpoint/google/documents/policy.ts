import { type IamBinding, type IamPolicy } from "../../../google/requests/compute";
import { fingerprintOf } from "./representation";
import { isObject } from "../rest/json-body";
import { GoogleRefusal } from "../rest/refusal";

/** A policy as Google returns it: its etag is that of its bindings. */
export const policyView = ({ bindings }: IamPolicy): object => ({
  version: bindings.some(({ condition }) => condition) ? 3 : 1,
  etag: fingerprintOf(bindings),
  ...(bindings.length > 0 ? { bindings } : {}),
});

/**
 * The policy of a request.
 *
 * @param before the current one: an etag in the request must be its
 * @throws GoogleRefusal aborted
 */
export function readPolicy(policy: unknown, before: IamPolicy): IamPolicy {
  const { etag, bindings = [] } = isObject(policy) ? policy : {};
  if (etag !== undefined && etag !== fingerprintOf(before.bindings))
    throw new GoogleRefusal(
      "aborted",
      "There were concurrent policy changes. Please retry the whole read-modify-write with exponential backoff.",
      409,
    );
  return { bindings: (bindings as readonly IamBinding[]).filter(({ members }) => members?.length > 0) };
}
