import { type NetworkInterfaceStatus, type NetworkInterfaceType } from "@aws-sdk/client-ec2";
import { Prefix } from "@cluster-ipam/address-plan";
import { type Transaction } from "../../../store/transaction";
import { Ec2Kind } from "./ec2-kind";
import { type Located } from "./scene";

/** A network interface (ENI). Its tags are kept where all tags are: see `tagsOf`. */
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
  /** Whether a service made it for itself. */
  readonly RequesterManaged: boolean;
  readonly RequesterId?: string;
  /** The primary one. */
  readonly PrivateIpAddress: string;
  /** The primary one first. */
  readonly PrivateIpAddresses: readonly { readonly PrivateIpAddress: string; readonly Primary: boolean }[];
  /** Delegated prefixes, /28. */
  readonly Ipv4Prefixes: readonly { readonly Ipv4Prefix: string }[];
  readonly Groups: readonly { readonly GroupId: string; readonly GroupName: string }[];
  readonly Attachment?: NetworkInterfaceAttachment;
}

/** What a network interface is plugged into. */
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

/** The network interfaces that stand in a subnet. */
export const interfacesIn = (transaction: Transaction, subnetId: string): readonly NetworkInterface[] =>
  transaction.filter(networkInterfaces, ({ SubnetId }) => SubnetId === subnetId);

/** What a network interface takes of its subnet: single addresses (as /32) and delegated prefixes. */
export const addressesOf = (eni: NetworkInterface): readonly Prefix[] => [
  ...eni.PrivateIpAddresses.map(({ PrivateIpAddress }) => Prefix.parse(`${PrivateIpAddress}/32`, 4)),
  ...eni.Ipv4Prefixes.map(({ Ipv4Prefix }) => Prefix.parse(Ipv4Prefix, 4)),
];

/** What the network interfaces in a subnet take of it. */
export const addressesTaken = (transaction: Transaction, subnetId: string): readonly Prefix[] =>
  interfacesIn(transaction, subnetId).flatMap(addressesOf);

/** How many addresses network interfaces take, by subnet: one look at all of them. */
export function addressCounts(transaction: Transaction): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { SubnetId, PrivateIpAddresses, Ipv4Prefixes } of transaction.all(networkInterfaces))
    counts.set(
      SubnetId,
      (counts.get(SubnetId) ?? 0) + PrivateIpAddresses.length + Ipv4Prefixes.length * prefixSize,
    );
  return counts;
}

/** Addresses of a delegated prefix. */
const prefixSize = 16;
