import { type AddressNode, blockName } from "../read/address-report";

/** A change to one block of the address plan. */
export interface AddressChange {
  readonly kind: "allocated" | "moved" | "freed";
  /** Key of the allocation. */
  readonly key: string;
  /** IPv4 CIDR after the change; for a freed block, before it. */
  readonly cidr: string;
  /** IPv4 CIDR before the change, for a moved block. */
  readonly from?: string;
  readonly block: AddressNode["kind"];
  /** Readable name of the owner. */
  readonly owner: string;
  /** Number of subnets inside that change the same way; they are not listed separately. */
  readonly subnets: number;
}

interface Allocation {
  readonly node: AddressNode;
  readonly parent: AddressNode;
}

/** What happened to the allocation with a key; undefined if nothing did. */
type KindOf = (key: string) => AddressChange["kind"] | undefined;

/**
 * Compares two address plans block by block. A subnet that changes the same way as its block is only counted.
 *
 * @param before the whole plan; undefined: everything counts as new
 * @param after the whole plan
 * @returns freed blocks, then moved ones, then allocated ones, each in tree order
 */
export function addressChanges(
  before: readonly AddressNode[] | undefined,
  after: readonly AddressNode[],
): AddressChange[] {
  const old = allocationsOf(before ?? []);
  const current = allocationsOf(after);
  const kindOf: KindOf = (key) => {
    const [was, is] = [old.get(key), current.get(key)];
    if (was === undefined) return is && "allocated";
    if (is === undefined) return "freed";
    return was.node.cidr === is.node.cidr ? undefined : "moved";
  };
  const changesOf = (kind: AddressChange["kind"], allocations: ReadonlyMap<string, Allocation>) =>
    [...allocations.values()].flatMap(({ node, parent }): AddressChange[] => {
      if (kindOf(node.key) !== kind || isCounted(node, parent, kindOf)) return [];
      const from = kind === "moved" ? old.get(node.key)?.node.cidr : undefined;
      return [
        {
          kind,
          key: node.key,
          cidr: node.cidr,
          ...(from === undefined ? {} : { from }),
          block: node.kind,
          owner: node.kind === "pool" ? `${node.owner} pool` : blockName(node, undefined),
          subnets: node.children.filter((child) => isCounted(child, node, kindOf)).length,
        },
      ];
    });
  return [...changesOf("freed", old), ...changesOf("moved", current), ...changesOf("allocated", current)];
}

/** Whether a node is a subnet that changes the same way as its block. */
function isCounted(node: AddressNode, parent: AddressNode, kindOf: KindOf): boolean {
  if (node.kind !== "subnet" || parent.kind === "pool") return false;
  return kindOf(node.key) !== undefined && kindOf(parent.key) === kindOf(node.key);
}

/** Allocations by key, without the spaces at the root. Free and reserved blocks are not allocations. */
function allocationsOf(roots: readonly AddressNode[]): Map<string, Allocation> {
  const allocations = new Map<string, Allocation>();
  const walk = (node: AddressNode, parent: AddressNode | undefined): void => {
    if (node.kind === "free" || node.kind === "reserved") return;
    if (parent !== undefined) allocations.set(node.key, { node, parent });
    for (const child of node.children) walk(child, node);
  };
  for (const root of roots) walk(root, undefined);
  return allocations;
}
