import {
  type AssignPrivateIpAddressesRequest,
  type AssignPrivateIpAddressesResult,
  type CreateNetworkInterfaceRequest,
  type UnassignPrivateIpAddressesRequest,
} from "@aws-sdk/client-ec2";
import { AddressPlanError, Prefix } from "@cluster-ipam/address-plan";
import { ServiceError } from "../../service-error";
import { type RequestContext } from "../../request-context";
import { interfacesIn, type NetworkInterface, networkInterfaces } from "./network-interface";
import { invalidCombination, invalidValue, missing, required } from "./refusals";
import { type Subnet, subnets } from "./subnet";
import { reservationsIn } from "./subnet-cidr-reservation";
import { InterfaceSpace } from "./interface-space";

/**
 * Addresses and prefixes of an interface of the largest instance types. What an instance of a smaller
 * type holds is not checked: instances are not modelled.
 */
const mostPerInterface = 50;

/** What a network interface has in its subnet. */
export type Assigned = Pick<NetworkInterface, "PrivateIpAddress" | "PrivateIpAddresses" | "Ipv4Prefixes">;

/** The addresses of a subnet, with what its interfaces have of them. */
const spaceOf = ({ transaction }: RequestContext, { SubnetId, CidrBlock }: Subnet): InterfaceSpace =>
  new InterfaceSpace(
    Prefix.parse(CidrBlock, 4),
    interfacesIn(transaction, SubnetId),
    reservationsIn(transaction, SubnetId).map(({ Cidr, ReservationType }) => ({
      cidr: Prefix.parse(Cidr),
      type: ReservationType,
    })),
  );

/**
 * The addresses that a new network interface gets.
 *
 * @throws ServiceError `InsufficientFreeAddressesInSubnet`, `InsufficientCidrBlocks`,
 * `InvalidIPAddress.InUse`, `PrivateIpAddressLimitExceeded`, `InvalidParameterValue`
 */
export function firstAddresses(
  context: RequestContext,
  subnet: Subnet,
  input: CreateNetworkInterfaceRequest,
): Assigned {
  const space = spaceOf(context, subnet);
  const named = input.PrivateIpAddresses ?? [];
  const primaries = named.filter(({ Primary }) => Primary);
  if (primaries.length > 1 || (primaries.length > 0 && input.PrivateIpAddress !== undefined))
    throw invalidCombination("Only one primary private IP address can be specified.");
  const primary = input.PrivateIpAddress ?? primaries[0]?.PrivateIpAddress;
  const asked = primary === undefined ? [] : [explicitAddress(space, primary)];
  const wanted: Wanted = {
    PrivateIpAddresses: named
      .filter(({ Primary }) => !Primary)
      .map(({ PrivateIpAddress }) => required(PrivateIpAddress, "PrivateIpAddresses.PrivateIpAddress")),
    SecondaryPrivateIpAddressCount: input.SecondaryPrivateIpAddressCount,
    Ipv4Prefixes: input.Ipv4Prefixes?.map(({ Ipv4Prefix }) => required(Ipv4Prefix, "Ipv4Prefix")),
    Ipv4PrefixCount: input.Ipv4PrefixCount,
  };
  checkLimit(1, wanted);
  const prefixes = wantedPrefixes(space, wanted);
  const rest = wantedAddresses(context, space, wanted);
  // Chosen last, so that it is none of those that were named.
  const [first = ""] = asked.length > 0 ? asked : chosen(context, space, 1);
  return {
    PrivateIpAddress: first,
    PrivateIpAddresses: [first, ...rest].map((PrivateIpAddress, index) => ({
      PrivateIpAddress,
      Primary: index === 0,
    })),
    Ipv4Prefixes: prefixes.map((Ipv4Prefix) => ({ Ipv4Prefix })),
  };
}

/** Gives an interface more addresses or prefixes of its subnet. */
export function assignPrivateIpAddresses(
  context: RequestContext,
  input: AssignPrivateIpAddressesRequest,
): AssignPrivateIpAddressesResult {
  const eni = networkInterfaces.get(context, input.NetworkInterfaceId);
  checkLimit(eni.PrivateIpAddresses.length + eni.Ipv4Prefixes.length, input);
  const space = spaceOf(context, subnets.get(context, eni.SubnetId));
  const prefixes = wantedPrefixes(space, input);
  const addresses = wantedAddresses(context, space, input);
  if (addresses.length + prefixes.length === 0)
    throw missing("PrivateIpAddress, SecondaryPrivateIpAddressCount, Ipv4Prefix or Ipv4PrefixCount");
  const Ipv4Prefixes = prefixes.map((Ipv4Prefix) => ({ Ipv4Prefix }));
  const added = addresses.map((PrivateIpAddress) => ({ PrivateIpAddress, Primary: false }));
  const after = {
    ...eni,
    PrivateIpAddresses: [...eni.PrivateIpAddresses, ...added],
    Ipv4Prefixes: [...eni.Ipv4Prefixes, ...Ipv4Prefixes],
  };
  context.transaction.put(networkInterfaces, eni.NetworkInterfaceId, after);
  return {
    NetworkInterfaceId: eni.NetworkInterfaceId,
    AssignedPrivateIpAddresses: addresses.map((PrivateIpAddress) => ({ PrivateIpAddress })),
    AssignedIpv4Prefixes: Ipv4Prefixes,
  };
}

/** Takes secondary addresses or prefixes from an interface. */
export function unassignPrivateIpAddresses(
  context: RequestContext,
  { NetworkInterfaceId, PrivateIpAddresses = [], Ipv4Prefixes = [] }: UnassignPrivateIpAddressesRequest,
): void {
  const eni = networkInterfaces.get(context, NetworkInterfaceId);
  const has = [
    ...eni.PrivateIpAddresses.filter(({ Primary }) => !Primary).map(
      ({ PrivateIpAddress }) => PrivateIpAddress,
    ),
    ...eni.Ipv4Prefixes.map(({ Ipv4Prefix }) => Ipv4Prefix),
  ];
  const leaving = [...PrivateIpAddresses, ...Ipv4Prefixes];
  const foreign = leaving.filter((each) => !has.includes(each));
  if (foreign.length > 0)
    throw invalidValue(
      `Some of the specified addresses are not assigned to interface ${eni.NetworkInterfaceId}: ${foreign.join(", ")}`,
    );
  context.transaction.put(networkInterfaces, eni.NetworkInterfaceId, {
    ...eni,
    PrivateIpAddresses: eni.PrivateIpAddresses.filter(
      ({ PrivateIpAddress }) => !leaving.includes(PrivateIpAddress),
    ),
    Ipv4Prefixes: eni.Ipv4Prefixes.filter(({ Ipv4Prefix }) => !leaving.includes(Ipv4Prefix)),
  });
}

type WantedAddresses = Pick<
  AssignPrivateIpAddressesRequest,
  "PrivateIpAddresses" | "SecondaryPrivateIpAddressCount"
>;

function wantedAddresses(
  context: RequestContext,
  space: InterfaceSpace,
  wanted: WantedAddresses,
): readonly string[] {
  const { PrivateIpAddresses: named = [], SecondaryPrivateIpAddressCount: count = 0 } = wanted;
  if (named.length > 0 && count > 0)
    throw invalidCombination("Private IP addresses and a count of them cannot be specified together.");
  return named.length > 0
    ? named.map((address) => explicitAddress(space, address))
    : chosen(context, space, count);
}

const chosen = ({ transaction }: RequestContext, space: InterfaceSpace, count: number): readonly string[] =>
  count === 0 ? [] : space.takeAddresses(count, transaction.hex(8));

type Wanted = WantedAddresses & WantedPrefixes;

type WantedPrefixes = Pick<AssignPrivateIpAddressesRequest, "Ipv4Prefixes" | "Ipv4PrefixCount">;

function wantedPrefixes(space: InterfaceSpace, wanted: WantedPrefixes): readonly string[] {
  const { Ipv4Prefixes: named = [], Ipv4PrefixCount: count = 0 } = wanted;
  if (named.length > 0 && count > 0)
    throw invalidCombination("IPv4 prefixes and a count of them cannot be specified together.");
  return named.length > 0
    ? named.map((prefix) => space.takeExplicit(parsed(prefix, 28), prefix))
    : space.takePrefixes(count);
}

const explicitAddress = (space: InterfaceSpace, address: string): string =>
  space.takeExplicit(parsed(`${address}/32`, 32), address);

function parsed(text: string, length: number): Prefix {
  try {
    const prefix = Prefix.parse(text, 4);
    if (prefix.length === length) return prefix;
  } catch (error) {
    if (!(error instanceof AddressPlanError)) throw error;
  }
  throw invalidValue(
    `Value (${text}) is not a valid IPv4 ${length === 32 ? "address" : `/${length} prefix`}`,
  );
}

/** @throws ServiceError `PrivateIpAddressLimitExceeded` */
function checkLimit(
  has: number,
  { PrivateIpAddresses, SecondaryPrivateIpAddressCount, Ipv4Prefixes, Ipv4PrefixCount }: Wanted,
): void {
  const wanted =
    (PrivateIpAddresses?.length ?? 0) +
    (SecondaryPrivateIpAddressCount ?? 0) +
    (Ipv4Prefixes?.length ?? 0) +
    (Ipv4PrefixCount ?? 0);
  if (has + wanted > mostPerInterface)
    throw new ServiceError("PrivateIpAddressLimitExceeded", "Number of private addresses will exceed limit.");
}
