import { type AddressNode } from "../../read/address-report";
import { NETWORK } from "../../read/environment";
import { byAddress, holds, type Ipv4Range, ipv4Range } from "../../read/ipv4-range";
import { type Finding, type Rule } from "../policy";
import { takenCidrs } from "../resource-cidr";

/** Whatever takes addresses takes those that the lock gives its environment. */
export const cidrsInLock: Rule = {
  name: "cidrs-in-lock",
  description:
    "Every VPC, subnet, range and pool takes addresses that addresses.lock.json gives this environment.",
  check: ({ environment, resources, addresses }) => {
    const blocks = allocatedTo(environment, addresses.tree);
    const pools = new Set(nodesOf(addresses.tree).flatMap((node) => (node.kind === "free" ? [] : node.cidr)));
    return takenCidrs(resources).flatMap(
      ({ resource: { stack, address }, cidr, range, level }): Finding[] => {
        if (level === "pool" ? pools.has(cidr) : isInside(range, blocks)) return [];
        const message =
          level === "pool"
            ? `${cidr} is no pool of addresses.lock.json; add the pool to addresses.yaml and run npm run addresses`
            : `${cidr} is in no block that addresses.lock.json gives ${environment}; ` +
              `ask for it in addresses.yaml and run npm run addresses`;
        return [{ stack, address, message }];
      },
    );
  },
};

/** What an environment was given, sorted and without what lies inside another: they do not overlap. */
function allocatedTo(environment: string, roots: readonly AddressNode[]): Ipv4Range[] {
  const ranges = nodesOf(roots)
    .filter(({ kind }) => kind !== "free" && (environment === NETWORK || kind !== "reserved"))
    .filter((node) => environment === NETWORK || (node.environment === environment && node.kind !== "pool"))
    .flatMap(({ cidr }) => ipv4Range(cidr) ?? [])
    .sort(byAddress);
  const outer: Ipv4Range[] = [];
  for (const range of ranges) {
    const last = outer.at(-1);
    if (last === undefined || range.first > last.last) outer.push(range);
  }
  return outer;
}

function isInside(range: Ipv4Range, sorted: readonly Ipv4Range[]): boolean {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as Ipv4Range).last < range.first) low = middle + 1;
    else high = middle;
  }
  const block = sorted[low];
  return block !== undefined && holds(block, range);
}

const nodesOf = (roots: readonly AddressNode[]): AddressNode[] =>
  roots.flatMap((node) => [node, ...nodesOf(node.children)]);
