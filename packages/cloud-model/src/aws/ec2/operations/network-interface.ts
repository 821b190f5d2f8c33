import {
  type AttachNetworkInterfaceRequest,
  type AttachNetworkInterfaceResult,
  type CreateNetworkInterfaceRequest,
  type CreateNetworkInterfaceResult,
  type DeleteNetworkInterfaceRequest,
  type DescribeNetworkInterfacesRequest,
  type DescribeNetworkInterfacesResult,
  type DetachNetworkInterfaceRequest,
  type ModifyNetworkInterfaceAttributeRequest,
  type NetworkInterface as NetworkInterfaceShape,
} from "@aws-sdk/client-ec2";
import { type RequestContext } from "../../../request-context";
import { ServiceError } from "../../../service-error";
import { groupIdentifiers } from "../documents/connectivity/security-group";
import { locationOf } from "../documents/located";
import {
  interfacesOf,
  type NetworkInterface,
  networkInterfaces,
  newMacAddress,
} from "../documents/network-interface";
import { invalidValue } from "../documents/refusals";
import { subnets } from "../documents/subnet";
import { removeTags, tagsOf } from "../documents/tags";
import { firstAddresses } from "../rules/interface-addresses";
import { addTags, tagsFor } from "../rules/tags";
import { filterAndPage, type Listing } from "./filter-and-page";

/** Creates a network interface with the requested addresses, or free ones. */
export function createNetworkInterface(
  context: RequestContext,
  input: CreateNetworkInterfaceRequest,
): CreateNetworkInterfaceResult {
  const { transaction } = context;
  const subnet = subnets.get(context, input.SubnetId);
  const id = networkInterfaces.newId(context);
  const tags = tagsFor("network-interface", input.TagSpecifications);
  const eni: NetworkInterface = {
    ...locationOf(context),
    NetworkInterfaceId: id,
    SubnetId: subnet.SubnetId,
    VpcId: subnet.VpcId,
    AvailabilityZone: subnet.AvailabilityZone,
    AvailabilityZoneId: subnet.AvailabilityZoneId,
    Description: input.Description ?? "",
    InterfaceType: input.InterfaceType ?? "interface",
    MacAddress: newMacAddress(transaction),
    Status: "available",
    SourceDestCheck: true,
    RequesterManaged: false,
    ...firstAddresses(context, subnet, input),
    Groups: groupIdentifiers(context, input.Groups ?? []),
  };
  transaction.put(networkInterfaces, id, eni);
  addTags(context, id, "network-interface", tags);
  return { NetworkInterface: toShape(context, eni) };
}

/** Deletes a network interface that is not attached. */
export function deleteNetworkInterface(
  context: RequestContext,
  { NetworkInterfaceId }: DeleteNetworkInterfaceRequest,
): void {
  const { NetworkInterfaceId: id, Attachment } = networkInterfaces.get(context, NetworkInterfaceId);
  if (Attachment) throw invalidValue(`Network interface '${id}' is currently in use.`);
  context.transaction.remove(networkInterfaces, id);
  removeTags(context, id);
}

/** Attaches a network interface to an instance, which is not checked. Instances have one network card, 0. */
export function attachNetworkInterface(
  context: RequestContext,
  { NetworkInterfaceId, InstanceId = "", DeviceIndex = 0 }: AttachNetworkInterfaceRequest,
): AttachNetworkInterfaceResult {
  const eni = networkInterfaces.get(context, NetworkInterfaceId);
  if (!/^i-([0-9a-f]{8}|[0-9a-f]{17})$/.test(InstanceId))
    throw new ServiceError("InvalidInstanceID.Malformed", `Invalid id: "${InstanceId}"`);
  if (eni.Attachment)
    throw new ServiceError("InvalidNetworkInterface.InUse", `Interface: [${eni.NetworkInterfaceId}] in use.`);
  const isTaken = interfacesOf(context.transaction, InstanceId).some(
    ({ Attachment: other }) => other?.DeviceIndex === DeviceIndex,
  );
  if (isTaken)
    throw invalidValue(
      `Instance '${InstanceId}' already has an interface attached at device index '${DeviceIndex}'.`,
    );
  const AttachmentId = `eni-attach-${context.transaction.hex(17)}`;
  context.transaction.put(networkInterfaces, eni.NetworkInterfaceId, {
    ...eni,
    Status: "in-use",
    Attachment: {
      AttachmentId,
      InstanceId,
      InstanceOwnerId: context.caller.owner,
      DeviceIndex,
      Status: "attached",
      DeleteOnTermination: false,
      AttachTime: new Date(context.transaction.now).toISOString(),
    },
  });
  return { AttachmentId, NetworkCardIndex: 0 };
}

/** Detaches a network interface; the first of an instance cannot be detached. */
export function detachNetworkInterface(
  context: RequestContext,
  { AttachmentId = "", Force: _force }: DetachNetworkInterfaceRequest,
): void {
  const found = networkInterfaces
    .all(context)
    .find(({ Attachment }) => Attachment?.AttachmentId === AttachmentId);
  if (!found)
    throw new ServiceError(
      "InvalidAttachmentID.NotFound",
      `The attachment ID '${AttachmentId}' does not exist`,
    );
  const { Attachment, ...eni } = found;
  if (Attachment?.DeviceIndex === 0)
    throw new ServiceError(
      "OperationNotPermitted",
      "The network interface at device index 0 cannot be detached.",
    );
  context.transaction.put(networkInterfaces, eni.NetworkInterfaceId, { ...eni, Status: "available" });
}

/** Changes description, source/destination check, security groups or the attachment. */
export function modifyNetworkInterfaceAttribute(
  context: RequestContext,
  input: ModifyNetworkInterfaceAttributeRequest,
): void {
  const eni = networkInterfaces.get(context, input.NetworkInterfaceId);
  const { Description, SourceDestCheck, Groups, Attachment } = input;
  context.transaction.put(networkInterfaces, eni.NetworkInterfaceId, {
    ...eni,
    Description: Description?.Value ?? eni.Description,
    SourceDestCheck: SourceDestCheck?.Value ?? eni.SourceDestCheck,
    Groups: Groups ? groupIdentifiers(context, Groups) : eni.Groups,
    ...(Attachment && { Attachment: modified(eni, Attachment) }),
  });
}

type AttachmentChanges = NonNullable<ModifyNetworkInterfaceAttributeRequest["Attachment"]>;

function modified(
  { NetworkInterfaceId, Attachment }: NetworkInterface,
  { AttachmentId, DeleteOnTermination }: AttachmentChanges,
): NonNullable<NetworkInterface["Attachment"]> {
  if (!Attachment || Attachment.AttachmentId !== AttachmentId)
    throw new ServiceError(
      "InvalidAttachmentID.NotFound",
      `The attachment '${AttachmentId}' is not of the network interface '${NetworkInterfaceId}'`,
    );
  return {
    ...Attachment,
    DeleteOnTermination: DeleteOnTermination ?? Attachment.DeleteOnTermination,
  };
}

const listing: Listing<NetworkInterface> = {
  action: "DescribeNetworkInterfaces",
  idOf: ({ NetworkInterfaceId }) => NetworkInterfaceId,
  filters: {
    "addresses.primary": ({ PrivateIpAddresses }) => PrivateIpAddresses.map(({ Primary }) => String(Primary)),
    "addresses.private-ip-address": (eni) => addresses(eni),
    "attachment.attach-time": ({ Attachment }) => Attachment?.AttachTime,
    "attachment.attachment-id": ({ Attachment }) => Attachment?.AttachmentId,
    "attachment.delete-on-termination": ({ Attachment }) => Attachment?.DeleteOnTermination,
    "attachment.device-index": ({ Attachment }) => Attachment?.DeviceIndex,
    "attachment.instance-id": ({ Attachment }) => Attachment?.InstanceId,
    "attachment.instance-owner-id": ({ Attachment }) => Attachment?.InstanceOwnerId,
    "attachment.status": ({ Attachment }) => Attachment?.Status,
    "availability-zone": ({ AvailabilityZone }) => AvailabilityZone,
    "availability-zone-id": ({ AvailabilityZoneId }) => AvailabilityZoneId,
    description: ({ Description }) => Description,
    "group-id": ({ Groups }) => Groups.map(({ GroupId }) => GroupId),
    "group-name": ({ Groups }) => Groups.map(({ GroupName }) => GroupName),
    "interface-type": ({ InterfaceType }) => InterfaceType,
    "ipv6-addresses.ipv6-address": () => undefined,
    "mac-address": ({ MacAddress }) => MacAddress,
    "network-interface-id": ({ NetworkInterfaceId }) => NetworkInterfaceId,
    "operator.managed": () => false,
    "operator.principal": () => undefined,
    "owner-id": ({ OwnerId }) => OwnerId,
    "private-dns-name": ({ PrivateIpAddress, Region }) => privateDnsName(PrivateIpAddress, Region),
    "private-ip-address": (eni) => addresses(eni),
    "requester-id": ({ RequesterId }) => RequesterId,
    "requester-managed": ({ RequesterManaged }) => RequesterManaged,
    "source-dest-check": ({ SourceDestCheck }) => SourceDestCheck,
    status: ({ Status }) => Status,
    "subnet-id": ({ SubnetId }) => SubnetId,
    "vpc-id": ({ VpcId }) => VpcId,
  },
  missing: (id) => networkInterfaces.notFound(id),
  idsOrPage: true,
};

const addresses = ({ PrivateIpAddresses }: NetworkInterface): readonly string[] =>
  PrivateIpAddresses.map(({ PrivateIpAddress }) => PrivateIpAddress);

/** Lists network interfaces. */
export function describeNetworkInterfaces(
  context: RequestContext,
  input: DescribeNetworkInterfacesRequest,
): DescribeNetworkInterfacesResult {
  const page = filterAndPage(
    context,
    networkInterfaces.all(context),
    listing,
    input,
    input.NetworkInterfaceIds,
  );
  return {
    NetworkInterfaces: page.documents.map((eni) => toShape(context, eni)),
    NextToken: page.NextToken,
  };
}

/** A network interface in the SDK's shape. */
const toShape = (
  { transaction }: RequestContext,
  { Region, Attachment, ...eni }: NetworkInterface,
): NetworkInterfaceShape => ({
  ...eni,
  PrivateIpAddresses: eni.PrivateIpAddresses.map((address) => ({
    ...address,
    PrivateDnsName: privateDnsName(address.PrivateIpAddress, Region),
  })),
  Ipv4Prefixes: [...eni.Ipv4Prefixes],
  Ipv6Addresses: [],
  Groups: [...eni.Groups],
  Operator: { Managed: false },
  PrivateDnsName: privateDnsName(eni.PrivateIpAddress, Region),
  TagSet: tagsOf(transaction, eni.NetworkInterfaceId),
  ...(Attachment && {
    Attachment: { ...Attachment, AttachTime: new Date(Attachment.AttachTime), NetworkCardIndex: 0 },
  }),
});

const privateDnsName = (address: string, region: string): string =>
  `ip-${address.replaceAll(".", "-")}.${region === "us-east-1" ? "ec2" : `${region}.compute`}.internal`;
