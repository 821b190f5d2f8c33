import { type RequestContext } from "../../../request-context";
import { type Firewall, firewallOf, putFirewall, removeFirewall } from "../../documents/firewall";
import { firewallPath } from "../../documents/resource-path";
import { type FirewallRequest } from "../../requests/compute";
import { alreadyExists, missing } from "../../rules/refusals";
import { networkNamed } from "./networks";

/** Creates a firewall rule. @throws ServiceError alreadyExists, notFound */
export function insertFirewall(context: RequestContext, { name, network }: FirewallRequest): Firewall {
  const id = firewallPath.format({ project: context.caller.owner, name });
  if (firewallOf(context.transaction, id)) throw alreadyExists(id);
  return putFirewall(context.transaction, { id, network: networkNamed(context, network).id });
}

/** Changes a firewall rule. @throws ServiceError notFound */
export function patchFirewall(
  context: RequestContext,
  id: string,
  { network }: Pick<FirewallRequest, "network">,
): Firewall {
  if (!firewallOf(context.transaction, id)) throw missing(id);
  return putFirewall(context.transaction, { id, network: networkNamed(context, network).id });
}

/** Deletes a firewall rule. @throws ServiceError notFound */
export function deleteFirewall({ transaction }: RequestContext, id: string): void {
  if (!firewallOf(transaction, id)) throw missing(id);
  removeFirewall(transaction, id);
}
