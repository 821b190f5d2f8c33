import { type AddressNode } from "../read/address-report";
import { ownerOf } from "../render/terminal/address-tree";

/** What a change does to one block of the address plan. */
export interface AddressChange {
  readonly kind: "allocated" | "moved" | "freed";
  /** Key of the allocation. */
  readonly key: string;
  /** IPv4 CIDR afterwards; of a freed block, before. */
  readonly cidr: string;
  /** IPv4 CIDR before, of a block that moves. */
  readonly from?: string;
  readonly block: AddressNode["kind"];
  /** Who lives there, for people. */
  readonly owner: string;
  /** Subnets inside that share its fate and are not listed on their own. */
  readonly subnets: number;
}

interface Place {
  readonly node: AddressNode;
  readonly parent: AddressNode | undefined;
}

/**
 * Compares two address plans block by block. Subnets of a block that meets the same fate are only counted.
 *
 * @param before the whole plan; undefined: everything is new
 * @param after the whole plan
 * @returns what is freed, then what moves, then what is allocated, each in the order of the tree
 */
export function addressChanges(
  before: readonly AddressNode[] | undefined,
  after: readonly AddressNode[],
): AddressChange[] {
  const old = placesOf(before ?? []);
  const now = placesOf(after);
  const fateOf = (key: string): AddressChange["kind"] | undefined => {
    const [was, is] = [old.get(key), now.get(key)];
    if (was === undefined) return is && "allocated";
    if (is === undefined) return "freed";
    return was.node.cidr === is.node.cidr ? undefined : "moved";
  };
  const listed = (kind: AddressChange["kind"], places: ReadonlyMap<string, Place>) =>
    [...places.values()].flatMap(({ node, parent }): AddressChange[] => {
      if (fateOf(node.key) !== kind || isFolded(node, parent, fateOf)) return [];
      const from = kind === "moved" ? old.get(node.key)?.node.cidr : undefined;
      return [
        {
          kind,
          key: node.key,
          cidr: node.cidr,
          ...(from === undefined ? {} : { from }),
          block: node.kind,
          owner: node.kind === "pool" ? `${node.owner} pool` : ownerOf(node, undefined),
          subnets: node.children.filter((child) => isFolded(child, node, fateOf)).length,
        },
      ];
    });
  return [...listed("freed", old), ...listed("moved", now), ...listed("allocated", now)];
}

function isFolded(
  node: AddressNode,
  parent: AddressNode | undefined,
  fateOf: (key: string) => AddressChange["kind"] | undefined,
): boolean {
  if (node.kind !== "subnet" || parent === undefined || parent.kind === "pool") return false;
  return fateOf(node.key) !== undefined && fateOf(parent.key) === fateOf(node.key);
}

/** The allocated blocks by key. Free and reserved ones are no allocations: they follow from these. */
function placesOf(roots: readonly AddressNode[]): Map<string, Place> {
  const places = new Map<string, Place>();
  const walk = (node: AddressNode, parent: AddressNode | undefined): void => {
    if (node.kind === "free" || node.kind === "reserved") return;
    // A space is what the plan is about, nobody allocates it.
    if (parent !== undefined) places.set(node.key, { node, parent });
    for (const child of node.children) walk(child, node);
  };
  for (const root of roots) walk(root, undefined);
  return places;
}
