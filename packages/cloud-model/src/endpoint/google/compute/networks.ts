import { allNetworks, networkOf } from "../../../google/documents/network";
import { subnetworksOf } from "../../../google/documents/subnetwork";
import { deleteNetwork, insertNetwork } from "../../../google/operations/compute/networks";
import { type NetworkRequest } from "../../../google/requests/compute";
import { linkTo } from "./compute-operation";
import { type ResourceType } from "./resource-type";

/** `compute.networks` */
export const networks: ResourceType = {
  collection: "networks",
  schema: "Network",
  scopes: ["global"],
  changes: ["patch"],
  fixed: ["name", "autoCreateSubnetworks", "enableUlaInternalIpv6", "internalIpv6Range"],
  defaults: () => ({
    networkFirewallPolicyEnforcementOrder: "AFTER_CLASSIC_FIREWALL",
  }),
  all: (transaction) => allNetworks(transaction).map(({ id }) => id),
  insert: (context, body) => insertNetwork(context, body as unknown as NetworkRequest).id,
  remove: deleteNetwork,
  known: ({ transaction }, id, body) => ({
    autoCreateSubnetworks: networkOf(transaction, id)!.auto,
    subnetworks: subnetworksOf(transaction, id).map((subnetwork) => linkTo(subnetwork.id)),
    routingConfig: {
      routingMode: "REGIONAL",
      bgpBestPathSelectionMode: "LEGACY",
      ...(body["routingConfig"] as object | undefined),
    },
  }),
};
