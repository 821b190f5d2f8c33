import { crc32 } from "node:zlib";

import {
  DiagnosticError,
  isList,
  type ObjectValue,
  type TerraformType,
  type Value,
} from "@cluster-ipam/terraform-provider";
import { zonesOf } from "@cluster-ipam/cloud-model";
import { Literal } from "../computed-values/template";
import { instanceType } from "./instance-types";
import { awsRegion, regionNames } from "./aws-regions";
import { policyDocument } from "./policy-document";
import { type Query } from "./query";

const regionOf = (config: ObjectValue, { settings }: TerraformType): string =>
  String(config["region"] ?? settings.region ?? "");

const texts = (value: Value | undefined): readonly string[] =>
  isList(value) ? value.filter((item): item is string => typeof item === "string") : [];

const availabilityZones: Query = (config, terraformType) => {
  const region = regionOf(config, terraformType);
  const [names, ids] = [texts(config["exclude_names"]), texts(config["exclude_zone_ids"])];
  const zones = zonesOf(region).filter(({ name, id }) => !names.includes(name) && !ids.includes(id));
  return {
    id: region,
    group_names: [region],
    names: zones.map(({ name }) => name),
    zone_ids: zones.map(({ id }) => id),
  };
};

const publicParameter: Query = (config) => {
  const name = String(config["name"]);
  const image =
    /^\/aws\/service\/(eks|bottlerocket|ami-amazon-linux)\b.*\/(image_id|release_version|image_version)$/.exec(
      name,
    );
  if (!image)
    throw new DiagnosticError({
      summary: `reading SSM Parameter (${name}): couldn't find resource`,
      detail: "The sandbox supports only the public image parameters of EKS, Bottlerocket and Amazon Linux.",
    });
  const value = image[2] === "image_id" ? "ami-{hex:17}" : "1.0.0-20260101";
  return {
    id: name,
    arn: `arn:{partition}:ssm:{region}::parameter${name}`,
    type: "String",
    value,
    insecure_value: value,
    version: 1,
  };
};

const subnets: Query = (config, terraformType) => ({
  id: regionOf(config, terraformType),
  ids: zonesOf(regionOf(config, terraformType))
    .slice(0, 3)
    .map(() => "subnet-{hex:17}"),
});

const ec2 = (prefix: string, resource: string) => ({
  id: `${prefix}-{hex:17}`,
  arn: `arn:{partition}:ec2:{region}:{account}:${resource}/{id}`,
  owner_id: "{account}",
  state: "available",
});

const pool = {
  arn: "arn:{partition}:ec2::{account}:ipam-pool/{id}",
  address_family: "ipv4",
  ipam_scope_id: "ipam-scope-{hex:17}",
  ipam_scope_type: "private",
  state: "create-complete",
};

const ipamPool: Query = (config) => ({
  ...pool,
  id: String(config["ipam_pool_id"] ?? config["id"] ?? "ipam-pool-{hex:17}"),
  ipam_pool_id: "{id}",
});

/** Assumed results of AWS data sources. */
export const awsQueries: { readonly [type: string]: Query } = {
  aws_availability_zones: availabilityZones,
  aws_caller_identity: () => ({
    id: "{account}",
    account_id: "{account}",
    arn: "arn:{partition}:iam::{account}:user/sandbox",
    user_id: "AIDASANDBOX",
  }),
  aws_partition: (_config, { settings }) => {
    const china = String(settings.region).startsWith("cn-");
    return {
      id: "{partition}",
      partition: "{partition}",
      dns_suffix: china ? "amazonaws.com.cn" : "amazonaws.com",
      reverse_dns_prefix: china ? "cn.com.amazonaws" : "com.amazonaws",
    };
  },
  aws_region: (config, terraformType) => {
    const region = awsRegion(config) ?? regionOf(config, terraformType);
    const suffix = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
    const description = regionNames[region] ?? region;
    return { id: region, region, name: region, endpoint: `ec2.${region}.${suffix}`, description };
  },
  aws_iam_policy_document: (config) => {
    const document = policyDocument(config);
    const json = JSON.stringify(document, null, 2);
    return {
      id: String(crc32(json)),
      json: new Literal(json),
      minified_json: new Literal(JSON.stringify(document)),
    };
  },
  aws_ssm_parameter: publicParameter,
  aws_vpc: () => ec2("vpc", "vpc"),
  aws_subnet: () => ec2("subnet", "subnet"),
  aws_subnets: subnets,
  aws_vpc_ipam_pool: ipamPool,
  aws_vpc_ipam_pools: () => ({
    id: "{region}",
    ipam_pools: [
      {
        ...pool,
        id: "ipam-pool-{hex:17}",
        arn: "arn:{partition}:ec2::{account}:ipam-pool/ipam-pool-{hex:17}",
      },
    ],
  }),
  aws_eks_addon_version: (config) => ({
    id: String(config["addon_name"]),
    version: config["addon_name"] === "vpc-cni" ? "v1.21.1-eksbuild.1" : "v1.0.0-eksbuild.1",
  }),
  aws_eks_cluster: () => ({
    id: "{name}",
    arn: "arn:{partition}:eks:{region}:{account}:cluster/{name}",
    certificate_authority: [{ data: "c2FuZGJveA==" }],
    endpoint: "https://{hex:32}.gr7.{region}.eks.amazonaws.com",
    identity: [{ oidc: [{ issuer: "https://oidc.eks.{region}.amazonaws.com/id/{hex:32}" }] }],
    status: "ACTIVE",
    version: "1.34",
  }),
  aws_eks_cluster_auth: () => ({ id: "{name}", token: "k8s-aws-v1.{hex:32}" }),
  aws_ec2_instance_type: (config) => {
    const name = String(config["instance_type"]);
    return { id: name, ...instanceType(name) };
  },
};
