import { podRangePerNode } from "@cluster-ipam/address-plan/cloud";
import { Prefix } from "@cluster-ipam/address-plan/prefix";
import { ServiceError } from "../../service-error";
import { type Transaction } from "../../store/transaction";
import { type Cluster } from "../documents/cluster";
import { internalRangesOf } from "../documents/internal-range";
import { rangesIn } from "../documents/subnetwork";
import { chooseFree } from "./free-range";
import { parseRange, PROHIBITED_RANGES } from "./range";

/** Where GKE looks for ranges of its own choice (gcloud: --cluster-ipv4-cidr). */
const CHOSEN_FROM = [Prefix.parse("10.0.0.0/8")];

/**
 * A range that GKE chooses: free in the network, outside every internal range. Google chooses at random;
 * here the same seed gives the same range.
 *
 * @param lengths netmask lengths, the preferred one first
 * @returns undefined where the network has no such range left
 */
export function chosenRange(
  transaction: Transaction,
  network: string,
  lengths: readonly number[],
  seed: string,
): Prefix | undefined {
  const used = [
    ...rangesIn(transaction, network).map(({ prefix }) => prefix),
    ...internalRangesOf(transaction, network).map(({ cidr }) => Prefix.parse(cidr)),
    ...PROHIBITED_RANGES,
  ].filter(({ family }) => family === 4);
  for (const length of lengths) {
    const found = chooseFree(CHOSEN_FROM, used, length, { by: "seed", seed });
    if (found) return found;
  }
  return undefined;
}

/**
 * A range for pods or Services: the requested one, one of the requested size (`/17`), or one of GKE's choice.
 *
 * @param text CIDR, size, or empty
 * @param lengths netmask lengths without a request, the preferred one first
 * @throws ServiceError invalid, RESOURCE_EXHAUSTED
 */
export function requestedOrChosenRange(
  transaction: Transaction,
  { id, network }: Pick<Cluster, "id" | "network">,
  text: string,
  lengths: readonly number[],
  purpose: "pods" | "services",
): string {
  const size = /^\/(\d+)$/.exec(text)?.[1];
  if (text !== "" && size === undefined)
    return String(parseRange(`cluster.ipAllocationPolicy.${purpose}`, text));
  const wanted = size === undefined ? lengths : [Number(size)];
  const found = chosenRange(transaction, network, wanted, `${id}/${purpose}`);
  if (found) return String(found);
  throw new ServiceError(
    "RESOURCE_EXHAUSTED",
    `No free range of size /${wanted.at(-1)} for ${purpose} is available in network '${network}'.`,
    429,
  );
}

/** Netmask lengths from the one that holds `most` nodes to the one that just holds `least`. */
export function podRangeLengths(maxPodsPerNode: number, most: number, least: number): readonly number[] {
  const length = (nodes: number) =>
    podRangePerNode(maxPodsPerNode) - Math.ceil(Math.log2(Math.max(1, nodes)));
  const [first, last] = [length(Math.max(most, least)), length(least)];
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}
