import { type ClusterSubnet } from "./cluster-subnets";
import { ProvisioningError } from "./provisioning-error";
import { invalidParameter } from "./refusals";

/** How many nodes a node group runs. */
export interface NodeGroupSize {
  readonly min: number;
  readonly desired: number;
  readonly max: number;
}

/** @throws ServiceError unless min ≤ desired ≤ max */
export function checkSize({ min, desired, max }: NodeGroupSize): void {
  if (min > max || desired < min || desired > max)
    throw invalidParameter(
      `Minimum capacity ${min}, desired capacity ${desired} and maximum capacity ${max} are out of order`,
    );
}

/**
 * The subnets of new nodes, in turn; a full subnet is passed over, as by an Auto Scaling group.
 *
 * @param existing nodes that the group runs already
 * @returns one subnet id per node
 * @throws ProvisioningError if the subnets have too few free addresses
 */
export function placeNodes(
  subnets: readonly ClusterSubnet[],
  nodes: number,
  existing: number,
): readonly string[] {
  const free = new Map(subnets.map(({ id, free: addresses }) => [id, addresses]));
  const placed: string[] = [];
  for (let turn = existing; placed.length < nodes; turn++) {
    const open = subnets.filter(({ id }) => free.get(id)! > 0);
    if (open.length === 0) throw insufficientAddresses(subnets);
    const { id } = open[turn % open.length]!;
    free.set(id, free.get(id)! - 1);
    placed.push(id);
  }
  return placed;
}

const insufficientAddresses = (subnets: readonly ClusterSubnet[]): ProvisioningError =>
  new ProvisioningError(
    "AsgInstanceLaunchFailures",
    `Could not launch On-Demand Instances. InsufficientFreeAddressesInSubnet - There are not enough free addresses in subnet '${subnets.map(({ id }) => id).join("', '")}' to satisfy the requested number of instances. Launching EC2 instance failed.`,
  );
