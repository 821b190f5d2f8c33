import { type Clock } from "../cloud/clock";
import { type Ec2, type Ec2Subnet } from "../cloud/ec2";
import { type Eks } from "../cloud/eks";
import { type AutoscalerConfig } from "../config/config";
import { type Change } from "../decide/decision";
import { errorCode, isNotFound } from "../errors/api-error";
import { type Cni } from "../network/cni";
import {
  activationTags,
  assertOwned,
  CNI_TAG,
  creationTags,
  EMPTY_TAG,
  isDiscoverable,
  quarantineTags,
  recordedState,
} from "../network/tags";
import { VpcWiring, type Wiring } from "../network/wiring";
import { type ChangeResult, DONE, postponed } from "./change-result";
import { attachCidr, attachShared, deleteUnused, detachCidr, reservePrefixes } from "./ec2-changes";
import { POLL_ATTEMPTS, POLL_INTERVAL } from "./polling";

/** Input of {@link act} other than the change. */
export interface ActProps {
  readonly ec2: Ec2;
  readonly eks: Eks;
  readonly config: AutoscalerConfig;
  readonly cni: Cni;
  readonly clock: Clock;
  /** By zone: id of the pod subnet whose wiring growth subnets get. */
  readonly references: ReadonlyMap<string, string>;
}

/**
 * Makes a change. It can be interrupted after any call and repeated by a later or concurrent run: progress is read
 * from EC2, and ownership is checked again before every call that changes something.
 *
 * @throws AutoscalerError when the subnet is no longer owned by the autoscaler, or AWS refuses the change
 */
export async function act(change: Change, props: ActProps): Promise<ChangeResult> {
  const { ec2, config, cni, clock } = props;
  switch (change.action) {
    case "create":
      return create(change, props);
    case "activate":
      return activate(change.subnetId, change.zone, props);
    case "rewire":
      return wire(change.subnetId, change.zone, props);
    case "mark-empty":
      return withOwned(change.subnetId, props, () =>
        ec2.createTags(change.subnetId, { [EMPTY_TAG]: new Date(clock.now()).toISOString() }),
      );
    case "mark-used":
      return withOwned(change.subnetId, props, () =>
        ec2.createTags(change.subnetId, { [EMPTY_TAG]: "in-use" }),
      );
    case "deactivate":
      return withOwned(change.subnetId, props, async () => {
        const inUse = await postponedIfUsed(change.subnetId, ec2);
        if (inUse !== undefined) return inUse;
        await ec2.createTags(change.subnetId, quarantineTags(cni, clock.now(), config.openTags));
        if (!cni.excludesByZero) await ec2.deleteTag(change.subnetId, CNI_TAG);
        return undefined;
      });
    case "close":
      return withOwned(change.subnetId, props, async () => {
        if (cni.excludesByZero) await ec2.createTags(change.subnetId, { [CNI_TAG]: "0" });
        else await ec2.deleteTag(change.subnetId, CNI_TAG);
      });
    case "delete":
      return withOwned(change.subnetId, props, (subnet) => remove(subnet, props));
    case "reserve":
      return withOwned(change.subnetId, props, (subnet) => reservePrefixes(subnet, ec2));
    case "attach-shared":
      return attachShared(change.netmaskLength, config, props);
    case "attach-cidr":
      return attachCidr(change.cidr, config, ec2);
    case "detach-cidr":
      return detachCidr(change.cidr, change.associationId, config, ec2);
  }
}

/** Reads the subnet, checks that the autoscaler owns it, and changes it. */
async function withOwned(
  subnetId: string,
  { ec2, config }: ActProps,
  work: (subnet: Ec2Subnet) => Promise<ChangeResult | undefined | void>,
): Promise<ChangeResult> {
  const subnet = await ec2.subnet(subnetId);
  if (subnet === undefined) return postponed(`${subnetId} no longer exists`);
  assertOwned(subnetId, subnet.tags, config.cluster);
  return (await work(subnet)) ?? DONE;
}

async function create(
  { cidr, zone }: { readonly cidr: string; readonly zone: string },
  props: ActProps,
): Promise<ChangeResult> {
  const { ec2, config, clock } = props;
  const { cluster, vpcId, policy, writer } = config;
  let subnet: Ec2Subnet | undefined;
  try {
    subnet = await ec2.createSubnet({
      vpcId,
      cidr,
      zone,
      tags: { ...config.subnetTags, ...creationTags({ cluster, zone, writer, at: clock.now() }) },
      planningPoolId: policy.planningPoolId,
    });
  } catch (error) {
    // The CIDR is the idempotency key: another run was first, or an earlier call timed out after taking effect. A
    // planning pool refuses with other error codes than the VPC, so what counts is whether the subnet exists.
    subnet = (await ec2.subnets(vpcId)).find((other) => other.cidr === cidr);
    if (subnet === undefined && errorCode(error) !== "InvalidSubnet.Conflict") throw error;
  }
  if (subnet === undefined) return postponed(`${cidr} overlaps a subnet that EC2 does not return yet`);
  if (subnet.zone !== zone) return postponed(`${cidr} was created in ${subnet.zone} by another run`);
  const opened = await activate(subnet.id, zone, props);
  // Last, so that a role without this permission opens subnets all the same, and the run says what is missing.
  if (opened.status === "done" && props.cni.prefixDelegation)
    return withOwned(subnet.id, props, (created) => reservePrefixes(created, ec2));
  return opened;
}

/** Waits until the subnet is available, wires it, and only then opens it to pods: the commit point. */
async function activate(subnetId: string, zone: string, props: ActProps): Promise<ChangeResult> {
  const { ec2, config, cni, clock } = props;
  for (let attempt = 1; (await ec2.subnet(subnetId))?.state !== "available"; attempt++) {
    if (attempt === POLL_ATTEMPTS) return postponed(`${subnetId} is not available yet`);
    await clock.sleep(POLL_INTERVAL);
  }
  const wired = await wire(subnetId, zone, props);
  if (wired.status !== "done") return wired;
  return withOwned(subnetId, props, () =>
    ec2.createTags(subnetId, activationTags(config.cluster, cni, clock.now(), config.openTags)),
  );
}

/** Gives a subnet the wiring of its zone's reference subnet, and polls until EC2 returns it. */
async function wire(subnetId: string, zone: string, props: ActProps): Promise<ChangeResult> {
  const { ec2, config, clock, references } = props;
  const reference = references.get(zone);
  if (reference === undefined) return postponed(`${zone} has no reference subnet`);
  for (let attempt = 1; attempt <= POLL_ATTEMPTS; attempt++) {
    if (attempt > 2) await clock.sleep(POLL_INTERVAL);
    const wiring = new VpcWiring(
      ...(await Promise.all([ec2.routeTables(config.vpcId), ec2.networkAcls(config.vpcId)])),
    );
    if (wiring.matches(subnetId, reference)) return DONE;
    const result = await rewire(subnetId, wiring.of(subnetId), wiring.of(reference), props);
    if (result.status !== "done") return result;
  }
  return postponed(`EC2 does not return ${subnetId} wired like ${reference} yet`);
}

async function rewire(
  subnetId: string,
  current: Wiring,
  target: Wiring,
  props: ActProps,
): Promise<ChangeResult> {
  const { ec2 } = props;
  const { routeTableId, networkAclId } = target;
  if (routeTableId === undefined || networkAclId === undefined)
    return postponed("EC2 does not return the route table or network ACL of the reference subnet");
  if (current.routeTableId !== routeTableId) {
    const { routeTableAssociationId: association } = current;
    const result = await withOwned(subnetId, props, () =>
      ignoreConcurrentChange(() =>
        association === undefined
          ? ec2.associateRouteTable(routeTableId, subnetId)
          : ec2.replaceRouteTableAssociation(association, routeTableId),
      ),
    );
    if (result.status !== "done") return result;
  }
  const { networkAclAssociationId: association } = current;
  if (association === undefined || current.networkAclId === networkAclId) return DONE;
  return withOwned(subnetId, props, () =>
    ignoreConcurrentChange(() => ec2.replaceNetworkAclAssociation(association, networkAclId)),
  );
}

/** Ignores that another run made the same change first; the next poll decides. */
async function ignoreConcurrentChange(request: () => Promise<void>): Promise<void> {
  try {
    await request();
  } catch (error) {
    if (errorCode(error) !== "Resource.AlreadyAssociated" && !isNotFound(error)) throw error;
  }
}

async function postponedIfUsed(subnetId: string, ec2: Ec2): Promise<ChangeResult | undefined> {
  let interfaces = 0;
  await ec2.forEachInterface({ subnetId }, () => interfaces++);
  return interfaces > 0 ? postponed(`${subnetId} has ${interfaces} interfaces again`) : undefined;
}

async function remove(subnet: Ec2Subnet, { ec2, eks, config, cni }: ActProps): Promise<ChangeResult> {
  if (recordedState(subnet.tags).state !== "quarantined" || isDiscoverable(subnet.tags, config.cluster, cni))
    return postponed(`${subnet.id} is open to pods again`);
  const inUse = await postponedIfUsed(subnet.id, ec2);
  if (inUse !== undefined) return inUse;
  // EC2 would delete it: who names a subnet without an interface in it notices only when it starts its next instance.
  const user = (await eks.subnetUsers(config.cluster)).find(({ subnetId }) => subnetId === subnet.id);
  return user === undefined
    ? deleteUnused(subnet.id, ec2)
    : postponed(`${subnet.id} is named by ${user.name}; remove it there`);
}
