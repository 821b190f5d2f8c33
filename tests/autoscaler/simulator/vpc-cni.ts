import {
  AssignPrivateIpAddressesCommand,
  type AssignPrivateIpAddressesCommandOutput,
  AttachNetworkInterfaceCommand,
  type AttachNetworkInterfaceCommandOutput,
  CreateNetworkInterfaceCommand,
  type CreateNetworkInterfaceCommandOutput,
  DeleteNetworkInterfaceCommand,
  DescribeSubnetsCommand,
  type DescribeSubnetsCommandOutput,
  DetachNetworkInterfaceCommand,
  type NetworkInterface,
  UnassignPrivateIpAddressesCommand,
} from "@aws-sdk/client-ec2";
import { ADDRESSES_PER_PREFIX, type InstanceShape } from "@cluster-ipam/address-plan";
import { type Send } from "./simulated-vpc";

/** Minutes for which a node asks for nothing after no subnet had anything to give (ipamd: 120 seconds). */
const COOL_DOWN_MINUTES = 2;

/** How the VPC CNI is configured. */
export interface CniSettings {
  readonly prefixDelegation: boolean;
  /** WARM_PREFIX_TARGET. @default 1 */
  readonly warmPrefixes?: number;
  /** WARM_IP_TARGET, which takes the place of the warm prefixes and the warm interface. @default unset */
  readonly warmAddresses?: number;
  /** MINIMUM_IP_TARGET. @default 0 */
  readonly minimumAddresses?: number;
}

/** What a node takes addresses for, and where. */
export interface NodePlace {
  readonly instanceId: string;
  readonly zone: string;
  readonly vpcId: string;
  /** Where the first interface can be. */
  readonly nodeSubnets: readonly string[];
  readonly shape: InstanceShape;
}

/** A /28, or a single address, of an interface. */
interface Block {
  readonly cidr: string;
  /** Addresses that pods have. */
  used: number;
}

interface Interface {
  readonly id: string;
  readonly attachmentId?: string;
  /** Pods may use it: not the first one where its subnet is closed to pods. */
  readonly carriesPods: boolean;
  blocks: Block[];
}

/** The address daemon of the VPC CNI (ipamd) on one node. */
export class VpcCni {
  private interfaces: Interface[] = [];
  private silentUntil = 0;
  private interfacesMade = 0;
  /** Nothing has changed since the last look. */
  private settled = false;
  /** Pods that have an address. */
  pods = 0;

  constructor(
    private readonly send: Send,
    private readonly settings: CniSettings,
    private readonly place: NodePlace,
  ) {}

  /** The node starts with its first interface. @returns false when no node subnet has an address */
  async start(): Promise<boolean> {
    const open = await this.podSubnets();
    for (const SubnetId of this.place.nodeSubnets) {
      const made = await unlessFull(
        this.send<CreateNetworkInterfaceCommandOutput>(new CreateNetworkInterfaceCommand({ SubnetId })),
      );
      if (made === undefined) continue;
      // Not attached: an interface at index 0 only goes with its instance, and the sandbox has no instances.
      const id = made.NetworkInterface!.NetworkInterfaceId!;
      this.interfaces.push({ id, carriesPods: open.includes(SubnetId), blocks: [] });
      return true;
    }
    return false;
  }

  /** Gives a pod an address. @returns false when there is none */
  addPod(): boolean {
    const blocks = this.blocks;
    // A block in use first, so that whole ones stay free.
    const block =
      blocks.find(({ used }) => used > 0 && used < this.blockSize) ?? blocks.find(({ used }) => used === 0);
    if (block === undefined) return false;
    block.used++;
    this.pods++;
    this.settled = false;
    return true;
  }

  /** A pod ends: one of the emptiest block in use. */
  removePod(): void {
    const block = this.blocks
      .filter(({ used }) => used > 0)
      .reduce((emptiest, other) => (other.used < emptiest.used ? other : emptiest));
    block.used--;
    this.pods--;
    this.settled = false;
  }

  /** Brings what the node holds to its warm targets. @param minute of the simulation */
  async reconcile(minute: number): Promise<void> {
    if (this.settled || minute < this.silentUntil) return;
    this.settled = this.missing <= 0 || (await this.grow());
    if (!this.settled) this.silentUntil = minute + COOL_DOWN_MINUTES;
    await this.shrink();
  }

  /** The instance is terminated. */
  async stop(): Promise<void> {
    for (const eni of this.interfaces) await this.remove(eni);
    this.interfaces = [];
  }

  private get blockSize(): number {
    return this.settings.prefixDelegation ? ADDRESSES_PER_PREFIX : 1;
  }

  private get slots(): number {
    return this.place.shape.addressesPerEni - 1;
  }

  private get blocks(): readonly Block[] {
    return this.interfaces.flatMap(({ blocks }) => blocks);
  }

  /** Blocks to have more than now, for pods that may come. Negative: so many less would do. */
  private get missing(): number {
    const { prefixDelegation, warmPrefixes = 1, warmAddresses, minimumAddresses = 0 } = this.settings;
    const held = this.blocks.length;
    if (warmAddresses !== undefined)
      return Math.ceil(Math.max(this.pods + warmAddresses, minimumAddresses) / this.blockSize) - held;
    const untouched = this.blocks.filter(({ used }) => used === 0).length;
    return (prefixDelegation ? warmPrefixes : this.slots) - untouched;
  }

  /** @returns whether all that was missing came, or the node's slots are full */
  private async grow(): Promise<boolean> {
    for (const eni of this.interfaces.filter(({ carriesPods }) => carriesPods)) {
      const count = Math.min(this.missing, this.slots - eni.blocks.length);
      if (count > 0) await this.assign(eni, count);
    }
    while (this.missing > 0 && this.interfaces.length < this.place.shape.enis)
      if (!(await this.addInterface())) return false;
    return true;
  }

  private async assign(eni: Interface, count: number): Promise<void> {
    const asked = this.settings.prefixDelegation
      ? { Ipv4PrefixCount: count }
      : { SecondaryPrivateIpAddressCount: count };
    const given = await unlessFull(
      this.send<AssignPrivateIpAddressesCommandOutput>(
        new AssignPrivateIpAddressesCommand({ NetworkInterfaceId: eni.id, ...asked }),
      ),
    );
    eni.blocks.push(
      ...(given?.AssignedIpv4Prefixes ?? []).map(({ Ipv4Prefix }) => ({ cidr: Ipv4Prefix!, used: 0 })),
      ...(given?.AssignedPrivateIpAddresses ?? []).map((one) => ({ cidr: one.PrivateIpAddress!, used: 0 })),
    );
  }

  /** Tries the subnets, the emptiest first. @returns false when none has room */
  private async addInterface(): Promise<boolean> {
    const count = Math.min(this.missing, this.slots);
    const asked = this.settings.prefixDelegation
      ? { Ipv4PrefixCount: count }
      : { SecondaryPrivateIpAddressCount: count };
    for (const SubnetId of await this.podSubnets()) {
      const made = await unlessFull(
        this.send<CreateNetworkInterfaceCommandOutput>(
          new CreateNetworkInterfaceCommand({ SubnetId, ...asked }),
        ),
      );
      if (made === undefined) continue;
      this.interfaces.push(await this.attach(made.NetworkInterface!));
      return true;
    }
    return false;
  }

  private async attach(eni: NetworkInterface): Promise<Interface> {
    const { AttachmentId } = await this.send<AttachNetworkInterfaceCommandOutput>(
      new AttachNetworkInterfaceCommand({
        NetworkInterfaceId: eni.NetworkInterfaceId,
        InstanceId: this.place.instanceId,
        DeviceIndex: ++this.interfacesMade,
      }),
    );
    const addresses = eni.PrivateIpAddresses!.filter(({ Primary }) => !Primary);
    return {
      id: eni.NetworkInterfaceId!,
      attachmentId: AttachmentId!,
      carriesPods: true,
      blocks: [
        ...(eni.Ipv4Prefixes ?? []).map(({ Ipv4Prefix }) => ({ cidr: Ipv4Prefix!, used: 0 })),
        ...addresses.map((one) => ({ cidr: one.PrivateIpAddress!, used: 0 })),
      ],
    };
  }

  /** Gives back blocks that no pod uses, and interfaces that hold none. */
  private async shrink(): Promise<void> {
    if (this.missing >= 0) return;
    if (!this.settings.prefixDelegation && this.settings.warmAddresses === undefined)
      return this.dropIdleInterface();
    for (const eni of [...this.interfaces].reverse()) {
      const idle = eni.blocks.filter(({ used }) => used === 0).slice(0, Math.max(0, -this.missing));
      if (idle.length === 0) continue;
      eni.blocks = eni.blocks.filter((block) => !idle.includes(block));
      if (eni.blocks.length === 0 && eni.attachmentId !== undefined) await this.drop(eni);
      else await this.unassign(eni, idle);
    }
  }

  /** Single addresses go with their interface, when one more than the warm one is idle. */
  private async dropIdleInterface(): Promise<void> {
    const idle = this.interfaces.find(
      ({ attachmentId, blocks }) =>
        attachmentId !== undefined &&
        blocks.every(({ used }) => used === 0) &&
        blocks.length <= -this.missing,
    );
    if (idle) await this.drop(idle);
  }

  private async drop(eni: Interface): Promise<void> {
    this.interfaces = this.interfaces.filter((other) => other !== eni);
    await this.remove(eni);
  }

  private async unassign(eni: Interface, blocks: readonly Block[]): Promise<void> {
    const cidrs = blocks.map(({ cidr }) => cidr);
    await this.send(
      new UnassignPrivateIpAddressesCommand({
        NetworkInterfaceId: eni.id,
        ...(this.settings.prefixDelegation ? { Ipv4Prefixes: cidrs } : { PrivateIpAddresses: cidrs }),
      }),
    );
  }

  private async remove({ id, attachmentId }: Interface): Promise<void> {
    if (attachmentId !== undefined)
      await this.send(new DetachNetworkInterfaceCommand({ AttachmentId: attachmentId }));
    await this.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId: id }));
  }

  /** The subnets of the zone that the CNI (1.22 or later) may use, the one with the most free addresses first. */
  private async podSubnets(): Promise<readonly string[]> {
    const { Subnets = [] } = await this.send<DescribeSubnetsCommandOutput>(
      new DescribeSubnetsCommand({
        Filters: [
          { Name: "vpc-id", Values: [this.place.vpcId] },
          { Name: "availability-zone", Values: [this.place.zone] },
        ],
      }),
    );
    return Subnets.filter(({ Tags = [] }) => {
      const value = Tags.find(({ Key }) => Key === "kubernetes.io/role/cni")?.Value;
      return value !== undefined && value !== "" && value !== "0";
    })
      .sort((one, other) => other.AvailableIpAddressCount! - one.AvailableIpAddressCount!)
      .map(({ SubnetId }) => SubnetId!);
  }
}

/** Undefined when the subnet is full; any other refusal is an error of the simulation. */
async function unlessFull<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (/^Insufficient(CidrBlocks|FreeAddressesInSubnet)$/.test((error as Error).name)) return undefined;
    throw error;
  }
}
