import {
  clusterPath,
  createCluster,
  createInternalRange,
  createNodePool,
  deleteCluster,
  deleteInternalRange,
  deleteNetwork,
  deleteNodePool,
  deleteSubnetwork,
  expandIpCidrRange,
  insertNetwork,
  insertSubnetwork,
  internalRangePath,
  nodePoolPath,
  patchInternalRange,
  patchSubnetwork,
  updateCluster,
} from "@cluster-ipam/cloud-model/google";
import { type Cloud, OWNER } from "./cloud";
import { type Attributes, type ResourceApi } from "./stack";

/** A secondary range in the state of a subnetwork. */
export interface SecondaryRange {
  readonly range_name: string;
  readonly ip_cidr_range: string;
  readonly reserved_internal_range: string;
}

/** The ranges of a cluster, as `ip_allocation_policy` has them. */
export interface IpAllocation {
  readonly cluster_secondary_range_name: string;
  readonly additional_pod_range_names: readonly string[];
  readonly additional_subnetworks: readonly {
    readonly subnetwork: string;
    readonly range_names: readonly string[];
  }[];
}

const text = (attributes: Attributes, name: string) => attributes[name] as string;
const replaced = () => undefined;

/** The modeled Google Cloud as Terraform's provider calls it. */
export class GoogleResources {
  constructor(private readonly cloud: Cloud) {}

  readonly network: ResourceApi = {
    create: (attributes) => {
      const name = text(attributes, "name");
      return { id: this.cloud.call("", (context) => insertNetwork(context, { name })).id };
    },
    update: replaced,
    delete: ({ id }) => this.cloud.call("", (context) => deleteNetwork(context, id as string)),
  };

  readonly internalRange: ResourceApi = {
    create: (attributes) => {
      const { id } = this.cloud.call("", (context) =>
        createInternalRange(context, text(attributes, "name"), rangeRequest(attributes)),
      );
      return { id };
    },
    update: (before, after) => {
      if (before["name"] !== after["name"] || before["usage"] !== after["usage"]) return undefined;
      const id = internalRangePath.format({ project: OWNER, name: text(before, "name") });
      this.cloud.call("", (context) => patchInternalRange(context, id, rangeRequest(after), ["ipCidrRange"]));
      return after;
    },
    delete: ({ id }) => this.cloud.call("", (context) => deleteInternalRange(context, id as string)),
  };

  readonly subnetwork: ResourceApi = {
    create: (attributes) => {
      const { id } = this.cloud.call(text(attributes, "region"), (context) =>
        insertSubnetwork(context, {
          name: text(attributes, "name"),
          network: text(attributes, "network"),
          ipCidrRange: text(attributes, "ip_cidr_range"),
          reservedInternalRange: text(attributes, "reserved_internal_range"),
          secondaryIpRanges: secondaryRanges(attributes),
        }),
      );
      return { id };
    },
    update: (before, after) => {
      const [id, region] = [text(before, "id"), text(before, "region")];
      const cidr = text(after, "ip_cidr_range");
      if (cidr !== before["ip_cidr_range"])
        this.cloud.call(region, (context) => expandIpCidrRange(context, id, { ipCidrRange: cidr }));
      if (JSON.stringify(before["secondary_ip_range"]) !== JSON.stringify(after["secondary_ip_range"]))
        this.cloud.call(region, (context) =>
          patchSubnetwork(context, id, { secondaryIpRanges: secondaryRanges(after) }),
        );
      return after;
    },
    delete: ({ id, region }) =>
      this.cloud.call(region as string, (context) => deleteSubnetwork(context, id as string)),
  };

  readonly cluster: ResourceApi = {
    create: (attributes) => {
      const ranges = attributes["ip_allocation_policy"] as IpAllocation;
      const { id } = this.cloud.call(text(attributes, "region"), (context) =>
        createCluster(context, text(attributes, "region"), {
          name: text(attributes, "name"),
          network: text(attributes, "network"),
          subnetwork: text(attributes, "subnetwork"),
          locations: attributes["node_locations"] as string[],
          defaultMaxPodsConstraint: { maxPodsPerNode: attributes["default_max_pods_per_node"] as number },
          ipAllocationPolicy: {
            clusterSecondaryRangeName: ranges.cluster_secondary_range_name,
            additionalPodRangesConfig: { podRangeNames: ranges.additional_pod_range_names },
            additionalIpRangesConfigs: subnetworks(ranges),
          },
          privateClusterConfig: {
            enablePrivateEndpoint: true,
            masterIpv4CidrBlock: text(attributes, "master_ipv4_cidr_block"),
          },
          initialNodeCount: 0,
        }),
      );
      this.cloud.call(text(attributes, "region"), (context) =>
        deleteNodePool(context, `${id}/nodePools/default-pool`),
      );
      return { id };
    },
    update: (before, after) => {
      const fixed = ["name", "network", "subnetwork", "master_ipv4_cidr_block", "default_max_pods_per_node"];
      if (fixed.some((name) => before[name] !== after[name])) return undefined;
      const [old, ranges] = [before, after].map(
        (attributes) => attributes["ip_allocation_policy"] as IpAllocation,
      ) as [IpAllocation, IpAllocation];
      if (old.cluster_secondary_range_name !== ranges.cluster_secondary_range_name) return undefined;
      const [had, has] = [old.additional_pod_range_names, ranges.additional_pod_range_names];
      this.cloud.call(text(before, "region"), (context) =>
        updateCluster(context, text(before, "id"), {
          desiredLocations: after["node_locations"] as string[],
          additionalPodRangesConfig: { podRangeNames: has.filter((name) => !had.includes(name)) },
          removedAdditionalPodRangesConfig: { podRangeNames: had.filter((name) => !has.includes(name)) },
          desiredAdditionalIpRangesConfig: { additionalIpRangesConfigs: subnetworks(ranges) },
        }),
      );
      return after;
    },
    delete: ({ id, region }) =>
      this.cloud.call(region as string, (context) => deleteCluster(context, id as string)),
  };

  /** A node pool without nodes has ranges too. */
  readonly nodePool: ResourceApi = {
    create: (attributes) => {
      const { name, cluster, region, max_pods_per_node: maxPodsPerNode, pod_range, subnetwork } = attributes;
      const id = clusterPath.format({ project: OWNER, location: region as string, name: cluster as string });
      this.cloud.call(region as string, (context) =>
        createNodePool(context, id, {
          name: name as string,
          initialNodeCount: attributes["initial_node_count"] as number,
          maxPodsConstraint: { maxPodsPerNode: maxPodsPerNode as number },
          networkConfig: { podRange: pod_range as string, subnetwork: subnetwork as string },
        }),
      );
      return {};
    },
    update: replaced,
    delete: ({ name, cluster, region }) => {
      const id = nodePoolPath.format({
        project: OWNER,
        location: region as string,
        cluster: cluster as string,
        name: name as string,
      });
      this.cloud.call(region as string, (context) => deleteNodePool(context, id));
    },
  };
}

function rangeRequest(attributes: Attributes) {
  return {
    network: text(attributes, "network"),
    usage: text(attributes, "usage"),
    peering: "FOR_SELF",
    ipCidrRange: text(attributes, "ip_cidr_range"),
    immutable: attributes["immutable"] as boolean,
  };
}

function secondaryRanges({ secondary_ip_range: ranges }: Attributes) {
  return (ranges as SecondaryRange[]).map(({ range_name, ip_cidr_range, reserved_internal_range }) => ({
    rangeName: range_name,
    ipCidrRange: ip_cidr_range,
    reservedInternalRange: reserved_internal_range,
  }));
}

function subnetworks({ additional_subnetworks }: IpAllocation) {
  return additional_subnetworks.map(({ subnetwork, range_names }) => ({
    subnetwork,
    podIpv4RangeNames: range_names,
  }));
}
