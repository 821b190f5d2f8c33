import {
  type AssignPrivateIpAddressesRequest,
  type CreateNetworkInterfaceRequest,
} from "@aws-sdk/client-ec2";
import { AddressPlanError, Prefix } from "@cluster-ipam/address-plan/prefix";
import { type RequestContext } from "../../../request-context";
import { ServiceError } from "../../../service-error";
import { type NetworkInterface, usedAddresses } from "../documents/network-interface";
import { invalidCombination, invalidValue, required } from "../documents/refusals";
import { type Subnet } from "../documents/subnet";
import { reservationsIn } from "../documents/subnet-cidr-reservation";
import { InterfaceSpace } from "./interface-space";

/**
 * Addresses and prefixes per interface of the largest instance types. The limits of smaller types are not checked,
 * because instances are not modeled.
 */
const maxPerInterface = 50;

/** The addresses and prefixes of a network interface. */
export type Assigned = Pick<NetworkInterface, "PrivateIpAddress" | "PrivateIpAddresses" | "Ipv4Prefixes">;

/** The addresses of a subnet, with those that its interfaces use. */
export const spaceOf = ({ transaction }: RequestContext, { SubnetId, CidrBlock }: Subnet): InterfaceSpace =>
  new InterfaceSpace(
    Prefix.parse(CidrBlock, 4),
    usedAddresses(transaction, SubnetId),
    reservationsIn(transaction, SubnetId).map(({ Cidr, ReservationType }) => ({
      cidr: Prefix.parse(Cidr),
      type: ReservationType,
    })),
  );

/**
 * The addresses of a new network interface.
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
  const explicit = primary === undefined ? [] : [explicitAddress(space, primary)];
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
  // Chosen last, so that it is none of the explicit ones.
  const [first = ""] = explicit.length > 0 ? explicit : chosen(context, space, 1);
  return {
    PrivateIpAddress: first,
    PrivateIpAddresses: [first, ...rest].map((PrivateIpAddress, index) => ({
      PrivateIpAddress,
      Primary: index === 0,
    })),
    Ipv4Prefixes: prefixes.map((Ipv4Prefix) => ({ Ipv4Prefix })),
  };
}

type WantedAddresses = Pick<
  AssignPrivateIpAddressesRequest,
  "PrivateIpAddresses" | "SecondaryPrivateIpAddressCount"
>;

export function wantedAddresses(
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

export function wantedPrefixes(space: InterfaceSpace, wanted: WantedPrefixes): readonly string[] {
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

/**
 * Checks how many addresses and prefixes a request asks for. It has either addresses or prefixes (EC2 API reference).
 *
 * @throws ServiceError `PrivateIpAddressLimitExceeded`, `InvalidParameterCombination`, `InvalidParameterValue`
 */
export function checkLimit(
  has: number,
  { PrivateIpAddresses, SecondaryPrivateIpAddressCount, Ipv4Prefixes, Ipv4PrefixCount }: Wanted,
): void {
  for (const count of [SecondaryPrivateIpAddressCount, Ipv4PrefixCount])
    if (count !== undefined && count < 0) throw invalidValue(`Value (${count}) for a count is invalid.`);
  const addresses = (PrivateIpAddresses?.length ?? 0) + (SecondaryPrivateIpAddressCount ?? 0);
  const prefixes = (Ipv4Prefixes?.length ?? 0) + (Ipv4PrefixCount ?? 0);
  if (addresses > 0 && prefixes > 0)
    throw invalidCombination("Private IPv4 addresses and IPv4 prefixes cannot be specified together.");
  const wanted = addresses + prefixes;
  if (has + wanted > maxPerInterface)
    throw new ServiceError("PrivateIpAddressLimitExceeded", "Number of private addresses will exceed limit.");
}
