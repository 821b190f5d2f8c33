import { Prefix } from "@cluster-ipam/address-plan";
import { ATTACHED_LATER, GROWTH, Network, type NetworkProps, ZONES } from "./network";
import { type Permissions } from "./permissions";
import { type Ended, type RunProps, startRun } from "./run";
import { Watch } from "./watch";

const [ZONE] = ZONES;

/** A network and who watches it. */
export class Scene {
  private constructor(
    readonly network: Network,
    readonly watch: Watch,
  ) {}

  static async build(permissions: Permissions, props?: NetworkProps): Promise<Scene> {
    const network = await Network.build(props);
    return new Scene(network, new Watch(network, permissions));
  }

  run(props?: RunProps): Promise<Ended> {
    return startRun(this.network, this.watch, props);
  }

  /** Undisturbed runs, so many minutes apart. @returns what they failed with */
  async runEvery(minutes: number, times: number): Promise<readonly string[]> {
    const failures: string[] = [];
    for (let time = 0; time < times; time++) {
      this.network.pass(minutes);
      const { failure } = await this.run();
      if (failure) failures.push(failure.message);
    }
    return failures;
  }

  /** Every node goes, and the autoscaler has two hours to give everything back. @returns what it keeps */
  async giveBack(): Promise<readonly string[]> {
    for (const zone of ZONES) await this.network.leave(zone);
    const failures: string[] = [];
    for (let minutes = 0; minutes < 120 && (await this.kept()).length > 0; minutes += 6)
      failures.push(...(await this.runEvery(6, 1)));
    return [...failures, ...(await this.kept()).map((cidr) => `${cidr} is not given back`)];
  }

  private async kept(): Promise<readonly string[]> {
    const { ec2, vpcId } = this.network;
    // What a person took over stays, and counts when the autoscaler judges whether the CIDR is needed.
    const spaces = [GROWTH, ATTACHED_LATER].map((cidr) => Prefix.parse(cidr));
    const subnets = (await ec2.subnets(vpcId)).map(({ cidr }) => Prefix.parse(cidr));
    const isUsed = subnets.some((subnet) => spaces.some((space) => space.contains(subnet)));
    const attached = (await ec2.vpcCidrs(vpcId)).filter(({ cidr }) => cidr === ATTACHED_LATER && !isUsed);
    return [...(await this.network.grown()), ...attached].map(({ cidr }) => cidr);
  }

  /** Nodes come until the pod subnets have no prefix left. */
  async fill(): Promise<void> {
    while (await this.network.join(ZONE)) continue;
  }

  /** Nodes come until there are so many growth subnets. */
  async grow(subnets: number): Promise<void> {
    while ((await this.network.grown()).length < subnets) {
      await this.fill();
      await this.runEvery(3, 1);
    }
  }

  /** Every node goes, and the autoscaler gives back, until something holds. */
  async shrinkUntil(holds: () => Promise<boolean>): Promise<void> {
    await this.network.leave(ZONE);
    for (let minutes = 0; minutes < 120 && !(await holds()); minutes++) await this.runEvery(1, 1);
  }

  /** How many growth subnets nodes find. */
  async open(): Promise<number> {
    return (await this.network.grown()).filter(({ tags }) => this.network.isOpen(tags)).length;
  }

  async vpcCidrs(): Promise<number> {
    return (await this.network.ec2.vpcCidrs(this.network.vpcId)).length;
  }
}

/** A network in which one run has something to do. */
export interface Scenario {
  readonly network?: NetworkProps;
  /** Brings the network to where the run begins. */
  prepare(scene: Scene): Promise<void>;
  /** The changes that the undisturbed run makes. */
  readonly changes: readonly string[];
  /** Minutes after which it does, where a disturbance makes it wait anew. @default 0 */
  readonly patience?: number;
  /** Whether the network is where the run should bring it. */
  reached(scene: Scene): Promise<boolean>;
}

const DAY_ZERO_CIDRS = 3;
const birth = ["CreateSubnet", "AssociateRouteTable", "ReplaceNetworkAclAssociation", "CreateTags"];

const growing = (network?: NetworkProps): Scenario => ({
  network,
  prepare: (scene) => scene.fill(),
  changes: birth,
  reached: async (scene) => (await scene.open()) === 1,
});

const closing = (changes: readonly string[], network?: NetworkProps): Scenario => ({
  network,
  prepare: async (scene) => {
    await scene.grow(1);
    await scene.network.leave(ZONE);
    await scene.runEvery(5, 2);
    scene.network.pass(5);
  },
  changes,
  patience: 20,
  reached: async (scene) => (await scene.open()) === 0,
});

export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  "make a subnet": growing(),
  "make a subnet from a planning pool": growing({ planningPool: true }),
  "attach a CIDR": {
    prepare: async (scene) => {
      await scene.grow(2);
      await scene.fill();
      scene.network.pass(2);
    },
    changes: [...birth, "AssociateVpcCidrBlock"],
    reached: async (scene) => (await scene.vpcCidrs()) === DAY_ZERO_CIDRS + 1,
  },
  "close a subnet": closing(["CreateTags"]),
  "close a subnet with an old CNI": closing(["CreateTags", "DeleteTags"], { cniVersion: "v1.19.0" }),
  "open a quarantined subnet": {
    prepare: async (scene) => {
      await scene.grow(1);
      await scene.shrinkUntil(async () => (await scene.open()) === 0);
      await scene.fill();
    },
    changes: ["CreateTags"],
    reached: async (scene) => (await scene.open()) === 1,
  },
  "delete a subnet": {
    prepare: async (scene) => {
      await scene.grow(1);
      await scene.shrinkUntil(async () => (await scene.open()) === 0);
      scene.network.pass(6);
    },
    changes: ["DeleteSubnet"],
    patience: 20,
    reached: async (scene) => (await scene.network.grown()).length === 0,
  },
  "detach a CIDR": {
    prepare: async (scene) => {
      await scene.grow(3);
      await scene.runEvery(3, 1);
      await scene.shrinkUntil(async () => (await scene.network.grown()).length === 1);
    },
    changes: ["DeleteSubnet", "DisassociateVpcCidrBlock"],
    patience: 40,
    reached: async (scene) => (await scene.vpcCidrs()) === DAY_ZERO_CIDRS,
  },
};
