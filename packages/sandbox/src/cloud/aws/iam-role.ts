import { type ObjectValue } from "../../plugin/value";
import { Asked } from "../asked";
import { kept } from "../kept-resource";
import { type Scene } from "../resource-model";
import { type ServiceError } from "../service-error";

/**
 * Checks that a service can assume a role of the caller's account; roles of other accounts are taken as
 * they are.
 *
 * @param service whose trust is needed, `eks.amazonaws.com`; empty when it is enough that the role stands
 * @throws what `refusal` makes when the role does not stand or does not trust the service
 */
export function checkRole(
  { transaction, place }: Scene,
  arn: string,
  service: string,
  refusal: () => ServiceError,
): void {
  const [, owner, path] = /^arn:[^:]*:iam::(\d{12}):role\/(.+)$/.exec(arn) ?? [];
  if (owner !== undefined && owner !== place.owner) return;
  const name = path?.slice(path.lastIndexOf("/") + 1) ?? arn;
  const role = kept(transaction, "aws_iam_role", { owner: place.owner, region: "" }, name);
  if (!role || !new Asked(role.state as ObjectValue).text("assume_role_policy").includes(service))
    throw refusal();
}
