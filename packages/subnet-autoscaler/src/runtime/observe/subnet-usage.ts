import { ADDRESSES_PER_PREFIX } from "@cluster-ipam/address-plan/cloud";

import { type Ec2Interface } from "../cloud/ec2";
import { FreePrefixes } from "../network/free-prefixes";
import { attachedRecently } from "./history";

/** Interfaces that a node has in a subnet, and how many of their address slots are in use. */
export interface NodeUsage {
  enis: number;
  slots: number;
  /** Prefixes of the node; without prefix delegation, 16 addresses count as one. */
  prefixes: number;
}

/** How a subnet's interfaces use it. Interfaces are counted page by page and not retained. */
export class SubnetUsage {
  readonly free: FreePrefixes;
  interfaces = 0;
  /** Prefixes in use; without prefix delegation, 16 addresses count as one. */
  prefixes = 0;
  /** The part of `prefixes` on interfaces attached recently. */
  recentPrefixes = 0;
  /** By instance id. */
  readonly nodes = new Map<string, NodeUsage>();

  /** @param cidr the subnet's CIDR, /16 to /28 */
  constructor(cidr: string) {
    this.free = new FreePrefixes(cidr);
  }

  /** Counts an interface. @param now epoch milliseconds */
  add(eni: Ec2Interface, now: number): void {
    this.interfaces += 1;
    for (const address of eni.addresses) this.free.addAddress(address);
    for (const prefix of eni.prefixes) this.free.addPrefix(prefix);
    const secondaryAddresses = Math.max(0, eni.addresses.length - 1);
    const prefixes = eni.prefixes.length + secondaryAddresses / ADDRESSES_PER_PREFIX;
    this.prefixes += prefixes;
    if (attachedRecently(eni.attachedAt, now)) this.recentPrefixes += prefixes;
    if (eni.instanceId === undefined) return;
    const node = this.nodes.get(eni.instanceId) ?? { enis: 0, slots: 0, prefixes: 0 };
    node.enis += 1;
    node.slots += eni.prefixes.length + secondaryAddresses;
    node.prefixes += prefixes;
    this.nodes.set(eni.instanceId, node);
  }
}
