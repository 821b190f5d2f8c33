import { type LandscapeBuilder } from "../landscape/landscape-builder";
import { readAwsAnswer } from "./aws-answer";
import { readGoogleResource } from "./google-answer";
import { isObject, type JsonObject, objectsOf, textOf, textsOf } from "./json-value";

/** Whether a document is a Terraform state, or the output of `terraform show -json`. */
export function isTerraformState(document: JsonObject): boolean {
  return (
    (document["version"] === 4 && Array.isArray(document["resources"])) ||
    (textOf(document, "format_version") !== undefined && isObject(document["values"]))
  );
}

interface Resource {
  readonly address: string;
  readonly type: string;
  readonly values: JsonObject;
}

/** Reads the networks and clusters of a state, whoever manages them. @throws LandscapeError if an entry is malformed */
export function readTerraformState(document: JsonObject, to: LandscapeBuilder, file: string): void {
  const values = document["values"];
  const module = isObject(values) ? values["root_module"] : undefined;
  const resources = isObject(module) ? shownResources(module, file) : stateResources(document, file);
  const secondary = resources.filter(({ type }) => type === "aws_vpc_ipv4_cidr_block_association");
  for (const { address, type, values: attributes } of resources) {
    const [read] = AWS[type] === undefined ? [] : [AWS[type]];
    if (read !== undefined) {
      const attached = secondary
        .map((item) => item.values)
        .filter((item) => item["vpc_id"] === attributes["id"]);
      readAwsAnswer(read(attributes, attached), to, { file: `${file}: ${address}` });
    } else if (GOOGLE[type] !== undefined) {
      readGoogleResource(GOOGLE[type](attributes), to, file, address);
    }
  }
}

function shownResources(module: JsonObject, file: string): Resource[] {
  const own = objectsOf(module, "resources", file).flatMap((resource) =>
    resource["mode"] === "data" || !isObject(resource["values"])
      ? []
      : [
          {
            address: textOf(resource, "address") ?? "",
            type: textOf(resource, "type") ?? "",
            values: resource["values"],
          },
        ],
  );
  return [
    ...own,
    ...objectsOf(module, "child_modules", file).flatMap((child) => shownResources(child, file)),
  ];
}

function stateResources(document: JsonObject, file: string): Resource[] {
  return objectsOf(document, "resources", file)
    .filter(({ mode }) => mode !== "data")
    .flatMap((resource) => {
      const type = textOf(resource, "type") ?? "";
      const address = [textOf(resource, "module"), type, textOf(resource, "name")].filter(Boolean).join(".");
      return objectsOf(resource, "instances", file).flatMap(({ attributes }) =>
        isObject(attributes) ? [{ address, type, values: attributes }] : [],
      );
    });
}

/** The answer of AWS that describes a resource. */
const AWS: Readonly<Record<string, (values: JsonObject, secondary: readonly JsonObject[]) => JsonObject>> = {
  aws_vpc: (vpc, secondary) => ({
    Vpcs: [
      {
        ...{ VpcId: vpc["id"], CidrBlock: vpc["cidr_block"], OwnerId: vpc["owner_id"] },
        CidrBlockAssociationSet: [
          { CidrBlock: vpc["cidr_block"] },
          ...secondary.map((item) => ({ CidrBlock: item["cidr_block"], AssociationId: item["id"] })),
        ],
        Tags: tagList(vpc["tags_all"] ?? vpc["tags"]),
      },
    ],
  }),
  aws_subnet: (subnet) => ({
    Subnets: [
      {
        ...{ SubnetId: subnet["id"], VpcId: subnet["vpc_id"], CidrBlock: subnet["cidr_block"] },
        ...{ AvailabilityZone: subnet["availability_zone"], OwnerId: subnet["owner_id"] },
        MapPublicIpOnLaunch: subnet["map_public_ip_on_launch"],
        Tags: tagList(subnet["tags_all"] ?? subnet["tags"]),
      },
    ],
  }),
  aws_route_table_association: (association) => ({
    RouteTables: [
      { RouteTableId: association["route_table_id"], Associations: [{ SubnetId: association["subnet_id"] }] },
    ],
  }),
  aws_eks_cluster: (cluster) => {
    const [vpc] = objectsOf(cluster, "vpc_config", "aws_eks_cluster");
    return {
      cluster: {
        ...{ name: cluster["name"], arn: cluster["arn"], tags: cluster["tags_all"] ?? cluster["tags"] },
        resourcesVpcConfig: { vpcId: vpc?.["vpc_id"], subnetIds: vpc?.["subnet_ids"] },
      },
    };
  },
  aws_eks_node_group: (group) => {
    const [scaling] = objectsOf(group, "scaling_config", "aws_eks_node_group");
    return {
      nodegroup: {
        ...{
          nodegroupName: group["node_group_name"],
          nodegroupArn: group["arn"],
          clusterName: group["cluster_name"],
        },
        ...{ subnets: group["subnet_ids"], instanceTypes: textsOf(group, "instance_types") },
        scalingConfig: { maxSize: scaling?.["max_size"], desiredSize: scaling?.["desired_size"] },
      },
    };
  },
};

/** The resource of Google's APIs that a Terraform resource is. */
const GOOGLE: Readonly<Record<string, (values: JsonObject) => JsonObject>> = {
  google_compute_subnetwork: (subnet) => ({
    ...{ kind: "compute#subnetwork", name: subnet["name"], selfLink: subnet["self_link"] ?? subnet["id"] },
    ...{ network: subnet["network"], ipCidrRange: subnet["ip_cidr_range"] },
    secondaryIpRanges: objectsOf(subnet, "secondary_ip_range", "google_compute_subnetwork").map((range) => ({
      rangeName: range["range_name"],
      ipCidrRange: range["ip_cidr_range"],
    })),
  }),
  google_network_connectivity_internal_range: (range) => ({
    ...{
      name: range["id"],
      network: range["network"],
      ipCidrRange: range["ip_cidr_range"],
      labels: range["labels"],
    },
  }),
};

function tagList(tags: unknown): readonly object[] {
  return isObject(tags) ? Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) : [];
}
