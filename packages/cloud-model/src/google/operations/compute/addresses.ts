import { Prefix } from "@cluster-ipam/address-plan/prefix";
import { type RequestContext } from "../../../request-context";
import { type Transaction } from "../../../store/transaction";
import {
  type Address,
  addressesIn,
  addressOf,
  allAddresses,
  putAddress,
  removeAddress,
} from "../../documents/address";
import { poolsOn } from "../../documents/node-pool";
import { addressPath, globalAddressPath, subnetworkPath } from "../../documents/resource-path";
import { type Subnetwork } from "../../documents/subnetwork";
import { type AddressRequest } from "../../requests/compute";
import { existingSubnetwork } from "../../rules/existing";
import { alreadyExists, invalid, missing, required } from "../../rules/refusals";

/** Where external addresses come from: a range for documentation. */
const EXTERNAL = Prefix.parse("198.51.100.0/24");

/** Addresses at either end of a primary range that Google keeps (VPC: "Unusable addresses in IPv4 subnet ranges"). */
const KEPT = 2;

/**
 * Reserves an address: an external one, or an internal one in the primary range of a subnetwork.
 *
 * @throws ServiceError alreadyExists, invalid, notFound, required
 */
export function insertAddress(context: RequestContext, request: AddressRequest): Address {
  const { transaction, caller } = context;
  const { name, addressType = "EXTERNAL", purpose } = request;
  const { owner: project, region } = caller;
  const id =
    region === ""
      ? globalAddressPath.format({ project, name })
      : addressPath.format({ project, region, name });
  if (addressOf(transaction, id)) throw alreadyExists(id);
  if (addressType === "EXTERNAL")
    return putAddress(transaction, { id, address: externalAddress(transaction, request) });
  if (region === "")
    throw invalid("resource.purpose", purpose ?? "", "The sandbox does not model global internal addresses.");
  if (!request.subnetwork) throw required("resource.subnetwork");
  const path = subnetworkPath.expand(request.subnetwork, { project, region });
  if (path === undefined) throw invalid("resource.subnetwork", request.subnetwork, "The URL is malformed.");
  const subnetwork = existingSubnetwork(transaction, path);
  return putAddress(transaction, {
    id,
    address: internalAddress(transaction, subnetwork, request.address),
    subnetwork: subnetwork.id,
  });
}

/** Releases an address. @throws ServiceError notFound */
export function deleteAddress({ transaction }: RequestContext, id: string): void {
  if (!addressOf(transaction, id)) throw missing(id);
  removeAddress(transaction, id);
}

function externalAddress(transaction: Transaction, { address }: AddressRequest): string {
  if (address)
    throw invalid(
      "resource.address",
      address,
      "Static external IPs can be only those that are in use by an instance.",
    );
  const taken = new Set(allAddresses(transaction).map((one) => one.address));
  const free = hostsOf(EXTERNAL).find((host) => !taken.has(host));
  if (free === undefined) throw invalid("resource.address", "", "No external address is available.");
  return free;
}

function internalAddress(
  transaction: Transaction,
  subnetwork: Subnetwork,
  wanted: string | undefined,
): string {
  const hosts = hostsOf(Prefix.parse(subnetwork.cidr));
  const taken = new Set([
    ...addressesIn(transaction, subnetwork.id).map(({ address }) => address),
    ...poolsOn(transaction, subnetwork.id).flatMap(({ nodes }) => nodes.map(({ address }) => address)),
  ]);
  if (!wanted) {
    const free = hosts.find((host) => !taken.has(host));
    if (free !== undefined) return free;
    throw invalid("resource.subnetwork", subnetwork.id, `IP space of ${subnetwork.cidr} is exhausted.`);
  }
  if (!hosts.includes(wanted))
    throw invalid(
      "resource.address",
      wanted,
      `Requested internal IP address ${wanted} is outside the subnetwork's usable range ${subnetwork.cidr}.`,
    );
  if (taken.has(wanted))
    throw invalid("resource.address", wanted, "Specified IP address is already reserved or in use.");
  return wanted;
}

/** The addresses of a range that can be reserved, of a large one the first 4,096. */
function hostsOf(range: Prefix): readonly string[] {
  const first = Number(range.first);
  const size = Math.min(2 ** (32 - range.length), 4096 + 2 * KEPT);
  return Array.from(
    { length: Math.max(0, size - 2 * KEPT) },
    (_, i) =>
      Prefix.ipv4At(first + KEPT + i, 32)
        .toString()
        .split("/")[0]!,
  );
}
