import { Prefix, REGIONS } from "@cluster-ipam/address-plan";
import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import { Kind, type AccountRegion, type Transaction } from "@cluster-ipam/cloud-model";
import {
  alreadyExists,
  internalRangesOf,
  inUse,
  missing,
  putSubnetwork,
  removeSubnetwork,
  subnetworksOf,
} from "@cluster-ipam/cloud-model/google";
import { keptOf } from "../../resource-store/resource-store";
import { type ResourceContext, type ResourceModel } from "../resource-model";
import { ConfigReader } from "../config-reader";
import { firewallPath, networkPath, routerPath } from "./resource-path";

/** A VPC network. */
export interface Network {
  /** `projects/…/global/networks/…` */
  readonly id: string;
  readonly project: string;
  readonly name: string;
  /** Auto mode: Google makes a subnetwork in every region. */
  readonly auto: boolean;
}

const kind = new Kind<Network>("google/network");

/** Where auto-mode subnetworks lie (VPC: "Auto mode IPv4 ranges"). */
export const AUTO_MODE_RANGE = Prefix.parse("10.128.0.0/9");

/**
 * The network of that name, in any form. The network `default` of a project stands until a project
 * makes its own: it is made when it is first referred to.
 *
 * @throws ServiceError notFound
 */
export function networkNamed(transaction: Transaction, caller: AccountRegion, name: string): Network {
  const values = networkPath.read(name, { project: caller.owner });
  const found = findNetwork(transaction, caller, name);
  if (!found) throw missing(values ? networkPath.of(values) : name);
  return found;
}

/** The same, or undefined where nothing stands. */
export function findNetwork(
  transaction: Transaction,
  { owner }: AccountRegion,
  name: string,
): Network | undefined {
  const values = networkPath.read(name, { project: owner });
  if (!values) return undefined;
  const id = networkPath.of(values);
  const made = transaction.get(kind, id);
  return (
    made ?? (values.name === "default" ? makeNetwork(transaction, { id, ...values, auto: true }) : undefined)
  );
}

/** The network, or undefined. */
export const networkOf = (transaction: Transaction, id: string): Network | undefined =>
  transaction.get(kind, id);

function makeNetwork(transaction: Transaction, network: Network): Network {
  transaction.put(kind, network.id, network);
  if (!network.auto) return network;
  const ranges = AUTO_MODE_RANGE.split(20);
  [...REGIONS.google.keys()].forEach((region, i) => {
    const id = `projects/${network.project}/regions/${region}/subnetworks/${network.name}`;
    const { project, name } = network;
    const cidr = String(ranges[i]);
    putSubnetwork(transaction, {
      id,
      project,
      region,
      name,
      network: network.id,
      cidr,
      secondary: [],
      madeBy: network.id,
    });
  });
  return network;
}

/** The network that a kept resource lies in, by its `network` member. */
const liesIn = (network: Network, owner: string, state: unknown): boolean => {
  const values = networkPath.read(new ConfigReader(state as ObjectValue).text("network"), { project: owner });
  return values !== undefined && networkPath.of(values) === network.id;
};

/** What keeps a network from being deleted, by its path. */
function userOf(transaction: Transaction, network: Network): string | undefined {
  const subnetwork = subnetworksOf(transaction, network.id).find(({ madeBy }) => madeBy !== network.id);
  if (subnetwork) return subnetwork.id;
  for (const [type, path] of [
    ["google_compute_firewall", firewallPath],
    ["google_compute_router", routerPath],
  ] as const) {
    const user = keptOf(transaction, type).find(({ owner, state }) => liesIn(network, owner, state));
    const name = new ConfigReader(user?.state as ObjectValue | undefined).text("name");
    if (user) return path.of({ project: user.owner, region: user.region, name });
  }
  return internalRangesOf(transaction, network.id)[0]?.id;
}

/** google_compute_network: a name once a project, no deletion while anything lies in it. */
export const network: ResourceModel = {
  create({ transaction, caller }: ResourceContext, planned: ObjectValue): ObjectValue {
    const asked = new ConfigReader(planned);
    const name = asked.text("name");
    const id = networkPath.of({ project: caller.owner, name });
    if (transaction.get(kind, id)) throw alreadyExists(id);
    makeNetwork(transaction, {
      id,
      project: caller.owner,
      name,
      auto: asked.flag("auto_create_subnetworks"),
    });
    return {};
  },
  delete({ transaction }: ResourceContext, state: ObjectValue): void {
    const found = transaction.get(kind, String(state["id"]));
    if (!found) return;
    const user = userOf(transaction, found);
    if (user !== undefined) throw inUse("network", found.id, user);
    for (const { id } of subnetworksOf(transaction, found.id)) removeSubnetwork(transaction, id);
    transaction.remove(kind, found.id);
  },
  read: ({ transaction }, state) => (transaction.get(kind, String(state["id"])) ? {} : null),
};
