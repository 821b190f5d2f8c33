import { type AddressNode } from "../../read/address-report";
import { NETWORK } from "../../read/environment";
import { byAddress, contains, type Ipv4Range, ipv4Range } from "../../read/ipv4-range";
import { type Finding, type Rule } from "../policy";
import { resourceCidrs } from "../resource-cidr";

/** Requires every CIDR to be allocated to the environment in the address lock. */
export const cidrsInLock: Rule = {
  name: "cidrs-in-lock",
  description:
    "Every VPC, subnet, range and pool uses addresses that addresses.lock.json allocates to this environment and that are not retired.",
  check: ({ environment, resources, addresses }) => {
    const blocks = allocatedTo(environment, addresses.tree);
    const retired = outermost(nodesOf(addresses.tree).filter(({ state }) => state === "retired"));
    const pools = new Set(nodesOf(addresses.tree).flatMap((node) => (node.kind === "free" ? [] : node.cidr)));
    return resourceCidrs(resources).flatMap(
      ({ resource: { stack, address }, cidr, range, level }): Finding[] => {
        const isAllocated = level === "pool" ? pools.has(cidr) : isInside(range, blocks);
        // Google keeps the internal range of a retired block, so that nothing else takes it.
        const isTaken = level !== "pool" && level !== "range" && isInside(range, retired);
        if (isAllocated && !isTaken) return [];
        if (isAllocated) return [{ stack, address, message: `${cidr} ${RETIRED}` }];
        const message =
          level === "pool"
            ? `${cidr} is not a pool in addresses.lock.json; add the pool to addresses.yaml and run npm run addresses`
            : `${cidr} is not in a block that addresses.lock.json allocates to ${environment}; ` +
              `add the demand to addresses.yaml and run npm run addresses`;
        return [{ stack, address, message }];
      },
    );
  },
};

const RETIRED =
  "is in a block that addresses.lock.json has as retired, and nothing may use it until it is freed; " +
  "use the cluster's other addresses, or add the demand to addresses.yaml and run npm run addresses, which restores it";

/** An environment's outermost allocations, sorted; they do not overlap. */
function allocatedTo(environment: string, roots: readonly AddressNode[]): Ipv4Range[] {
  return outermost(
    nodesOf(roots)
      .filter(({ kind }) => kind !== "free" && (environment === NETWORK || kind !== "reserved"))
      .filter(
        (node) => environment === NETWORK || (node.environment === environment && node.kind !== "pool"),
      ),
  );
}

function outermost(nodes: readonly AddressNode[]): Ipv4Range[] {
  const ranges = nodes.flatMap(({ cidr }) => ipv4Range(cidr) ?? []).sort(byAddress);
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
  return block !== undefined && contains(block, range);
}

const nodesOf = (roots: readonly AddressNode[]): AddressNode[] =>
  roots.flatMap((node) => [node, ...nodesOf(node.children)]);
