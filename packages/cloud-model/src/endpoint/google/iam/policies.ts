import { type IamPolicy } from "../../../google/requests/compute";
import { type RequestContext } from "../../../request-context";
import { Kind } from "../../../store/kind";

/** The IAM policy of a project or a service account. */
interface ResourcePolicy extends IamPolicy {
  /** Full name of the resource. */
  readonly resource: string;
}

const kind = new Kind<ResourcePolicy>("google/policy");

/** The IAM policy of a resource; an empty one where none was set. @param resource its full name */
export const policyOf = ({ transaction }: RequestContext, resource: string): IamPolicy =>
  transaction.get(kind, resource) ?? { bindings: [] };

/** Replaces the IAM policy of a resource. @param resource its full name */
export const putPolicy = (
  { transaction }: RequestContext,
  resource: string,
  { bindings }: IamPolicy,
): IamPolicy => transaction.put(kind, resource, { resource, bindings });
