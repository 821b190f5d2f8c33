import { type NetworkInterfaceType } from "@aws-sdk/client-ec2";
import { type RequestContext } from "../../../request-context";
import { groupIdentifiers } from "../documents/connectivity/security-group";
import { locationOf } from "../documents/located";
import { networkInterfaces, newMacAddress } from "../documents/network-interface";
import { subnets } from "../documents/subnet";
import { firstAddresses } from "../rules/interface-addresses";

/** A network interface of an AWS service or of an instance. */
export interface ServiceInterfaceProps {
  readonly description: string;
  /** Ids of security groups. */
  readonly groups: readonly string[];
  /** @default "interface" */
  readonly type?: NetworkInterfaceType;
  /** Whether it is the first interface of an instance of the caller's account. @default false: a service's own */
  readonly instance?: boolean;
}

/**
 * Makes an attached network interface with a free address of a subnet.
 *
 * @returns its id
 * @throws ServiceError `InvalidSubnetID.NotFound`, `InsufficientFreeAddressesInSubnet`
 */
export function attachServiceInterface(
  context: RequestContext,
  subnetId: string,
  { description, groups, type = "interface", instance = false }: ServiceInterfaceProps,
): string {
  const { transaction, caller } = context;
  const subnet = subnets.get(context, subnetId);
  const id = networkInterfaces.newId(context);
  transaction.put(networkInterfaces, id, {
    ...locationOf(context),
    NetworkInterfaceId: id,
    SubnetId: subnet.SubnetId,
    VpcId: subnet.VpcId,
    AvailabilityZone: subnet.AvailabilityZone,
    AvailabilityZoneId: subnet.AvailabilityZoneId,
    Description: description,
    InterfaceType: type,
    MacAddress: newMacAddress(transaction),
    Status: "in-use",
    SourceDestCheck: type !== "natGateway",
    RequesterManaged: !instance,
    ...firstAddresses(context, subnet, { SubnetId: subnetId }),
    Groups: groupIdentifiers(context, groups),
    Attachment: {
      AttachmentId: `eni-attach-${transaction.hex(17)}`,
      InstanceId: instance ? `i-${transaction.hex(17)}` : undefined,
      InstanceOwnerId: instance ? caller.owner : "amazon-aws",
      DeviceIndex: instance ? 0 : 1,
      Status: "attached",
      DeleteOnTermination: instance,
      AttachTime: new Date(transaction.now).toISOString(),
    },
  });
  return id;
}

/** Deletes network interfaces, attached or not. One that does not exist is no error. */
export function deleteServiceInterfaces({ transaction }: RequestContext, ids: readonly string[]): void {
  for (const id of ids) transaction.remove(networkInterfaces, id);
}
