import { REGIONS } from "@cluster-ipam/address-plan/cloud";
import { type RequestContext } from "../../../request-context";
import { type Transaction } from "../../../store/transaction";
import { firewallIn } from "../../documents/firewall";
import { internalRangesOf } from "../../documents/internal-range";
import { type Network, networkOf, putNetwork, removeNetwork } from "../../documents/network";
import { networkPath, subnetworkPath } from "../../documents/resource-path";
import { routerIn } from "../../documents/router";
import { putSubnetwork, removeSubnetwork, subnetworksOf } from "../../documents/subnetwork";
import { type NetworkRequest } from "../../requests/compute";
import { AUTO_MODE_RANGE } from "../../rules/range";
import { alreadyExists, inUse, missing } from "../../rules/refusals";

type ProjectContext = Pick<RequestContext, "transaction" | "caller">;

/** Creates a network; one in auto mode gets a subnetwork in every region. @throws ServiceError alreadyExists */
export function insertNetwork({ transaction, caller }: ProjectContext, request: NetworkRequest): Network {
  const { name, autoCreateSubnetworks: auto = false } = request;
  const id = networkPath.format({ project: caller.owner, name });
  if (networkOf(transaction, id)) throw alreadyExists(id);
  return makeNetwork(transaction, { id, project: caller.owner, name, auto });
}

/** Deletes a network that nothing uses. @throws ServiceError notFound, resourceInUseByAnotherResource */
export function deleteNetwork({ transaction }: ProjectContext, id: string): void {
  const network = networkOf(transaction, id);
  if (!network) throw missing(id);
  const user = userOf(transaction, network);
  if (user !== undefined) throw inUse("network", id, user);
  for (const subnetwork of subnetworksOf(transaction, id)) removeSubnetwork(transaction, subnetwork.id);
  removeNetwork(transaction, id);
}

/** The network of that name, in any form. @throws ServiceError notFound */
export function networkNamed(context: ProjectContext, name: string): Network {
  const found = findNetwork(context, name);
  if (!found) throw missing(networkPath.expand(name, { project: context.caller.owner }) ?? name);
  return found;
}

/**
 * The network of that name, in any form, or undefined. A project comes with the network `default`: it is made when
 * it is first named.
 */
export function findNetwork({ transaction, caller }: ProjectContext, name: string): Network | undefined {
  const values = networkPath.parse(name, { project: caller.owner });
  if (!values) return undefined;
  const id = networkPath.format(values);
  const found = networkOf(transaction, id);
  if (found || values.name !== "default") return found;
  return makeNetwork(transaction, { id, ...values, auto: true });
}

function makeNetwork(transaction: Transaction, network: Network): Network {
  const { id: madeBy, project, name } = network;
  const ranges = AUTO_MODE_RANGE.split(20);
  const regions = network.auto ? [...REGIONS.google.keys()] : [];
  regions.forEach((region, i) =>
    putSubnetwork(transaction, {
      id: subnetworkPath.format({ project, region, name }),
      project,
      region,
      name,
      network: madeBy,
      cidr: String(ranges[i]),
      secondary: [],
      madeBy,
    }),
  );
  return putNetwork(transaction, network);
}

/** The id of a resource that keeps a network from being deleted. */
const userOf = (transaction: Transaction, { id }: Network): string | undefined =>
  (
    subnetworksOf(transaction, id).find(({ madeBy }) => madeBy !== id) ??
    firewallIn(transaction, id) ??
    routerIn(transaction, id) ??
    internalRangesOf(transaction, id)[0]
  )?.id;
