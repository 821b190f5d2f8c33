import { type LockDifference } from "@cluster-ipam/address-plan";
import { contains, ipv4Range } from "../../read/ipv4-range";
import { type Finding, isAcknowledged, type Rule } from "../policy";
import { type ResourceCidr, resourceCidrs } from "../resource-cidr";

/** Requires an acknowledgement for moving a block, and for freeing one without proof that nothing uses it. */
export const addressesStay: Rule = {
  name: "addresses-stay",
  description:
    "No block of the base's lock moves or is freed without proof, unless acknowledgements.yaml says so in the same change.",
  check: (context) => {
    const deployed = resourceCidrs(context.resources, "before");
    return (context.lockChanges ?? []).flatMap((change): Finding[] => {
      const finding = findingOf(change, deployed);
      if (finding === undefined) return [];
      const acknowledgeAs = {
        ...{ environment: context.environment, block: change.key },
        action: change.kind === "moved" ? ("move" as const) : ("free" as const),
      };
      return isAcknowledged(acknowledgeAs, context) ? [] : [{ ...finding, acknowledgeAs }];
    });
  },
};

function findingOf(change: LockDifference, deployed: readonly ResourceCidr[]): Finding | undefined {
  const { kind, key, cidr, from, was, proof } = change;
  if (kind === "moved")
    return {
      message:
        `${key} moves from ${from} to ${cidr}, but what is deployed does not; ` +
        "restore its CIDR in addresses.lock.json, or acknowledge the move in this change",
    };
  if (kind !== "freed") return undefined;
  const inUse = deployed.find(({ range }) => isInside(range, cidr));
  if (inUse !== undefined) {
    const { stack, address } = inUse.resource;
    const message =
      `its state has ${inUse.cidr}, but this change frees ${cidr} (${key}); ` +
      "restore the entry in addresses.lock.json and destroy the resource first, or acknowledge it in this change";
    return { stack, address, message };
  }
  if (proof !== undefined) return undefined;
  return { message: `${key} (${cidr}) is freed ${was === undefined ? NOT_RETIRED : NOT_PROVEN}` };
}

const NOT_RETIRED =
  "while it is in use; restore its entry in addresses.lock.json and run npm run addresses, which retires it, " +
  "or acknowledge it in this change";

const NOT_PROVEN =
  "without a receipt that its states are empty; restore its entry in addresses.lock.json and run npm run addresses " +
  "with access to the states, or acknowledge it in this change";

function isInside(range: ResourceCidr["range"], cidr: string): boolean {
  const block = ipv4Range(cidr);
  return block !== undefined && contains(block, range);
}
