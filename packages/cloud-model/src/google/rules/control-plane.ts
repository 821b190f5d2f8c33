import { Prefix } from "@cluster-ipam/address-plan/prefix";
import { identifier } from "../../store/identifier";
import { type Transaction } from "../../store/transaction";
import { allClusters, type Cluster } from "../documents/cluster";
import { type PrivateClusterConfig } from "../requests/container";
import { parseRange } from "./range";

const PUBLIC_ENDPOINTS = Prefix.parse("203.0.113.0/24");

/**
 * The addresses of a new control plane.
 *
 * @throws ServiceError invalid, for a range of a private control plane that is not a CIDR
 */
export function controlPlaneEndpoints(
  transaction: Transaction,
  { id, region }: Pick<Cluster, "id" | "region">,
  { masterIpv4CidrBlock: master = "", enablePrivateEndpoint = false }: PrivateClusterConfig,
): Pick<Cluster, "endpoint" | "privateEndpoint" | "dnsEndpoint" | "masterCidr"> {
  const dnsEndpoint = `gke-${identifier(id, 36)}.${region}.gke.goog`;
  const publicEndpoint = () => freePublicEndpoint(allClusters(transaction).map(({ endpoint }) => endpoint));
  if (master === "") return { endpoint: publicEndpoint(), dnsEndpoint };
  const endpoint = privateEndpoint(master);
  return {
    endpoint: enablePrivateEndpoint ? endpoint : publicEndpoint(),
    privateEndpoint: endpoint,
    dnsEndpoint,
    masterCidr: master,
  };
}

/** The address of a private control plane: the first of its range that a host can have. */
const privateEndpoint = (masterCidr: string): string =>
  Prefix.ipv4At(Number(parseRange("privateClusterConfig.masterIpv4CidrBlock", masterCidr).first) + 2, 32)
    .toString()
    .split("/")[0]!;

/** An address of the documentation range, different for each cluster. @param taken of other clusters */
function freePublicEndpoint(taken: readonly string[]): string {
  const addresses = PUBLIC_ENDPOINTS.split(32).map((prefix) => String(prefix).split("/")[0]!);
  return addresses.slice(10).find((address) => !taken.includes(address)) ?? addresses[10]!;
}

/** Name of the subnetwork that GKE makes for a private control plane. */
export const controlPlaneSubnetworkName = ({ id, name }: Pick<Cluster, "id" | "name">): string =>
  `gke-${name}-${identifier(id, 8)}-pe-subnet`;
