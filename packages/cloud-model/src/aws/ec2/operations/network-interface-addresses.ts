import {
  type AssignPrivateIpAddressesRequest,
  type AssignPrivateIpAddressesResult,
  type UnassignPrivateIpAddressesRequest,
} from "@aws-sdk/client-ec2";
import { type RequestContext } from "../../../request-context";
import { networkInterfaces } from "../documents/network-interface";
import { invalidValue, missing } from "../documents/refusals";
import { subnets } from "../documents/subnet";
import {
  checkLimit,
  checkSingleForm,
  spaceOf,
  wantedAddresses,
  wantedPrefixes,
} from "../rules/interface-addresses";

/** Assigns more addresses or prefixes of its subnet to an interface. */
export function assignPrivateIpAddresses(
  context: RequestContext,
  input: AssignPrivateIpAddressesRequest,
): AssignPrivateIpAddressesResult {
  const eni = networkInterfaces.get(context, input.NetworkInterfaceId);
  checkSingleForm(input);
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

/** Unassigns secondary addresses or prefixes from an interface. */
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
