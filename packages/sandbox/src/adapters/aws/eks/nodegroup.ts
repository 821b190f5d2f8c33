import { DiagnosticError, type ObjectValue } from "@cluster-ipam/terraform-provider";
import { partitionOf } from "@cluster-ipam/cloud-model";
import {
  clusterNamed,
  type EksCluster,
  type EksNodegroup,
  findCluster,
  nodegroups,
  partNamed,
  placeIn,
  putPart,
  removePart,
} from "@cluster-ipam/cloud-model/aws/eks";
import { ConfigReader } from "../../config-reader";
import { keptOf } from "../../../resource-store/resource-store";
import { type ResourceContext, type ResourceModel } from "../../resource-model";
import { attachServiceInterface, deleteInterfaces } from "../network/interface";
import { type ClusterSubnet, subnetsNamed } from "./cluster-network";
import { checkSkew } from "./kubernetes-version";
import { checkNodeRole, invalidParameter } from "./refusals";

/** `aws_eks_node_group` */
export const eksNodegroup: ResourceModel = {
  create(context, planned) {
    const asked = new ConfigReader(planned);
    const cluster = clusterNamed(context.transaction, context.caller, asked.text("cluster_name"));
    checkNodeRole(context, asked.text("node_role_arn"));
    checkLaunchTemplate(context, asked.block("launch_template"));
    const name = nameOf(context, asked);
    const { owner, region } = context.caller;
    const nodegroup: EksNodegroup = {
      ...placeIn(cluster),
      name,
      arn: `arn:${partitionOf(region)}:eks:${region}:${owner}:nodegroup/${cluster.name}/${name}/${context.transaction.hex(32)}`,
      version: cluster.version,
      subnetIds: asked.texts("subnet_ids"),
      instanceTypes: asked.texts("instance_types"),
      size: { min: 0, desired: 0, max: 0 },
      interfaceIds: [],
    };
    return put(context, changed(context, cluster, nodegroup, asked));
  },

  update(context, _prior, planned) {
    const asked = new ConfigReader(planned);
    const cluster = clusterNamed(context.transaction, context.caller, asked.text("cluster_name"));
    const before = partNamed(context.transaction, nodegroups, cluster, asked.text("node_group_name"));
    if (!before) return {};
    checkLaunchTemplate(context, asked.block("launch_template"));
    return put(context, changed(context, cluster, before, asked));
  },

  delete(context, state) {
    const nodegroup = standing(context, new ConfigReader(state));
    if (!nodegroup) return;
    deleteInterfaces(context, nodegroup.interfaceIds);
    removePart(context.transaction, nodegroups, nodegroup);
  },

  read: (context, state) => (standing(context, new ConfigReader(state)) ? {} : null),
};

function put(context: ResourceContext, nodegroup: EksNodegroup): ObjectValue {
  const { arn, name, version } = putPart(context.transaction, nodegroups, nodegroup);
  return { arn, node_group_name: name, version };
}

/** @throws ServiceError for a version that does not go with the cluster's, DiagnosticError when nodes find no address */
function changed(
  context: ResourceContext,
  cluster: EksCluster,
  nodegroup: EksNodegroup,
  asked: ConfigReader,
): EksNodegroup {
  const version = asked.text("version") || nodegroup.version;
  checkSkew(nodegroup.name, version, cluster.version);
  const scaling = asked.block("scaling_config");
  const size = {
    min: scaling.number("min_size") ?? 0,
    desired: scaling.number("desired_size") ?? 0,
    max: scaling.number("max_size") ?? 0,
  };
  if (size.min > size.max || size.desired < size.min || size.desired > size.max)
    throw invalidParameter(
      `Minimum capacity ${size.min}, desired capacity ${size.desired} and maximum capacity ${size.max} are out of order`,
    );
  return { ...nodegroup, version, size, interfaceIds: scaled(context, cluster, nodegroup, size.desired) };
}

/** Adds or removes nodes, the newest first; each holds an interface with one address. */
function scaled(
  context: ResourceContext,
  cluster: EksCluster,
  nodegroup: EksNodegroup,
  desired: number,
): readonly string[] {
  const { interfaceIds, subnetIds, name } = nodegroup;
  deleteInterfaces(context, interfaceIds.slice(desired));
  const kept = interfaceIds.slice(0, desired);
  const subnets = subnetsNamed(context, subnetIds);
  const places = placesFor(subnets, desired - kept.length, kept.length);
  if (places.length < desired - kept.length) throw insufficientAddresses(cluster, nodegroup, subnets);
  const props = {
    description: `${cluster.name}-${name}`,
    groups: [cluster.clusterSecurityGroupId],
    instance: true,
  };
  return [...kept, ...places.map((id) => attachServiceInterface(context, id, props))];
}

/** Subnets for new nodes, in turn; a full one is passed over, as an Auto Scaling group does. */
function placesFor(subnets: readonly ClusterSubnet[], wanted: number, from: number): readonly string[] {
  const free = new Map(subnets.map(({ id, free: addresses }) => [id, addresses]));
  const places: string[] = [];
  for (let turn = from; places.length < wanted; turn++) {
    const open = subnets.filter(({ id }) => free.get(id)! > 0);
    if (open.length === 0) break;
    const { id } = open[turn % open.length]!;
    free.set(id, free.get(id)! - 1);
    places.push(id);
  }
  return places;
}

/** A node group that cannot start its nodes is not refused: it fails while Terraform waits for it. */
const insufficientAddresses = (
  { name: cluster }: EksCluster,
  { name }: EksNodegroup,
  subnets: readonly ClusterSubnet[],
): DiagnosticError =>
  new DiagnosticError({
    summary: `waiting for EKS Node Group (${cluster}:${name}) create: unexpected state 'CREATE_FAILED', wanted target 'ACTIVE'. last error: AsgInstanceLaunchFailures: Could not launch On-Demand Instances. InsufficientFreeAddressesInSubnet - There are not enough free addresses in subnet '${subnets.map(({ id }) => id).join("', '")}' to satisfy the requested number of instances. Launching EC2 instance failed.`,
  });

/** @throws ServiceError when it does not stand, in EC2's code */
function checkLaunchTemplate({ transaction, caller }: ResourceContext, asked: ConfigReader): void {
  const [id, name] = [asked.text("id"), asked.text("name")];
  if (id === "" && name === "") return;
  const stands = keptOf(transaction, "aws_launch_template").some(
    (template) =>
      template.owner === caller.owner &&
      template.region === caller.region &&
      (id !== ""
        ? template.id === id
        : new ConfigReader(template.state as ObjectValue).text("name") === name),
  );
  if (stands) return;
  throw invalidParameter(
    id !== ""
      ? `The specified launch template, with template ID ${id}, does not exist. (Service: AmazonEC2; Status Code: 400; Error Code: InvalidLaunchTemplateId.NotFound)`
      : `The specified launch template, with template name ${name}, does not exist. (Service: AmazonEC2; Status Code: 400; Error Code: InvalidLaunchTemplateName.NotFoundException)`,
  );
}

const nameOf = ({ transaction }: ResourceContext, asked: ConfigReader): string =>
  asked.text("node_group_name") ||
  `${asked.text("node_group_name_prefix") || "terraform-"}${transaction.hex(26)}`;

function standing({ transaction, caller }: ResourceContext, asked: ConfigReader): EksNodegroup | undefined {
  const cluster = findCluster(transaction, caller, asked.text("cluster_name"));
  return cluster && partNamed(transaction, nodegroups, cluster, asked.text("node_group_name"));
}
