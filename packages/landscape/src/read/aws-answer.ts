import { clusterId, type LandscapeBuilder } from "../landscape/landscape-builder";
import { isObject, type JsonObject, numberOf, objectsOf, required, textOf, textsOf } from "./json-value";

/** Where an answer comes from. */
export interface AwsOrigin {
  /** File or service, for errors. */
  readonly file: string;
  /** Account that was asked, if it is known. */
  readonly account?: string;
  /** Region that was asked, if it is known. */
  readonly region?: string;
}

type Reader = (item: JsonObject, to: LandscapeBuilder, origin: AwsOrigin, entry: string) => void;

/** What each list in an answer has, by the list's name: it is the same in the CLI's output and in the SDK's. */
const LISTS: Readonly<Record<string, Reader>> = {
  Vpcs: readVpc,
  Subnets: readSubnet,
  RouteTables: readRouteTable,
  IpamPools: () => undefined,
  IpamPoolCidrs: readPoolCidr,
  IpamPoolAllocations: readAllocation,
  IpamResourceCidrs: readResourceCidr,
};

/** Answers that name things without describing them. */
const NAMES = ["clusters", "nodegroups"];

/** Whether a JSON document is an answer of AWS that this reads. */
export function isAwsAnswer(document: JsonObject): boolean {
  return Object.keys(document).some(
    (member) =>
      Object.hasOwn(LISTS, member) ||
      (NAMES.includes(member) && textsOf(document, member).length > 0) ||
      ((member === "cluster" || member === "nodegroup") && isObject(document[member])),
  );
}

/** Reads an answer of EC2 or EKS. @throws LandscapeError with the entry that is malformed */
export function readAwsAnswer(document: JsonObject, to: LandscapeBuilder, origin: AwsOrigin): void {
  for (const [member, read] of Object.entries(LISTS))
    objectsOf(document, member, origin.file).forEach((item, index) =>
      read(item, to, origin, `${member}[${index}]`),
    );
  const { cluster, nodegroup } = document;
  if (isObject(cluster)) readCluster(cluster, to, origin);
  if (isObject(nodegroup)) readNodeGroup(nodegroup, to, origin);
}

function readVpc(vpc: JsonObject, to: LandscapeBuilder, { file, account, region }: AwsOrigin, entry: string) {
  const where = `${file}: ${entry}`;
  const id = required(vpc, "VpcId", where);
  const owner = textOf(vpc, "OwnerId") ?? account ?? "";
  const primary = required(vpc, "CidrBlock", where);
  const tags = awsTags(vpc);
  const associations = objectsOf(vpc, "CidrBlockAssociationSet", where);
  const attached = associations.filter(
    ({ CidrBlockState: state }) => !isObject(state) || state["State"] === "associated",
  );
  const cidrs = attached.length > 0 ? attached : [{ CidrBlock: primary }];
  cidrs.forEach((association) => {
    const associationId = textOf(association, "AssociationId");
    to.addRange(association["CidrBlock"], {
      ...{ kind: "vpc", cloud: "aws", id, owner, network: id, tags, source: { file, entry } },
      ...(tags["Name"] !== undefined && { name: tags["Name"] }),
      ...(region !== undefined && { region }),
      ...(vpc["IsDefault"] === true && { name: tags["Name"] ?? "default VPC" }),
      ...(associationId !== undefined && { association: associationId }),
      primary: association["CidrBlock"] === primary,
    });
  });
  objectsOf(vpc, "Ipv6CidrBlockAssociationSet", where).forEach(() => to.skip("IPv6"));
}

function readSubnet(
  subnet: JsonObject,
  to: LandscapeBuilder,
  { file, account }: AwsOrigin,
  entry: string,
): void {
  const where = `${file}: ${entry}`;
  const id = required(subnet, "SubnetId", where);
  const zone = required(subnet, "AvailabilityZone", where);
  const free = numberOf(subnet, "AvailableIpAddressCount");
  const tags = awsTags(subnet);
  to.addRange(subnet["CidrBlock"], {
    ...{ kind: "subnet", cloud: "aws", id, zone, source: { file, entry } },
    owner: textOf(subnet, "OwnerId") ?? account ?? "",
    region: regionOfZone(zone),
    network: required(subnet, "VpcId", where),
    tags: subnet["MapPublicIpOnLaunch"] === true ? { ...tags, [PUBLIC]: "true" } : tags,
    ...(tags["Name"] !== undefined && { name: tags["Name"] }),
    ...(free !== undefined && { free }),
  });
}

/** Tag that a reader adds to subnets with public addresses. EC2 reserves the prefix, so no one else can set it. */
export const PUBLIC = "aws:map-public-ip-on-launch";

/** `eu-west-1a` is in eu-west-1, the Local Zone `us-west-2-lax-1a` in us-west-2. */
function regionOfZone(zone: string): string {
  return /^[a-z]+(-[a-z]+)+-\d+/.exec(zone)?.[0] ?? zone;
}

function readRouteTable(table: JsonObject, to: LandscapeBuilder, { file }: AwsOrigin, entry: string): void {
  const id = required(table, "RouteTableId", `${file}: ${entry}`);
  for (const association of objectsOf(table, "Associations", `${file}: ${entry}`)) {
    const subnet = textOf(association, "SubnetId");
    if (subnet !== undefined) to.addRouteTable(subnet, id);
  }
}

function readPoolCidr(
  item: JsonObject,
  to: LandscapeBuilder,
  { file, account, region }: AwsOrigin,
  entry: string,
) {
  // `get-ipam-pool-cidrs` does not name the pool.
  if (textOf(item, "State") === "deprovisioned") return;
  to.addRange(item["Cidr"], {
    ...{ kind: "ipam-pool", cloud: "aws", owner: account ?? "", tags: {}, source: { file, entry } },
    id: textOf(item, "IpamPoolId") ?? textOf(item, "IpamPoolCidrId") ?? "IPAM pool",
    ...(region !== undefined && { region }),
  });
}

/** An allocation for a VPC or another pool is that VPC, or that pool. */
function readAllocation(item: JsonObject, to: LandscapeBuilder, { file, account }: AwsOrigin, entry: string) {
  const type = textOf(item, "ResourceType");
  if (type === "vpc" || type === "subnet" || type === "ipam-pool") return;
  const name = textOf(item, "Description");
  const region = textOf(item, "ResourceRegion");
  to.addRange(item["Cidr"], {
    ...{ kind: "allocation", cloud: "aws", tags: {}, source: { file, entry } },
    id: required(item, "IpamPoolAllocationId", `${file}: ${entry}`),
    owner: textOf(item, "ResourceOwner") ?? account ?? "",
    ...(name !== undefined && { name }),
    ...(region !== undefined && { region }),
  });
}

/** What IPAM discovered: VPCs of accounts that were not asked themselves, and what IPAM thinks of the others. */
function readResourceCidr(item: JsonObject, to: LandscapeBuilder, { file }: AwsOrigin, entry: string): void {
  if (textOf(item, "ResourceType") !== "vpc") return;
  const where = `${file}: ${entry}`;
  const region = textOf(item, "ResourceRegion");
  const states = [textOf(item, "ComplianceStatus"), textOf(item, "OverlapStatus")].filter(
    (state): state is string => state === "noncompliant" || state === "overlapping",
  );
  const id = required(item, "ResourceId", where);
  to.addRange(item["ResourceCidr"], {
    ...{
      kind: "vpc",
      cloud: "aws",
      id,
      network: id,
      tags: awsTags(item, "ResourceTags"),
      source: { file, entry },
    },
    owner: required(item, "ResourceOwnerId", where),
    ...(region !== undefined && { region }),
    ...(states.length > 0 && { states }),
  });
}

function readCluster(cluster: JsonObject, to: LandscapeBuilder, { file }: AwsOrigin): void {
  const where = `${file}: cluster`;
  const { region, account } = parsedArn(required(cluster, "arn", where));
  const vpc = isObject(cluster["resourcesVpcConfig"]) ? cluster["resourcesVpcConfig"] : {};
  to.addCluster({
    ...{ cloud: "aws", region, owner: account, zones: [], nodes: [], source: { file, entry: "cluster" } },
    name: required(cluster, "name", where),
    network: required(vpc, "vpcId", where),
    subnets: textsOf(vpc, "subnetIds"),
    tags: plainTags(cluster["tags"]),
  });
}

function readNodeGroup(group: JsonObject, to: LandscapeBuilder, { file }: AwsOrigin): void {
  const where = `${file}: nodegroup`;
  const { region, account } = parsedArn(required(group, "nodegroupArn", where));
  const name = required(group, "clusterName", where);
  const scaling = isObject(group["scalingConfig"]) ? group["scalingConfig"] : {};
  const [instanceType] = textsOf(group, "instanceTypes");
  const nodes = {
    name: required(group, "nodegroupName", where),
    most: numberOf(scaling, "maxSize") ?? numberOf(scaling, "desiredSize") ?? 1,
    subnets: textsOf(group, "subnets"),
    ...(instanceType !== undefined && { instanceType }),
  };
  to.addNodes(clusterId({ cloud: "aws", owner: account, region, name }), nodes);
}

function parsedArn(arn: string): { readonly region: string; readonly account: string } {
  const [, , , region = "", account = ""] = arn.split(":");
  return { region, account };
}

function awsTags(item: JsonObject, member = "Tags"): Readonly<Record<string, string>> {
  const tags = item[member];
  if (!Array.isArray(tags)) return {};
  return Object.fromEntries(
    tags.filter(isObject).map((tag): [string, string] => [String(tag["Key"]), String(tag["Value"] ?? "")]),
  );
}

function plainTags(tags: unknown): Readonly<Record<string, string>> {
  return isObject(tags)
    ? Object.fromEntries(Object.entries(tags).map(([key, value]) => [key, String(value)]))
    : {};
}
