import {
  type AddressPlan,
  type ClusterAddresses,
  type EksClusterAddresses,
} from "@cluster-ipam/address-plan";
import { type StackState } from "@cluster-ipam/address-plan/states";
import { AwsResources } from "./aws-resources";
import { addressSpace, eksCluster, eksNetwork } from "./aws-stacks";
import { Cloud } from "./cloud";
import { GoogleResources } from "./google-resources";
import { gkeCluster, gkeNetwork } from "./google-stacks";
import { type ComposedResource, type Destroyed, Stack } from "./stack";

/** What a deployment includes. */
export interface DeploymentOptions {
  /** Whether the stacks of a cluster, by its name in the cloud, are deployed. @default all */
  readonly includes?: (cluster: string) => boolean;
  /** Whether it ends after the networks. @default false */
  readonly networksOnly?: boolean;
}

/** The stacks of a cluster. */
interface ClusterStacks {
  readonly network: Stack;
  readonly cluster: Stack;
}

/** What an organisation deployed: the stacks with their states, and the clouds. */
export class World {
  readonly cloud = new Cloud();
  private readonly aws = new AwsResources(this.cloud);
  private readonly google = new GoogleResources(this.cloud);
  readonly addressSpace = new Stack({ id: "address-space" });
  private readonly stacks = new Map<string, ClusterStacks>();
  /** Names in the cloud of the clusters whose stacks are in the record. */
  private readonly recorded = new Set<string>();
  /** Names in the cloud of the clusters whose VPC was there before. */
  private readonly adopted = new Set<string>();

  /** Records the stacks of a composition, as a synthesis does. */
  record(clusters: readonly string[]): void {
    for (const name of clusters) this.recorded.add(name);
  }

  /** Imports a VPC that was created without IPAM. Its stack is not deployed yet. */
  adopt(addresses: EksClusterAddresses): void {
    this.adopted.add(addresses.name);
    const [vpc] = this.network(addresses);
    this.stacksOf(addresses.name).network.apply([vpc!]);
  }

  /** Drops stacks whose states are empty from the record. @param living clusters in the plan or in the lock */
  dropEmptied(living: ReadonlySet<string>): void {
    for (const name of [...this.recorded]) {
      if (living.has(name)) continue;
      const { network, cluster } = this.stacksOf(name);
      if (network.state.status === "empty" && cluster.state.status === "empty") this.recorded.delete(name);
    }
  }

  /** The states of the recorded stacks. */
  get states(): StackState[] {
    const own = [...this.recorded].map((name) => this.stacksOf(name));
    return [this.addressSpace, ...own.flatMap(({ network, cluster }) => [network, cluster])].map(
      ({ state }) => state,
    );
  }

  /** Names of the clusters whose stacks were destroyed. */
  get emptied(): string[] {
    return [...this.stacks].flatMap(([name, { network }]) =>
      network.state.status === "empty" ? [name] : [],
    );
  }

  /** All resources that exist. */
  get resources() {
    const all = [
      this.addressSpace,
      ...[...this.stacks.values()].flatMap(({ network, cluster }) => [network, cluster]),
    ];
    return all.flatMap((stack) => stack.resources.map((resource) => ({ stack, ...resource })));
  }

  /**
   * Deploys in the order of the stacks: the address space, what left the plan, then the networks and the clusters.
   *
   * @returns what was destroyed in stacks of clusters in the plan
   * @throws ServiceError where the cloud refuses
   */
  deploy(
    plan: AddressPlan,
    { includes = () => true, networksOnly = false }: DeploymentOptions = {},
  ): Destroyed[] {
    const destroyed = [...this.addressSpace.apply(addressSpace(plan, this.aws, this.addressSpace))];
    const clusters = plan.clusters;
    const living = new Set(clusters.map(({ name }) => name));
    for (const name of this.recorded)
      if (!living.has(name) && includes(name) && !networksOnly) this.destroy(name);
    const included = clusters.filter(({ name }) => includes(name));
    for (const addresses of included)
      destroyed.push(...this.stacksOf(addresses.name).network.apply(this.network(addresses)));
    if (networksOnly) return destroyed;
    for (const addresses of included)
      destroyed.push(...this.stacksOf(addresses.name).cluster.apply(this.cluster(addresses)));
    return destroyed;
  }

  /** Destroys the stacks of a cluster: the cluster, then its network. */
  destroy(name: string): void {
    const { network, cluster } = this.stacksOf(name);
    cluster.apply([]);
    network.apply([]);
    this.adopted.delete(name);
  }

  private network(addresses: ClusterAddresses): ComposedResource[] {
    const { network } = this.stacksOf(addresses.name);
    if (addresses.cloud === "google") return gkeNetwork(addresses, this.google, network);
    const poolId = (key: string) => this.addressSpace.attributesOf(`aws_vpc_ipam_pool.${key}`)["id"];
    const vpcPoolId = this.adopted.has(addresses.name) ? () => undefined : poolId;
    return eksNetwork(addresses, this.aws, network, { poolId, vpcPoolId });
  }

  private cluster(addresses: ClusterAddresses): ComposedResource[] {
    const { network } = this.stacksOf(addresses.name);
    return addresses.cloud === "google"
      ? gkeCluster(addresses, this.google)
      : eksCluster(addresses, this.aws, network);
  }

  private stacksOf(name: string): ClusterStacks {
    const known = this.stacks.get(name);
    if (known !== undefined) return known;
    const stacks = {
      network: new Stack({ id: `${name}-network`, cluster: name, kind: "network" }),
      cluster: new Stack({ id: name, cluster: name, kind: "cluster" }),
    };
    this.stacks.set(name, stacks);
    return stacks;
  }
}
