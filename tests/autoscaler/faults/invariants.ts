import { Prefix } from "@cluster-ipam/address-plan";
import { type Ec2Subnet } from "@cluster-ipam/subnet-autoscaler/runtime";
import { ATTACHED_LATER, CLUSTER, GROWTH, type Network, ZONES } from "./network";
import { type Permissions } from "./permissions";

const STATE = "cluster-ipam/autoscaler-state";

/** Looks at a network at every moment, and says what must never be and what must not stay. */
export class Watch {
  /** What was wrong at some moment. */
  readonly violations: string[] = [];
  /** Calls that the role does not allow, but for those on what a person had just taken over. */
  readonly refused: string[] = [];
  /** Those: made between the autoscaler's check and the person. */
  readonly tooLate: string[] = [];
  /** Subnets that a person took over: only the role can keep a run from a call that it has just checked. */
  private readonly takenOver = new Set<string>();
  /** Subnets that a person has in hand right now. */
  private readonly touched = new Set<string>();
  /** Growth subnets that a person unwired, until they are wired again. */
  private excused = new Set<string>();

  constructor(
    private readonly network: Network,
    private readonly permissions: Permissions,
  ) {}

  /** Whether the role allows a call, as the network stands; one that it refuses is noted. */
  async authorises(action: string, input: object): Promise<boolean> {
    const refusal = await this.permissions.refusal(this.network, action, input);
    if (refusal === undefined) return true;
    const id = refusal.subnet?.id ?? "";
    const others = this.takenOver.has(id) || this.touched.has(id) ? this.tooLate : this.refused;
    others.push(refusal.call);
    return false;
  }

  /** To be called after each change that the autoscaler made. */
  async afterChange(action: string): Promise<void> {
    const unwired = await this.unwired();
    for (const { id, cidr, tags } of unwired)
      if (this.network.isOpen(tags) && !this.excused.has(id) && !this.touched.has(id))
        this.violations.push(`${cidr} is open and not wired after ${action}`);
    this.excused = new Set(unwired.map(({ id }) => id).filter((id) => this.excused.has(id)));
  }

  /** To be called around what a person does to a growth subnet; runs may go on meanwhile. */
  async whileExcused(subnetId: string, deed: () => Promise<void>): Promise<void> {
    this.touched.add(subnetId);
    const before = new Set((await this.unwired()).map(({ id }) => id));
    await deed();
    const unwired = (await this.unwired()).find(({ id }) => id === subnetId);
    if (unwired && (!before.has(subnetId) || this.network.isOpen(unwired.tags))) this.excused.add(subnetId);
    if (!(await this.network.grown()).some(({ id }) => id === subnetId)) this.takenOver.add(subnetId);
    this.touched.delete(subnetId);
  }

  /** What is wrong now, and must not be after three runs without faults. */
  async leftovers(): Promise<readonly string[]> {
    const { ec2, vpcId, poolId, config } = this.network;
    const subnets = await ec2.subnets(vpcId);
    const grown = await this.network.grown();
    const vpcCidrs = (await ec2.vpcCidrs(vpcId)).map(({ cidr }) => cidr);
    const planning = config.policy.planningPoolId;
    return [
      ...overlaps(subnets),
      ...(await this.unwired())
        .filter(({ tags }) => this.network.isOpen(tags))
        .map(({ cidr }) => `${cidr} is not wired`),
      ...grown.flatMap((subnet) => stateProblems(subnet, this.network.isOpen(subnet.tags))),
      ...grown
        .filter(({ cidr }) => !liesIn(cidr, [GROWTH, ATTACHED_LATER]))
        .map(({ cidr }) => `${cidr} is outside the growth space`),
      ...subnets
        .filter(({ cidr }) => !liesIn(cidr, vpcCidrs))
        .map(({ cidr }) => `${cidr} is in no CIDR of the VPC`),
      ...differences(
        "the pool",
        (await ec2.poolAllocations(poolId))
          .filter(({ resourceType }) => resourceType === "vpc")
          .map(({ cidr }) => cidr),
        vpcCidrs.filter((cidr) => cidr.startsWith("100.")),
      ),
      ...(planning === undefined
        ? []
        : differences(
            "the planning pool",
            (await ec2.poolAllocations(planning)).map(({ cidr }) => cidr),
            subnets.map(({ cidr }) => cidr).filter((cidr) => liesIn(cidr, [GROWTH])),
          )),
      ...(await this.orphans(subnets)),
    ];
  }

  /** The growth subnets that are not wired like the pod subnet of their zone. */
  private async unwired(): Promise<readonly Ec2Subnet[]> {
    const { ec2, vpcId } = this.network;
    const [subnets, tables, acls] = await Promise.all([
      ec2.subnets(vpcId),
      ec2.routeTables(vpcId),
      ec2.networkAcls(vpcId),
    ]);
    const holder = (
      list: readonly { id: string; associations: readonly { subnetId: string }[] }[],
      id: string,
    ) => list.find(({ associations }) => associations.some(({ subnetId }) => subnetId === id))?.id;
    const wiring = (id: string) => `${holder(tables, id)} ${holder(acls, id)}`;
    const reference = new Map(
      ZONES.map((zone) => {
        const { id } = subnets.find((one) => one.zone === zone && one.tags["cluster-ipam/role"] === "pod")!;
        return [zone as string, wiring(id)];
      }),
    );
    return subnets.filter(
      ({ id, zone, tags }) =>
        tags["cluster-ipam/autoscaler"] === CLUSTER && wiring(id) !== reference.get(zone),
    );
  }

  /** Associations of subnets that are gone. */
  private async orphans(subnets: readonly Ec2Subnet[]): Promise<readonly string[]> {
    const { ec2, vpcId } = this.network;
    const ids = new Set(subnets.map(({ id }) => id));
    return [...(await ec2.routeTables(vpcId)), ...(await ec2.networkAcls(vpcId))]
      .flatMap(({ associations }) => associations)
      .filter(({ subnetId }) => !ids.has(subnetId))
      .map(({ id, subnetId }) => `association ${id} is of ${subnetId}, which is gone`);
  }
}

function stateProblems({ cidr, tags }: Ec2Subnet, isOpen: boolean): string[] {
  const state = tags[STATE]?.split("@")[0] ?? "dark";
  if (state === (isOpen ? "active" : "quarantined")) return [];
  return [`${cidr} is ${state} and ${isOpen ? "open" : "closed"}`];
}

function overlaps(subnets: readonly Ec2Subnet[]): string[] {
  const blocks = subnets.map(({ cidr }) => Prefix.parse(cidr));
  return blocks.flatMap((block, index) =>
    blocks
      .slice(0, index)
      .filter((other) => other.overlaps(block))
      .map((other) => `${block} overlaps ${other}`),
  );
}

function liesIn(cidr: string, spaces: readonly string[]): boolean {
  return spaces.some((space) => Prefix.parse(space).contains(Prefix.parse(cidr)));
}

function differences(where: string, has: readonly string[], should: readonly string[]): string[] {
  return [
    ...has.filter((cidr) => !should.includes(cidr)).map((cidr) => `${where} leaks ${cidr}`),
    ...should.filter((cidr) => !has.includes(cidr)).map((cidr) => `${where} does not know ${cidr}`),
  ];
}
