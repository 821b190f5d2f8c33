import { codeOf, isGone } from "./api-error";
import { type Cni } from "./cni";
import { type AutoscalerConfig } from "./config";
import { type Change } from "./decision";
import { type Clock, type Ec2, type Ec2Subnet } from "./ec2";
import {
  activationTags,
  birthTags,
  checkOwned,
  CNI_TAG,
  discoverable,
  EMPTY_TAG,
  quarantineTags,
  recordedState,
} from "./tags";
import { VpcWiring, type Wiring } from "./wiring";

/** What a change came to. */
export type Outcome =
  | { readonly result: "done" }
  /** The world is not as observed, or not ready: nothing is broken, a later run decides anew. */
  | { readonly result: "postponed"; readonly why: string };

export interface ActProps {
  readonly ec2: Ec2;
  readonly config: AutoscalerConfig;
  readonly cni: Cni;
  readonly clock: Clock;
  /** By zone: the pod subnet whose wiring new subnets share. */
  readonly references: ReadonlyMap<string, string>;
}

/** Looks at what EC2 has just been told: it is eventually consistent. */
const LOOKS = 6;
const LOOK_AGAIN = 1_000;

/**
 * Makes a change. Each can be broken off after any call and made again by a later run, or by two runs at once: what
 * was done is read from EC2, and ownership is checked anew before every call that changes something.
 *
 * @throws AutoscalerError when the subnet is no longer the autoscaler's, or AWS refuses
 */
export async function act(change: Change, props: ActProps): Promise<Outcome> {
  const { ec2, config, cni, clock } = props;
  switch (change.action) {
    case "create":
      return create(change, props);
    case "activate":
      return activate(change.subnetId, change.zone, props);
    case "rewire":
      return wire(change.subnetId, change.zone, props);
    case "mark-empty":
      return onOwned(change.subnetId, props, () =>
        ec2.createTags(change.subnetId, { [EMPTY_TAG]: new Date(clock.now()).toISOString() }),
      );
    case "mark-used":
      return onOwned(change.subnetId, props, () =>
        ec2.createTags(change.subnetId, { [EMPTY_TAG]: "in-use" }),
      );
    case "deactivate":
      return onOwned(change.subnetId, props, async () => {
        const inUse = await usedBy(change.subnetId, ec2);
        if (inUse !== undefined) return inUse;
        await ec2.createTags(change.subnetId, quarantineTags(cni, clock.now()));
        if (!cni.excludesByZero) await ec2.deleteTag(change.subnetId, CNI_TAG);
        return undefined;
      });
    case "close":
      return onOwned(change.subnetId, props, async () => {
        if (cni.excludesByZero) await ec2.createTags(change.subnetId, { [CNI_TAG]: "0" });
        else await ec2.deleteTag(change.subnetId, CNI_TAG);
      });
    case "delete":
      return onOwned(change.subnetId, props, (subnet) => remove(subnet, props));
    case "attach-cidr":
      return attach(change.cidr, config, ec2);
    case "detach-cidr":
      return detach(change.cidr, change.associationId, config, ec2);
  }
}

const DONE: Outcome = { result: "done" };
const postponed = (why: string): Outcome => ({ result: "postponed", why });

/** Reads the subnet anew, checks that it is the autoscaler's, and works on it. */
async function onOwned(
  subnetId: string,
  { ec2, config }: ActProps,
  work: (subnet: Ec2Subnet) => Promise<Outcome | undefined | void>,
): Promise<Outcome> {
  const subnet = await ec2.subnet(subnetId);
  if (subnet === undefined) return postponed(`${subnetId} does not exist any more`);
  checkOwned(subnetId, subnet.tags, config.cluster);
  return (await work(subnet)) ?? DONE;
}

async function create(
  { cidr, zone }: { readonly cidr: string; readonly zone: string },
  props: ActProps,
): Promise<Outcome> {
  const { ec2, config, clock } = props;
  const { cluster, vpcId, policy } = config;
  let subnet: Ec2Subnet | undefined;
  try {
    subnet = await ec2.createSubnet({
      vpcId,
      cidr,
      zone,
      tags: birthTags(cluster, zone, clock.now()),
      planningPoolId: policy.planningPoolId,
    });
  } catch (error) {
    // The CIDR is the idempotency key: another run, or a call that timed out after its effect, was first. A planning
    // pool refuses with other codes than the VPC, so what counts is what is there.
    subnet = (await ec2.subnets(vpcId)).find((other) => other.cidr === cidr);
    if (subnet === undefined && codeOf(error) !== "InvalidSubnet.Conflict") throw error;
  }
  if (subnet === undefined) return postponed(`${cidr} overlaps a subnet that is not seen yet`);
  if (subnet.zone !== zone) return postponed(`${cidr} was taken for ${subnet.zone} meanwhile`);
  return activate(subnet.id, zone, props);
}

/** Waits until the subnet can be seen and used, wires it, and only then lets pods in: the commit point. */
async function activate(subnetId: string, zone: string, props: ActProps): Promise<Outcome> {
  const { ec2, config, cni, clock } = props;
  for (let look = 1; (await ec2.subnet(subnetId))?.state !== "available"; look++) {
    if (look === LOOKS) return postponed(`${subnetId} is not available yet`);
    await clock.sleep(LOOK_AGAIN);
  }
  const wired = await wire(subnetId, zone, props);
  if (wired.result !== "done") return wired;
  return onOwned(subnetId, props, () =>
    ec2.createTags(subnetId, activationTags(config.cluster, cni, clock.now())),
  );
}

/** Gives a subnet the route table and network ACL of its zone's reference subnet, and looks whether it has them. */
async function wire(subnetId: string, zone: string, props: ActProps): Promise<Outcome> {
  const { ec2, config, clock, references } = props;
  const reference = references.get(zone);
  if (reference === undefined) return postponed(`${zone} has no reference subnet`);
  for (let look = 1; look <= LOOKS; look++) {
    if (look > 2) await clock.sleep(LOOK_AGAIN);
    const wiring = new VpcWiring(
      ...(await Promise.all([ec2.routeTables(config.vpcId), ec2.networkAcls(config.vpcId)])),
    );
    if (wiring.alike(subnetId, reference)) return DONE;
    const outcome = await rewire(subnetId, wiring.of(subnetId), wiring.of(reference), props);
    if (outcome.result !== "done") return outcome;
  }
  return postponed(`${subnetId} is not yet seen wired like ${reference}`);
}

async function rewire(subnetId: string, is: Wiring, wanted: Wiring, props: ActProps): Promise<Outcome> {
  const { ec2 } = props;
  const { routeTableId, networkAclId } = wanted;
  if (routeTableId === undefined || networkAclId === undefined)
    return postponed("the reference subnet's route table or network ACL is not seen");
  if (is.routeTableId !== routeTableId) {
    const { routeTableAssociationId: association } = is;
    const outcome = await onOwned(subnetId, props, () =>
      unlessOvertaken(() =>
        association === undefined
          ? ec2.associateRouteTable(routeTableId, subnetId)
          : ec2.replaceRouteTableAssociation(association, routeTableId),
      ),
    );
    if (outcome.result !== "done") return outcome;
  }
  const { networkAclAssociationId: association } = is;
  if (association === undefined || is.networkAclId === networkAclId) return DONE;
  return onOwned(subnetId, props, () =>
    unlessOvertaken(() => ec2.replaceNetworkAclAssociation(association, networkAclId)),
  );
}

/** Another run was faster with the same thing; the next look tells. */
async function unlessOvertaken(request: () => Promise<void>): Promise<void> {
  try {
    await request();
  } catch (error) {
    if (codeOf(error) !== "Resource.AlreadyAssociated" && !isGone(error)) throw error;
  }
}

async function usedBy(subnetId: string, ec2: Ec2): Promise<Outcome | undefined> {
  let interfaces = 0;
  await ec2.eachInterface({ subnetId }, () => interfaces++);
  return interfaces > 0 ? postponed(`${subnetId} has ${interfaces} interfaces again`) : undefined;
}

async function remove(subnet: Ec2Subnet, { ec2, config, cni }: ActProps): Promise<Outcome> {
  if (recordedState(subnet.tags).state !== "quarantined" || discoverable(subnet.tags, config.cluster, cni))
    return postponed(`${subnet.id} is open to pods again`);
  return (await usedBy(subnet.id, ec2)) ?? deleteUnused(subnet.id, ec2);
}

/** Deletes a subnet; EC2 itself refuses while something is in it. */
export async function deleteUnused(subnetId: string, ec2: Ec2): Promise<Outcome> {
  try {
    await ec2.deleteSubnet(subnetId);
  } catch (error) {
    if (codeOf(error) === "DependencyViolation") return postponed(`${subnetId} is still in use`);
    if (!isGone(error)) throw error;
  }
  return DONE;
}

async function attach(cidr: string, { vpcId, growthPools }: AutoscalerConfig, ec2: Ec2): Promise<Outcome> {
  const isAttached = async (): Promise<boolean> =>
    (await ec2.vpcCidrs(vpcId)).some((block) => block.cidr === cidr && /^associat/.test(block.state));
  if (await isAttached()) return DONE;
  try {
    await ec2.associateVpcCidr(vpcId, cidr, growthPools.ipamPoolId!);
  } catch (error) {
    // The VPC and the pool refuse with different codes what another run, or a call that timed out, has done.
    if (!(await isAttached())) throw error;
  }
  return DONE;
}

const HOLDS_SUBNET = /^(DependencyViolation|InvalidCidrBlock\.InUse)$/;

/** Disassociates a growth CIDR; EC2 itself refuses while a subnet is in it. */
export async function detach(
  cidr: string,
  associationId: string,
  { growthPools }: Pick<AutoscalerConfig, "growthPools">,
  ec2: Ec2,
): Promise<Outcome> {
  if (!growthPools.attachCidrs?.includes(cidr)) return postponed(`${cidr} is the network stack's`);
  try {
    await ec2.disassociateVpcCidr(associationId);
  } catch (error) {
    if (HOLDS_SUBNET.test(codeOf(error) ?? "")) return postponed(`${cidr} holds a subnet`);
    if (!isGone(error)) throw error;
  }
  return DONE;
}
