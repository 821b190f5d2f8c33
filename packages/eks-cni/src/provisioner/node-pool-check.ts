import { type EksClusterAddresses, expandFamilies, INSTANCE_TYPES } from "@cluster-ipam/address-plan";
import { isReservedLabel, ValidationError } from "@cluster-ipam/blueprint-core";
import { type Construct } from "constructs";
import { type EksNetworkContract } from "../network/eks-network-contract";
import { type KarpenterNodePoolOptions, type NodePoolOptions } from "./node-pool-options";

/** An alias of Karpenter for EKS's images: its family and the release. */
const ALIAS = /^(al2023|bottlerocket)@(latest|v?[0-9][0-9a-z.-]*)$/;

/** The family of a pool's image: "AL2023" or "Bottlerocket". */
export function imageFamily({
  image = "al2023@latest",
}: KarpenterNodePoolOptions): "AL2023" | "Bottlerocket" {
  return image.startsWith("bottlerocket@") ? "Bottlerocket" : "AL2023";
}

/** The instance types of a pool's nodes, with families written out. */
export function poolTypes(
  { instanceTypes }: NodePoolOptions,
  { addresses }: EksNetworkContract,
): readonly string[] {
  return instanceTypes === undefined ? addresses.instanceTypes : expandFamilies(instanceTypes);
}

/**
 * Checks that the plan has addresses for what a provisioner does.
 *
 * @throws ValidationError for a plan with another one, and one in which no node is ever replaced
 */
export function checkProvisioner(
  where: Construct,
  needed: "karpenter" | "auto-mode",
  { name, provisioner, demand }: EksClusterAddresses,
): void {
  if (provisioner !== needed)
    throw new ValidationError(
      where,
      `the address plan of ${name} has no addresses for the nodes that are replaced; set provisioner: ${needed} in addresses.yaml and run npm run addresses`,
    );
  if (demand.churnPercent === undefined)
    throw new ValidationError(
      where,
      `churnPercent of ${name} is 0, so no node could ever be replaced; raise it in addresses.yaml`,
    );
}

/**
 * Checks the node pools of a cluster.
 *
 * @throws ValidationError for a name, size, instance type, zone, image, kubelet setting or label that Karpenter or a kubelet
 * rejects
 */
export function checkNodePools(
  where: Construct,
  pools: readonly KarpenterNodePoolOptions[],
  network: EksNetworkContract,
): void {
  if (pools.length === 0)
    throw new ValidationError(where, "nodePools is empty, so no node would ever be added; list at least one");
  for (const [index, pool] of pools.entries()) {
    if (pools.findIndex(({ name }) => name === pool.name) !== index)
      throw new ValidationError(where, `two node pools are named ${pool.name}; use unique names`);
    const problem = poolProblem(pool, network);
    if (problem !== undefined) throw new ValidationError(where, `node pool ${pool.name}: ${problem}`);
  }
}

function poolProblem(pool: KarpenterNodePoolOptions, network: EksNetworkContract): string | undefined {
  return commonProblem(pool, network) ?? karpenterProblem(pool);
}

function commonProblem(pool: NodePoolOptions, network: EksNetworkContract): string | undefined {
  const { name, maxNodes, zones, diskGiB = 50, labels = {} } = pool;
  if (!/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name))
    return "the name is not valid; use 1 to 63 of a-z, 0-9 and -, with a letter or digit at both ends";
  if (!Number.isInteger(maxNodes) || maxNodes < 1)
    return `maxNodes is ${maxNodes}; use a whole number of at least 1`;
  const types = poolTypes(pool, network);
  const unknown = types.find((type) => !INSTANCE_TYPES.has(type));
  if (types.length === 0 || unknown !== undefined)
    return `${unknown === undefined ? "instanceTypes is empty" : `${unknown} is not in the address plan's table`}; list types or families of the table`;
  const planned = network.addresses.zones;
  const foreign = zones?.find((zone) => !planned.includes(zone));
  if (zones?.length === 0 || foreign !== undefined)
    return `zones has ${foreign ?? "no zone"}; use some of ${planned.join(", ")}`;
  if (!Number.isInteger(diskGiB) || diskGiB < 20 || diskGiB > 16_384)
    return `diskGiB is ${diskGiB}; use a whole number from 20 to 16384`;
  const reserved = Object.keys(labels).find(
    (key) => isReservedLabel(key, "eks.amazonaws.com") || /^(.*\.)?karpenter\.(sh|k8s\.aws)\//.test(key),
  );
  if (reserved !== undefined)
    return `the label ${reserved} is reserved; use your own prefix or node.kubernetes.io/`;
  return undefined;
}

function karpenterProblem(pool: KarpenterNodePoolOptions): string | undefined {
  const { image = "al2023@latest", kubelet = {} } = pool;
  if (!ALIAS.test(image) && !/^ami-[0-9a-f]{8,17}$/.test(image))
    return `image ${JSON.stringify(image)} is no alias and no image id; use one such as al2023@latest or ami-0a1b2c3d4e5f60718`;
  const { podsPerCore } = kubelet;
  if (podsPerCore !== undefined && imageFamily(pool) === "Bottlerocket")
    return "Bottlerocket has no podsPerCore, and Karpenter would ignore it; remove kubelet.podsPerCore, or use al2023";
  if (podsPerCore !== undefined && (!Number.isInteger(podsPerCore) || podsPerCore < 1))
    return `kubelet.podsPerCore is ${podsPerCore}; use a whole number of at least 1`;
  return undefined;
}
