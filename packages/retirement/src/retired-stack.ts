import { protectedResources, turnOffProtection } from "./deletion-protection";
import { drainGrowthSubnets, type GrowthSubnets, listGrowthSubnets } from "./growth-subnets";
import { RetirementError } from "./retirement-error";
import { type RetiredStack } from "./retired-stacks";
import { type ManagedResource, readState } from "./stack-state";
import { type Terraform } from "./terraform";

/** Prints one line of progress. */
export type Progress = (line: string) => void;

/** Prints what {@link destroyStack} would do. @throws RetirementError if the state or the subnets cannot be read */
export async function describeStack(
  terraform: Terraform,
  stack: RetiredStack,
  onProgress: Progress,
): Promise<void> {
  const resources = (await stateOf(terraform, stack)) ?? [];
  for (const { address } of protectedResources(resources))
    onProgress(`${stack.id}: would turn off the deletion protection of ${address}`);
  for (const growth of growthSubnetsOf(stack, resources))
    for (const cidr of await listGrowthSubnets(growth))
      onProgress(`${stack.id}: would delete the growth subnet ${cidr} of ${growth.clusterName}`);
  onProgress(`${stack.id}: would destroy ${count(resources)}`);
}

/**
 * Destroys the resources of a retired stack: turns deletion protection off, drains the growth subnets of a network and
 * applies the emptied stack, which leaves an empty state. A run that failed can be repeated.
 *
 * @throws RetirementError with the step that failed
 */
export async function destroyStack(
  terraform: Terraform,
  stack: RetiredStack,
  onProgress: Progress,
): Promise<void> {
  const state = await stateOf(terraform, stack);
  // Without a reason to apply: the cluster that a provider looks up may be gone.
  if (state?.length === 0) return onProgress(`${stack.id}: nothing is left`);
  const resources = await unprotected(terraform, stack, state ?? [], onProgress);
  for (const growth of growthSubnetsOf(stack, resources)) {
    const { deleted, inUse } = await drainGrowthSubnets(growth);
    for (const { cidr } of deleted) onProgress(`${stack.id}: deleted the growth subnet ${cidr}`);
    const [used] = inUse;
    if (used !== undefined)
      throw new RetirementError(
        `${stack.id}: the growth subnet ${used.subnet.id} (${used.subnet.cidr}) of ${growth.clusterName} still has ` +
          `${used.interfaces} network interfaces; delete what uses them and run the command again`,
      );
  }
  onProgress(`${stack.id}: destroying ${count(resources)}`);
  await terraform.apply(stack.id, stack.folder).catch((error: Error) => {
    throw new RetirementError(`${error.message}${hint(stack, resources)}`);
  });
}

/** Turns deletion protection off. @returns the managed resources in the state */
async function unprotected(
  terraform: Terraform,
  { id, folder }: RetiredStack,
  resources: readonly ManagedResource[],
  onProgress: Progress,
): Promise<readonly ManagedResource[]> {
  if (protectedResources(resources).length === 0) return resources;
  await terraform.apply(id, folder, "-refresh-only");
  const refreshed = (await readState(terraform, id, folder)) ?? [];
  const addresses = protectedResources(refreshed).map(({ address }) => address);
  if (addresses.length === 0) return refreshed;
  onProgress(`${id}: turning off the deletion protection of ${addresses.join(", ")}`);
  await turnOffProtection(terraform, id, folder, refreshed);
  return refreshed;
}

/** What to do if the cluster of Kubernetes objects no longer exists, which their provider needs. */
function hint({ folder }: RetiredStack, resources: readonly ManagedResource[]): string {
  const objects = resources.filter(({ type }) => /^(kubernetes|helm)_/.test(type));
  if (objects.length === 0) return "";
  const addresses = objects.map(({ address }) => `'${address}'`).join(" ");
  return `; if the cluster no longer exists, remove its objects from the state first: terraform -chdir=${folder} state rm ${addresses}`;
}

/** The managed resources in a stack's state; undefined if there is no state. @throws RetirementError if it cannot be read */
export async function stateOf(
  terraform: Terraform,
  { id, folder }: RetiredStack,
): Promise<readonly ManagedResource[] | undefined> {
  await terraform.read(id, folder, "init", "-input=false", "-no-color");
  return readState(terraform, id, folder);
}

/** The growth subnets in the VPCs of a network's state. */
function growthSubnetsOf(
  { cluster }: RetiredStack,
  resources: readonly ManagedResource[],
): readonly GrowthSubnets[] {
  if (cluster === undefined) return [];
  return resources
    .filter(({ type }) => type === "aws_vpc")
    .map(({ attributes }) => ({
      clusterName: cluster,
      // arn:aws:ec2:<region>:<account>:vpc/<id>
      region: String(attributes["arn"]).split(":")[3]!,
      vpcId: String(attributes["id"]),
    }));
}

const count = ({ length }: readonly ManagedResource[]) =>
  length === 1 ? "1 resource" : `${length} resources`;
