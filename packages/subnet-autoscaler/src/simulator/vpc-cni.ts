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
import { type Send } from "./simulated-network";

/** Minutes a node waits after no subnet had free addresses (ipamd: 120 seconds). */
const COOL_DOWN_MINUTES = 2;

/** Settings of the VPC CNI. */
export interface CniSettings {
  readonly prefixDelegation: boolean;
  /** WARM_PREFIX_TARGET. @default 1 */
  readonly warmPrefixes?: number;
  /** WARM_IP_TARGET, which overrides the warm prefixes and the warm interface. @default unset */
  readonly warmAddresses?: number;
  /** MINIMUM_IP_TARGET. @default 0 */
  readonly minimumAddresses?: number;
}

/** A node and its network. */
export interface NodeContext {
  readonly instanceId: string;
  readonly zone: string;
  readonly vpcId: string;
  /** Subnets for the first interface. */
  readonly nodeSubnets: readonly string[];
  readonly shape: InstanceShape;
}

/** A /28 prefix or a single address of an interface. */
interface Block {
  readonly cidr: string;
  /** Addresses used by pods. */
  used: number;
}

interface Interface {
  readonly id: string;
  readonly attachmentId?: string;
  /** Whether pods can use it; false for the first interface if its subnet is closed to pods. */
  readonly carriesPods: boolean;
  blocks: Block[];
}

/** The address daemon of the VPC CNI (ipamd) on one node. */
export class VpcCni {
  private interfaces: Interface[] = [];
  private waitingUntil = 0;
  private interfacesMade = 0;
  /** Whether the targets are met and nothing has changed since. */
  private isCurrent = false;
  /** Pods that have an address. */
  pods = 0;

  constructor(
    private readonly send: Send,
    private readonly settings: CniSettings,
    private readonly node: NodeContext,
  ) {}

  /** Creates the first interface. @returns false when no node subnet has a free address */
  async start(): Promise<boolean> {
    const open = await this.podSubnets();
    for (const SubnetId of this.node.nodeSubnets) {
      const made = await unlessFull(
        this.send<CreateNetworkInterfaceCommandOutput>(new CreateNetworkInterfaceCommand({ SubnetId })),
      );
      if (made === undefined) continue;
      // Not attached: EC2 deletes an interface at index 0 only with its instance, and the sandbox has no instances.
      const id = made.NetworkInterface!.NetworkInterfaceId!;
      this.interfaces.push({ id, carriesPods: open.includes(SubnetId), blocks: [] });
      return true;
    }
    return false;
  }

  /** Assigns an address to a pod. @returns false when there is none */
  addPod(): boolean {
    const blocks = this.blocks;
    // Blocks in use come first, so that whole blocks stay free.
    const block =
      blocks.find(({ used }) => used > 0 && used < this.blockSize) ?? blocks.find(({ used }) => used === 0);
    if (block === undefined) return false;
    block.used++;
    this.pods++;
    this.isCurrent = false;
    return true;
  }

  /** Removes a pod from the least used block. */
  removePod(): void {
    const block = this.blocks
      .filter(({ used }) => used > 0)
      .reduce((emptiest, other) => (other.used < emptiest.used ? other : emptiest));
    block.used--;
    this.pods--;
    this.isCurrent = false;
  }

  /** Brings the node's addresses to its warm targets. @param minute of the simulation */
  async reconcile(minute: number): Promise<void> {
    if (this.isCurrent || minute < this.waitingUntil) return;
    this.isCurrent = this.missing <= 0 || (await this.grow());
    if (!this.isCurrent) this.waitingUntil = minute + COOL_DOWN_MINUTES;
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
    return this.node.shape.addressesPerEni - 1;
  }

  private get blocks(): readonly Block[] {
    return this.interfaces.flatMap(({ blocks }) => blocks);
  }

  /** Blocks missing to meet the warm targets; negative if there are too many. */
  private get missing(): number {
    const { prefixDelegation, warmPrefixes = 1, warmAddresses, minimumAddresses = 0 } = this.settings;
    const count = this.blocks.length;
    if (warmAddresses !== undefined)
      return Math.ceil(Math.max(this.pods + warmAddresses, minimumAddresses) / this.blockSize) - count;
    const untouched = this.blocks.filter(({ used }) => used === 0).length;
    return (prefixDelegation ? warmPrefixes : this.slots) - untouched;
  }

  /** @returns whether the targets are met or the node's slots are full */
  private async grow(): Promise<boolean> {
    for (const eni of this.interfaces.filter(({ carriesPods }) => carriesPods)) {
      const count = Math.min(this.missing, this.slots - eni.blocks.length);
      if (count > 0) await this.assign(eni, count);
    }
    while (this.missing > 0 && this.interfaces.length < this.node.shape.enis)
      if (!(await this.addInterface())) return false;
    return true;
  }

  private async assign(eni: Interface, count: number): Promise<void> {
    const request = this.settings.prefixDelegation
      ? { Ipv4PrefixCount: count }
      : { SecondaryPrivateIpAddressCount: count };
    const given = await unlessFull(
      this.send<AssignPrivateIpAddressesCommandOutput>(
        new AssignPrivateIpAddressesCommand({ NetworkInterfaceId: eni.id, ...request }),
      ),
    );
    eni.blocks.push(
      ...(given?.AssignedIpv4Prefixes ?? []).map(({ Ipv4Prefix }) => ({ cidr: Ipv4Prefix!, used: 0 })),
      ...(given?.AssignedPrivateIpAddresses ?? []).map((one) => ({ cidr: one.PrivateIpAddress!, used: 0 })),
    );
  }

  /** Tries the subnets, the one with the most free addresses first. @returns false when none has enough */
  private async addInterface(): Promise<boolean> {
    const count = Math.min(this.missing, this.slots);
    const request = this.settings.prefixDelegation
      ? { Ipv4PrefixCount: count }
      : { SecondaryPrivateIpAddressCount: count };
    for (const SubnetId of await this.podSubnets()) {
      const made = await unlessFull(
        this.send<CreateNetworkInterfaceCommandOutput>(
          new CreateNetworkInterfaceCommand({ SubnetId, ...request }),
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
        InstanceId: this.node.instanceId,
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

  /** Releases unused blocks, and interfaces without blocks. */
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

  /** Without prefixes, addresses are released with their interface when more than the warm interface is idle. */
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

  /** Subnets of the zone that the CNI (v1.22 or later) may use, the one with the most free addresses first. */
  private async podSubnets(): Promise<readonly string[]> {
    const { Subnets = [] } = await this.send<DescribeSubnetsCommandOutput>(
      new DescribeSubnetsCommand({
        Filters: [
          { Name: "vpc-id", Values: [this.node.vpcId] },
          { Name: "availability-zone", Values: [this.node.zone] },
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

/** Returns undefined when the subnet is full; any other error fails the simulation. */
async function unlessFull<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (/^Insufficient(CidrBlocks|FreeAddressesInSubnet)$/.test((error as Error).name)) return undefined;
    throw error;
  }
}
