import { Prefix } from "@cluster-ipam/address-plan";
import {
  type Change,
  changeId,
  type Ec2Subnet,
  type Run,
  zoneView,
} from "@cluster-ipam/subnet-autoscaler/runtime";
import { ATTACHED_LATER, CLUSTER, GROWTH, type Network, SHARED, ZONES } from "./network";
import { type Permissions } from "./permissions";
import { type WarmProcess } from "../warm-process";

/** Runs in a row that may postpone a change before someone is told. */
const MAX_POSTPONED = 10;

const STATE = "cluster-ipam/autoscaler-state";

/** Checks what must never happen in a network, and what must not remain. */
export class Invariants {
  /** Violations so far. */
  readonly violations: string[] = [];
  /** Calls that the role denied, except `tooLate`. */
  readonly refused: string[] = [];
  /** Denied calls on a subnet that an operator took over after the autoscaler's ownership check. */
  readonly tooLate: string[] = [];
  /** Subnets that an operator took over. After its own check, only the role can stop a run's call. */
  private readonly takenOver = new Set<string>();
  /** Growth subnets of which an operator reserved a part. */
  private readonly reserved = new Set<string>();
  /** Subnets that an operator is changing right now. */
  private readonly touched = new Set<string>();
  /** By process: the runs in a row that postponed a change. */
  private readonly postponed = new WeakMap<WarmProcess, ReadonlyMap<string, number>>();
  /** Growth subnets that an operator unwired, until they are wired again. */
  private excused = new Set<string>();

  constructor(
    private readonly network: Network,
    private readonly permissions: Permissions,
  ) {}

  /** Whether the role allows a call in the current network. Records denied calls. */
  async authorises(action: string, input: object): Promise<boolean> {
    const refusal = await this.permissions.refusal(this.network, action, input);
    if (refusal === undefined) return true;
    const id = refusal.subnet?.id ?? "";
    const others = this.takenOver.has(id) || this.touched.has(id) ? this.tooLate : this.refused;
    others.push(refusal.call);
    return false;
  }

  /** Call after each change by the autoscaler. */
  async afterChange(action: string): Promise<void> {
    const unwired = await this.unwired();
    for (const { id, cidr, tags } of unwired)
      if (this.network.isOpen(tags) && !this.excused.has(id) && !this.touched.has(id))
        this.violations.push(`${cidr} is open and not wired after ${action}`);
    this.excused = new Set(unwired.map(({ id }) => id).filter((id) => this.excused.has(id)));
  }

  /**
   * Call after each completed run: no zone may go without while one that has more grows, and no change may be postponed
   * for ever without advice. @param process undefined for a cold process, which knows of no earlier run
   */
  afterRun(run: Run, process: WarmProcess | undefined): void {
    this.checkZones(run);
    if (process !== undefined) this.checkPostponed(run, process);
  }

  private checkZones({ observation, steps }: Run): void {
    const { config } = this.network;
    const zones = observation.zones.map((zone) => zoneView(observation, zone, config));
    const served = steps.flatMap(({ decision }) => ("zone" in decision ? [decision.zone] : []));
    for (const grown of zones) {
      const grows = steps.some(
        ({ decision }) => decision.action === "create" && decision.zone === grown.zone,
      );
      for (const { zone, freePrefixes } of grows ? zones : [])
        if (freePrefixes === 0 && grown.freePrefixes > 0 && !served.includes(zone))
          this.violations.push(`${zone} starves while ${grown.zone} grows`);
    }
  }

  private checkPostponed({ steps }: Run, process: WarmProcess): void {
    const before = this.postponed.get(process) ?? new Map<string, number>();
    const now = new Map(
      steps
        .filter(({ result }) => result?.status === "postponed" || result?.status === "out-of-time")
        .map(({ decision }) => changeId(decision as Change))
        .map((id) => [id, (before.get(id) ?? 0) + 1]),
    );
    this.postponed.set(process, now);
    const advice = steps.filter(({ decision }) => decision.cause === "stuck");
    for (const [id, runs] of now)
      if (runs > MAX_POSTPONED && !advice.some(({ decision }) => decision.reason.startsWith(id)))
        this.violations.push(`${id} was postponed in ${runs} runs, and nobody was told`);
  }

  /** Call around an intervention on a growth subnet. Runs may continue meanwhile. */
  async duringIntervention(subnetId: string, intervention: () => Promise<void>): Promise<void> {
    this.touched.add(subnetId);
    const before = new Set((await this.unwired()).map(({ id }) => id));
    await intervention();
    const unwired = (await this.unwired()).find(({ id }) => id === subnetId);
    if (unwired && (!before.has(subnetId) || this.network.isOpen(unwired.tags))) this.excused.add(subnetId);
    if (!(await this.network.growthSubnets()).some(({ id }) => id === subnetId)) this.takenOver.add(subnetId);
    this.touched.delete(subnetId);
  }

  /** Call when an operator reserves a part of a growth subnet. */
  reservedByOperator(subnetId: string): void {
    this.reserved.add(subnetId);
  }

  /** Nodes that the last run did not name although nothing that it can do gives them a prefix. */
  async forgottenNodes({ observation, steps }: Run): Promise<readonly string[]> {
    const forgotten: string[] = [];
    // Whether a subnet that an operator took from the cluster still counts depends on the tags that it kept.
    // TODO(issue 14): a node in a subnet of which an operator reserved the last free /28 is not named.
    const disputed = this.network.nodesOn(new Set([...this.takenOver, ...this.reserved]));
    const certain = (nodes: readonly string[]) => nodes.filter((node) => !disputed.includes(node));
    for (const { zone, strandedNodes } of observation.zones) {
      const stranded = certain(await this.network.strandedNodes(zone));
      const told = steps.some(
        ({ decision }) => decision.cause === "nodes-stranded" && "zone" in decision && decision.zone === zone,
      );
      if (stranded.length > 0 && !told) forgotten.push(`no advice for stranded nodes in ${zone}`);
      forgotten.push(...differences(`stranded nodes in ${zone}`, certain(strandedNodes), stranded));
    }
    return forgotten;
  }

  /** Problems that must not remain after three runs without faults. */
  async leftovers(): Promise<readonly string[]> {
    const { ec2, vpcId, config } = this.network;
    const subnets = await ec2.subnets(vpcId);
    const growthSubnets = await this.network.growthSubnets();
    const vpcCidrs = (await ec2.vpcCidrs(vpcId)).map(({ cidr }) => cidr);
    const planning = config.policy.planningPoolId;
    return [
      ...overlaps(subnets),
      ...(await this.unwired())
        .filter(({ tags }) => this.network.isOpen(tags))
        .map(({ cidr }) => `${cidr} is not wired`),
      ...growthSubnets.flatMap((subnet) => stateProblems(subnet, this.network.isOpen(subnet.tags))),
      ...growthSubnets
        .filter(({ cidr }) => !liesIn(cidr, [GROWTH, ATTACHED_LATER, SHARED]))
        .map(({ cidr }) => `${cidr} is outside the growth space`),
      ...subnets
        .filter(({ cidr }) => !liesIn(cidr, vpcCidrs))
        .map(({ cidr }) => `${cidr} is outside the CIDRs of the VPC`),
      ...differences(
        "the pool",
        (await this.allocations())
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

  /** What the VPC's pools have allocated. */
  private async allocations() {
    const { ec2, poolId, sharedPoolId } = this.network;
    const pools = [poolId, ...(sharedPoolId === undefined ? [] : [sharedPoolId])];
    return (await Promise.all(pools.map((id) => ec2.poolAllocations(id)))).flat();
  }

  /** Growth subnets that are not wired like the pod subnet of their zone. */
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

  /** Associations of subnets that no longer exist. */
  private async orphans(subnets: readonly Ec2Subnet[]): Promise<readonly string[]> {
    const { ec2, vpcId } = this.network;
    const ids = new Set(subnets.map(({ id }) => id));
    return [...(await ec2.routeTables(vpcId)), ...(await ec2.networkAcls(vpcId))]
      .flatMap(({ associations }) => associations)
      .filter(({ subnetId }) => !ids.has(subnetId))
      .map(({ id, subnetId }) => `association ${id} belongs to ${subnetId}, which no longer exists`);
  }
}

function stateProblems({ cidr, tags }: Ec2Subnet, isOpen: boolean): string[] {
  const state = tags[STATE]?.split("@")[0] ?? "created";
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
    ...should.filter((cidr) => !has.includes(cidr)).map((cidr) => `${where} lacks ${cidr}`),
  ];
}
