import { type AMITypes, type CapacityTypes } from "@aws-sdk/client-eks";
import {
  createNodegroup,
  deleteNodegroup,
  type EksNodegroup,
  findCluster,
  nodegroups,
  partNamed,
  updateNodegroupConfig,
  updateNodegroupVersion,
} from "@cluster-ipam/cloud-model/aws/eks";
import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import { stringAt } from "../../arguments";
import { ConfigReader } from "../../config-reader";
import { nameOf } from "../../generated-name";
import { type ResourceContext, type ResourceModel } from "../../resource-model";
import { waitFor } from "./provisioning-failure";

/** `aws_eks_node_group`. */
export const eksNodeGroup: ResourceModel = {
  create(context, planned) {
    const config = new ConfigReader(planned);
    const clusterName = config.text("cluster_name");
    const nodegroupName = nameOf(context, planned, "node_group_name");
    waitForNodes(clusterName, nodegroupName, () =>
      createNodegroup(context, {
        clusterName,
        nodegroupName,
        nodeRole: config.text("node_role_arn"),
        amiType: (config.text("ami_type") || undefined) as AMITypes | undefined,
        capacityType: (config.text("capacity_type") || undefined) as CapacityTypes | undefined,
        labels: config.map("labels"),
        tags: config.map("tags_all"),
        subnets: [...config.texts("subnet_ids")],
        instanceTypes: [...config.texts("instance_types")],
        scalingConfig: scalingIn(config),
        launchTemplate: launchTemplateIn(config),
        version: stringAt(planned, "version"),
      }),
    );
    return toTerraformState(find(context, clusterName, nodegroupName));
  },
  update(context, prior, planned) {
    const config = new ConfigReader(planned);
    const { clusterName, nodegroupName } = namesIn(prior);
    updateNodegroupVersion(context, {
      clusterName,
      nodegroupName,
      version: stringAt(planned, "version"),
      launchTemplate: launchTemplateIn(config),
    });
    waitForNodes(clusterName, nodegroupName, () =>
      updateNodegroupConfig(context, { clusterName, nodegroupName, scalingConfig: scalingIn(config) }),
    );
    return toTerraformState(find(context, clusterName, nodegroupName));
  },
  delete(context, state) {
    if (exists(context, state)) deleteNodegroup(context, namesIn(state));
  },
  read: (context, state) => (exists(context, state) ? {} : null),
};

function namesIn(state: ObjectValue) {
  const config = new ConfigReader(state);
  return { clusterName: config.text("cluster_name"), nodegroupName: config.text("node_group_name") };
}

function scalingIn(config: ConfigReader) {
  const scaling = config.block("scaling_config");
  return {
    minSize: scaling.number("min_size"),
    desiredSize: scaling.number("desired_size"),
    maxSize: scaling.number("max_size"),
  };
}

function launchTemplateIn(config: ConfigReader) {
  const template = config.block("launch_template");
  const [id, name, version] = [template.text("id"), template.text("name"), template.text("version")];
  return { id: id || undefined, name: name || undefined, version: version || undefined };
}

const waitForNodes = (cluster: string, nodegroup: string, request: () => void): void =>
  waitFor(`EKS Node Group (${cluster}:${nodegroup})`, "CREATE_FAILED", request);

function find(
  { transaction, caller }: ResourceContext,
  clusterName: string,
  nodegroupName: string,
): EksNodegroup | undefined {
  const cluster = findCluster(transaction, caller, clusterName);
  return cluster && partNamed(transaction, nodegroups, cluster, nodegroupName);
}

function exists(context: ResourceContext, state: ObjectValue): boolean {
  const { clusterName, nodegroupName } = namesIn(state);
  return find(context, clusterName, nodegroupName) !== undefined;
}

const toTerraformState = (nodegroup: EksNodegroup | undefined): ObjectValue =>
  nodegroup ? { arn: nodegroup.arn, node_group_name: nodegroup.name, version: nodegroup.version } : {};
