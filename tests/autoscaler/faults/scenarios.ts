import { Prefix } from "@cluster-ipam/address-plan";
import { ATTACHED_LATER, GROWTH, Network, type NetworkProps, SHARED, ZONES } from "./network";
import { type Permissions } from "./permissions";
import { type RunResult, type RunProps, startRun } from "./run";
import { Invariants } from "./invariants";
import { WarmProcess } from "../warm-process";

const [ZONE] = ZONES;

/** A network and its invariants. */
export class Testbed {
  /** The process of the runs; absent while every run is a cold one. */
  private process: WarmProcess | undefined;

  private constructor(
    readonly network: Network,
    readonly invariants: Invariants,
  ) {}

  /** Lets the following runs be of one process, until it is killed. */
  warm(): void {
    this.process = new WarmProcess();
  }

  static async build(permissions: Permissions, props?: NetworkProps): Promise<Testbed> {
    const network = await Network.build(props);
    return new Testbed(network, new Invariants(network, permissions));
  }

  async run(props?: RunProps): Promise<RunResult> {
    const all = { process: this.process, ...props };
    const ended = await startRun(this.network, this.invariants, all);
    if (ended.killed && this.process !== undefined) this.warm();
    if (ended.run !== undefined) this.invariants.afterRun(ended.run, all.process);
    return ended;
  }

  /** Runs without faults, a number of minutes apart. @returns their failures */
  async runEvery(minutes: number, times: number): Promise<readonly string[]> {
    const failures: string[] = [];
    for (let time = 0; time < times; time++) {
      this.network.pass(minutes);
      const { failure } = await this.run();
      if (failure) failures.push(failure.message);
    }
    return failures;
  }

  /** Removes every node and gives the autoscaler two hours to reclaim. @returns failures and what is left */
  async reclaim(): Promise<readonly string[]> {
    for (const zone of ZONES) await this.network.leave(zone);
    const failures: string[] = [];
    for (let minutes = 0; minutes < 120 && (await this.unreclaimed()).length > 0; minutes += 6)
      failures.push(...(await this.runEvery(6, 1)));
    return [...failures, ...(await this.unreclaimed()).map((cidr) => `${cidr} is not reclaimed`)];
  }

  private async unreclaimed(): Promise<readonly string[]> {
    const { ec2, vpcId } = this.network;
    // Subnets that an operator took over stay, and their CIDR counts as needed.
    const spaces = [GROWTH, ATTACHED_LATER].map((cidr) => Prefix.parse(cidr));
    const shared = Prefix.parse(SHARED);
    const subnets = (await ec2.subnets(vpcId)).map(({ cidr }) => Prefix.parse(cidr));
    const isUsed = subnets.some((subnet) => spaces.some((space) => space.contains(subnet)));
    const attached = (await ec2.vpcCidrs(vpcId)).filter(({ cidr }) => {
      const block = Prefix.parse(cidr);
      if (shared.contains(block)) return !subnets.some((subnet) => block.contains(subnet));
      return cidr === ATTACHED_LATER && !isUsed;
    });
    return [...(await this.network.growthSubnets()), ...attached].map(({ cidr }) => cidr);
  }

  /** Adds nodes until the pod subnets have no prefix left. */
  async fill(): Promise<void> {
    while (await this.network.join(ZONE)) continue;
  }

  /** Adds nodes until there is this number of growth subnets. */
  async grow(subnets: number): Promise<void> {
    while ((await this.network.growthSubnets()).length < subnets) {
      await this.fill();
      await this.runEvery(3, 1);
    }
  }

  /** Removes every node and runs the autoscaler until a condition holds, for two hours at most. */
  async shrinkUntil(holds: () => Promise<boolean>): Promise<void> {
    await this.network.leave(ZONE);
    for (let minutes = 0; minutes < 120 && !(await holds()); minutes++) await this.runEvery(1, 1);
  }

  /** Number of growth subnets open to pods. */
  async open(): Promise<number> {
    return (await this.network.growthSubnets()).filter(({ tags }) => this.network.isOpen(tags)).length;
  }

  async vpcCidrs(): Promise<number> {
    return (await this.network.ec2.vpcCidrs(this.network.vpcId)).length;
  }
}

/** A situation in which one run makes changes. */
export interface Scenario {
  readonly network?: NetworkProps;
  /** Brings the network into the situation. */
  prepare(testbed: Testbed): Promise<void>;
  /** The changes of a run without faults. */
  readonly changes: readonly string[];
  /** Extra minutes until the goal is reached when a disruption restarts a waiting period. @default 0 */
  readonly patience?: number;
  /** Whether the network is in the state that the run should reach. */
  reached(testbed: Testbed): Promise<boolean>;
}

const DAY_ZERO_CIDRS = 3;
const creation = [
  "CreateSubnet",
  "AssociateRouteTable",
  "ReplaceNetworkAclAssociation",
  "CreateTags",
  // A /26 has four blocks: two reservations cover all but the first.
  ...Array<string>(2).fill("CreateSubnetCidrReservation"),
];

const growing = (network?: NetworkProps): Scenario => ({
  network,
  prepare: (testbed) => testbed.fill(),
  changes: creation,
  reached: async (testbed) => (await testbed.open()) === 1,
});

const closing = (changes: readonly string[], network?: NetworkProps): Scenario => ({
  network,
  prepare: async (testbed) => {
    await testbed.grow(1);
    await testbed.network.leave(ZONE);
    await testbed.runEvery(5, 2);
    testbed.network.pass(5);
  },
  changes,
  patience: 20,
  reached: async (testbed) => (await testbed.open()) === 0,
});

/** All scenarios, by name. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  "create a subnet": growing(),
  "create a subnet from a planning pool": growing({ planningPool: true }),
  "draw a CIDR from the shared pool and create a subnet in it": {
    ...growing({ sharedPool: true }),
    // As large as the need, a /25.
    changes: ["AssociateVpcCidrBlock", ...creation, "CreateSubnetCidrReservation"],
  },
  "attach a CIDR": {
    prepare: async (testbed) => {
      await testbed.grow(2);
      await testbed.fill();
      testbed.network.pass(2);
    },
    changes: [...creation, "AssociateVpcCidrBlock"],
    reached: async (testbed) => (await testbed.vpcCidrs()) === DAY_ZERO_CIDRS + 1,
  },
  "close a subnet": closing(["CreateTags"]),
  "close a subnet with an old CNI": closing(["CreateTags", "DeleteTags"], { cniVersion: "v1.19.0" }),
  "open a quarantined subnet": {
    prepare: async (testbed) => {
      await testbed.grow(1);
      await testbed.shrinkUntil(async () => (await testbed.open()) === 0);
      await testbed.fill();
    },
    changes: ["CreateTags"],
    reached: async (testbed) => (await testbed.open()) === 1,
  },
  "delete a subnet": {
    prepare: async (testbed) => {
      await testbed.grow(1);
      await testbed.shrinkUntil(async () => (await testbed.open()) === 0);
      testbed.network.pass(6);
    },
    changes: ["DeleteSubnet"],
    patience: 20,
    reached: async (testbed) => (await testbed.network.growthSubnets()).length === 0,
  },
  "detach a CIDR": {
    prepare: async (testbed) => {
      await testbed.grow(3);
      await testbed.runEvery(3, 1);
      await testbed.shrinkUntil(async () => (await testbed.network.growthSubnets()).length === 0);
    },
    changes: ["DisassociateVpcCidrBlock"],
    patience: 40,
    reached: async (testbed) => (await testbed.vpcCidrs()) === DAY_ZERO_CIDRS,
  },
};
