import { type NetworkInterfaceStatus, type NetworkInterfaceType } from "@aws-sdk/client-ec2";
import { Prefix } from "@cluster-ipam/address-plan/prefix";
import { Index, Sum } from "../../../store/index-of-kind";
import { type Transaction } from "../../../store/transaction";
import { Ec2Kind } from "./ec2-kind";
import { type Located } from "./located";

/** A network interface (ENI). */
export interface NetworkInterface extends Located {
  readonly NetworkInterfaceId: string;
  readonly SubnetId: string;
  readonly VpcId: string;
  readonly AvailabilityZone: string;
  readonly AvailabilityZoneId: string;
  readonly Description: string;
  readonly InterfaceType: NetworkInterfaceType;
  readonly MacAddress: string;
  readonly Status: NetworkInterfaceStatus;
  readonly SourceDestCheck: boolean;
  /** Whether an AWS service made it for its own use. */
  readonly RequesterManaged: boolean;
  readonly RequesterId?: string;
  /** The primary address. */
  readonly PrivateIpAddress: string;
  /** The primary address first. */
  readonly PrivateIpAddresses: readonly { readonly PrivateIpAddress: string; readonly Primary: boolean }[];
  /** Delegated prefixes, /28. */
  readonly Ipv4Prefixes: readonly { readonly Ipv4Prefix: string }[];
  readonly Groups: readonly { readonly GroupId: string; readonly GroupName: string }[];
  readonly Attachment?: NetworkInterfaceAttachment;
}

/** The attachment of a network interface. */
export interface NetworkInterfaceAttachment {
  readonly AttachmentId: string;
  readonly InstanceId?: string;
  readonly InstanceOwnerId: string;
  readonly DeviceIndex: number;
  readonly Status: "attaching" | "attached" | "detaching" | "detached";
  readonly DeleteOnTermination: boolean;
  /** ISO 8601. */
  readonly AttachTime: string;
}

/** All network interfaces. */
export const networkInterfaces = new Ec2Kind<NetworkInterface>("network-interface", "eni", [
  "InvalidNetworkInterfaceID.NotFound",
  "networkInterface ID",
]);

const bySubnet = new Index(networkInterfaces, ({ SubnetId }) => SubnetId);

const byInstance = new Index(networkInterfaces, ({ Attachment }) => Attachment?.InstanceId);

/** The network interfaces in a subnet. */
export const interfacesIn = (transaction: Transaction, subnetId: string): readonly NetworkInterface[] => [
  ...transaction.with(bySubnet, subnetId),
];

/** The network interfaces of an instance. */
export const interfacesOf = (transaction: Transaction, instanceId: string): readonly NetworkInterface[] => [
  ...transaction.with(byInstance, instanceId),
];

/** The addresses that a network interface uses: single addresses as /32, and delegated prefixes. */
export const addressesOf = (eni: NetworkInterface): readonly Prefix[] => [
  ...eni.PrivateIpAddresses.map(({ PrivateIpAddress }) => Prefix.parse(`${PrivateIpAddress}/32`, 4)),
  ...eni.Ipv4Prefixes.map(({ Ipv4Prefix }) => Prefix.parse(Ipv4Prefix, 4)),
];

/** The addresses that the network interfaces in a subnet use. */
export interface UsedAddresses {
  /** Sizes of the addresses and prefixes, by their first address as a number. */
  readonly sizes: Map<number, number>;
  /** How many addresses these are. */
  count: number;
}

const used = new Sum<NetworkInterface, UsedAddresses>(
  bySubnet,
  () => ({ sizes: new Map(), count: 0 }),
  (sum, eni, times) => {
    for (const prefix of addressesOf(eni)) {
      const [first, size] = [Number(prefix.first), Number(prefix.size)];
      if (times === 1) sum.sizes.set(first, size);
      else sum.sizes.delete(first);
      sum.count += times * size;
    }
  },
  ({ sizes, count }) => ({ sizes: new Map(sizes), count }),
);

/** The addresses that the network interfaces in a subnet use, to read only. */
export const usedAddresses = (transaction: Transaction, subnetId: string): UsedAddresses =>
  transaction.sum(used, subnetId);

/** The addresses that the network interfaces in a subnet use. */
export const addressesTaken = (transaction: Transaction, subnetId: string): readonly Prefix[] =>
  interfacesIn(transaction, subnetId).flatMap(addressesOf);

/** A new locally administered MAC address. */
export const newMacAddress = (transaction: Transaction): string =>
  `02:${transaction.hex(10).match(/../g)!.join(":")}`;
