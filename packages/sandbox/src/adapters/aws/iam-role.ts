import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import { type ServiceError } from "@cluster-ipam/cloud-model";
import { ConfigReader } from "../config-reader";
import { kept } from "../../resource-store/resource-store";
import { type ResourceContext } from "../resource-model";

/**
 * Checks that a service can assume a role of the caller's account; roles of other accounts are taken as
 * they are.
 *
 * @param service whose trust is needed, `eks.amazonaws.com`; empty when it is enough that the role stands
 * @throws what `refusal` makes when the role does not stand or does not trust the service
 */
export function checkRole(
  { transaction, caller }: ResourceContext,
  arn: string,
  service: string,
  refusal: () => ServiceError,
): void {
  const [, owner, path] = /^arn:[^:]*:iam::(\d{12}):role\/(.+)$/.exec(arn) ?? [];
  if (owner !== undefined && owner !== caller.owner) return;
  const name = path?.slice(path.lastIndexOf("/") + 1) ?? arn;
  const role = kept(transaction, "aws_iam_role", { owner: caller.owner, region: "" }, name);
  if (!role || !new ConfigReader(role.state as ObjectValue).text("assume_role_policy").includes(service))
    throw refusal();
}
