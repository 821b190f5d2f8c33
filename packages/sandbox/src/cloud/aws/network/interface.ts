import { type NetworkInterfaceType } from "@aws-sdk/client-ec2";
import { type Scene } from "../../resource-model";
import { networkInterfaces } from "../ec2/network-interface";
import { firstAddresses } from "../ec2/network-interface-addresses";
import { locationOf } from "../ec2/scene";
import { subnets } from "../ec2/subnet";
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
export function plugIn(scene: Scene, subnetId: string, props: InterfaceProps): string {
  const subnet = subnets.get(scene, subnetId);
  const { owner } = scene.place;
  const id = networkInterfaces.newId(scene);
  const now = new Date(scene.transaction.now).toISOString();
  scene.transaction.put(networkInterfaces, id, {
    ...locationOf(scene),
    NetworkInterfaceId: id,
    SubnetId: subnet.SubnetId,
    VpcId: subnet.VpcId,
    AvailabilityZone: subnet.AvailabilityZone,
    AvailabilityZoneId: subnet.AvailabilityZoneId,
    Description: props.description,
    InterfaceType: props.type ?? "interface",
    MacAddress: macAddress(scene),
    Status: "in-use",
    SourceDestCheck: props.type !== "natGateway",
    RequesterManaged: !props.instance,
    ...firstAddresses(scene, subnet, { SubnetId: subnetId }),
    Groups: props.groups.map((group) => ({ GroupId: group, GroupName: groupName(scene, group) })),
    Attachment: {
      AttachmentId: `eni-attach-${scene.transaction.hex(17)}`,
      InstanceId: props.instance ? `i-${scene.transaction.hex(17)}` : undefined,
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
export function unplug({ transaction }: Scene, ids: readonly string[]): void {
  for (const id of ids) transaction.remove(networkInterfaces, id);
}

const macAddress = ({ transaction }: Scene): string => `02:${transaction.hex(10).match(/../g)!.join(":")}`;

const groupName = (scene: Scene, id: string): string =>
  standingById(scene, "aws_security_group", id)?.text("name") ?? "";
