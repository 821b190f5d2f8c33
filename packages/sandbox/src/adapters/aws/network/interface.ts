import { type NetworkInterfaceType } from "@aws-sdk/client-ec2";
import { firstAddresses, locationOf, networkInterfaces, subnets } from "@cluster-ipam/cloud-model/aws/ec2";
import { type ResourceContext } from "../../resource-model";
import { standingById } from "./standing";

/** What a service's interface is made for. */
export interface InterfaceProps {
  readonly description: string;
  /** Ids of security groups. */
  readonly groups: readonly string[];
  /** @default "interface" */
  readonly type?: NetworkInterfaceType;
  /** Whether an instance of that account boots from it. @default no instance */
  readonly instance?: boolean;
}

/**
 * Makes a network interface with a free address of a subnet.
 *
 * @returns its id
 * @throws ServiceError `InvalidSubnetID.NotFound`, `InsufficientFreeAddressesInSubnet`
 */
export function attachServiceInterface(
  context: ResourceContext,
  subnetId: string,
  props: InterfaceProps,
): string {
  const subnet = subnets.get(context, subnetId);
  const { owner } = context.caller;
  const id = networkInterfaces.newId(context);
  const now = new Date(context.transaction.now).toISOString();
  context.transaction.put(networkInterfaces, id, {
    ...locationOf(context),
    NetworkInterfaceId: id,
    SubnetId: subnet.SubnetId,
    VpcId: subnet.VpcId,
    AvailabilityZone: subnet.AvailabilityZone,
    AvailabilityZoneId: subnet.AvailabilityZoneId,
    Description: props.description,
    InterfaceType: props.type ?? "interface",
    MacAddress: macAddress(context),
    Status: "in-use",
    SourceDestCheck: props.type !== "natGateway",
    RequesterManaged: !props.instance,
    ...firstAddresses(context, subnet, { SubnetId: subnetId }),
    Groups: props.groups.map((group) => ({ GroupId: group, GroupName: groupName(context, group) })),
    Attachment: {
      AttachmentId: `eni-attach-${context.transaction.hex(17)}`,
      InstanceId: props.instance ? `i-${context.transaction.hex(17)}` : undefined,
      InstanceOwnerId: props.instance ? owner : "amazon-aws",
      DeviceIndex: props.instance ? 0 : 1,
      Status: "attached",
      DeleteOnTermination: props.instance ?? false,
      AttachTime: now,
    },
  });
  return id;
}

/** Takes network interfaces away; those that are gone are no error. */
export function deleteInterfaces({ transaction }: ResourceContext, ids: readonly string[]): void {
  for (const id of ids) transaction.remove(networkInterfaces, id);
}

const macAddress = ({ transaction }: ResourceContext): string =>
  `02:${transaction.hex(10).match(/../g)!.join(":")}`;

const groupName = (context: ResourceContext, id: string): string =>
  standingById(context, "aws_security_group", id)?.text("name") ?? "";
