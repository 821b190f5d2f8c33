import {
  allocateIpamPoolCidr,
  associateVpcCidrBlock,
  createIpam,
  createIpamPool,
  createSubnet,
  createVpc,
  deleteIpamPool,
  deleteSubnet,
  deleteVpc,
  deprovisionIpamPoolCidr,
  disassociateVpcCidrBlock,
  modifyIpam,
  modifyIpamPool,
  provisionIpamPoolCidr,
  releaseIpamPoolAllocation,
} from "@cluster-ipam/cloud-model/aws/ec2";
import {
  createCluster,
  createNodegroup,
  deleteCluster,
  deleteNodegroup,
} from "@cluster-ipam/cloud-model/aws/eks";
import { updateClusterConfig } from "@cluster-ipam/cloud-model/aws/eks";
import { type Cloud } from "./cloud";
import { type Attributes, type ResourceApi } from "./stack";

/** Roles of another account, whose trust the model does not check. */
const ROLE = "arn:aws:iam::999999999999:role/role";

/** Where IPAM is managed. */
export const HOME_REGION = "eu-central-1";

const text = (attributes: Attributes, name: string) => attributes[name] as string;
const optional = (attributes: Attributes, name: string) => attributes[name] as string | undefined;
const list = (attributes: Attributes, name: string) => attributes[name] as string[];
const tags = (type: "vpc", given: Record<string, string>) => [
  { ResourceType: type, Tags: Object.entries(given).map(([Key, Value]) => ({ Key, Value })) },
];
const replaced = () => undefined;

/** The modeled AWS as Terraform's provider calls it. */
export class AwsResources {
  constructor(private readonly cloud: Cloud) {}

  readonly ipam: ResourceApi = {
    create: ({ regions }) => {
      const { Ipam } = this.cloud.call(HOME_REGION, (context) =>
        createIpam(context, {
          OperatingRegions: (regions as string[]).map((RegionName) => ({ RegionName })),
        }),
      );
      return { id: Ipam!.IpamId, scope: Ipam!.PrivateDefaultScopeId };
    },
    update: (before, { regions }) => {
      this.cloud.call(HOME_REGION, (context) =>
        modifyIpam(context, {
          IpamId: text(before, "id"),
          AddOperatingRegions: (regions as string[]).map((RegionName) => ({ RegionName })),
        }),
      );
      return before;
    },
    delete: () => undefined,
  };

  readonly pool: ResourceApi = {
    create: (attributes) => {
      const rules = poolRules(attributes);
      const { IpamPool } = this.cloud.call(HOME_REGION, (context) =>
        createIpamPool(context, {
          IpamScopeId: text(attributes, "scope"),
          SourceIpamPoolId: optional(attributes, "source"),
          Locale: optional(attributes, "locale"),
          AddressFamily: "ipv4",
          ...rules,
          AllocationResourceTags: tagsOf(attributes),
        }),
      );
      return { id: IpamPool!.IpamPoolId };
    },
    update: (before, after) => {
      if (before["source"] !== after["source"] || before["locale"] !== after["locale"]) return undefined;
      this.cloud.call(HOME_REGION, (context) =>
        modifyIpamPool(context, {
          IpamPoolId: text(before, "id"),
          ...poolRules(after),
          AddAllocationResourceTags: tagsOf(after),
        }),
      );
      return { ...after, id: before["id"] };
    },
    delete: ({ id }) =>
      void this.cloud.call(HOME_REGION, (context) => deleteIpamPool(context, { IpamPoolId: id as string })),
  };

  readonly poolCidr: ResourceApi = {
    create: (attributes) => {
      const [pool, cidr] = [text(attributes, "pool"), text(attributes, "cidr")];
      const { IpamPoolCidr } = this.cloud.call(HOME_REGION, (context) =>
        provisionIpamPoolCidr(context, { IpamPoolId: pool, Cidr: cidr }),
      );
      if (IpamPoolCidr!.State !== "provisioned")
        throw new Error(`${pool}: ${IpamPoolCidr!.FailureReason!.Message}`);
      return {};
    },
    update: replaced,
    delete: (attributes) => {
      const [pool, cidr] = [text(attributes, "pool"), text(attributes, "cidr")];
      const { IpamPoolCidr } = this.cloud.call(HOME_REGION, (context) =>
        deprovisionIpamPoolCidr(context, { IpamPoolId: pool, Cidr: cidr }),
      );
      if (IpamPoolCidr!.State !== "deprovisioned")
        throw new Error(`${pool} ${cidr}: ${IpamPoolCidr!.FailureReason!.Message}`);
    },
  };

  readonly allocation: ResourceApi = {
    create: (attributes) => {
      const { IpamPoolAllocation } = this.cloud.call(text(attributes, "region"), (context) =>
        allocateIpamPoolCidr(context, {
          IpamPoolId: text(attributes, "pool"),
          Cidr: text(attributes, "cidr"),
        }),
      );
      return { id: IpamPoolAllocation!.IpamPoolAllocationId };
    },
    update: replaced,
    delete: (attributes) =>
      void this.cloud.call(text(attributes, "region"), (context) =>
        releaseIpamPoolAllocation(context, {
          IpamPoolId: text(attributes, "pool"),
          Cidr: text(attributes, "cidr"),
          IpamPoolAllocationId: text(attributes, "id"),
        }),
      ),
  };

  readonly vpc: ResourceApi = {
    create: (attributes) => {
      const { Vpc } = this.cloud.call(text(attributes, "region"), (context) =>
        createVpc(context, {
          CidrBlock: optional(attributes, "cidr_block"),
          Ipv4NetmaskLength: attributes["ipv4_netmask_length"] as number | undefined,
          Ipv4IpamPoolId: optional(attributes, "pool"),
          TagSpecifications: tags("vpc", { environment: text(attributes, "environment") }),
        }),
      );
      return { id: Vpc!.VpcId, cidr_block: Vpc!.CidrBlock };
    },
    update: replaced,
    delete: ({ id, region }) =>
      this.cloud.call(region as string, (context) => deleteVpc(context, { VpcId: id as string })),
  };

  readonly vpcCidr: ResourceApi = {
    create: (attributes) => {
      const { CidrBlockAssociation } = this.cloud.call(text(attributes, "region"), (context) =>
        associateVpcCidrBlock(context, {
          VpcId: text(attributes, "vpc"),
          CidrBlock: text(attributes, "cidr_block"),
          Ipv4IpamPoolId: text(attributes, "pool"),
        }),
      );
      return { id: CidrBlockAssociation!.AssociationId };
    },
    update: replaced,
    delete: ({ id, region }) =>
      void this.cloud.call(region as string, (context) =>
        disassociateVpcCidrBlock(context, { AssociationId: id as string }),
      ),
  };

  readonly subnet: ResourceApi = {
    create: (attributes) => {
      const { Subnet } = this.cloud.call(text(attributes, "region"), (context) =>
        createSubnet(context, {
          VpcId: text(attributes, "vpc"),
          CidrBlock: text(attributes, "cidr_block"),
          AvailabilityZone: text(attributes, "zone"),
        }),
      );
      return { id: Subnet!.SubnetId };
    },
    update: replaced,
    delete: ({ id, region }) =>
      this.cloud.call(region as string, (context) => deleteSubnet(context, { SubnetId: id as string })),
  };

  readonly cluster: ResourceApi = {
    create: (attributes) => {
      this.cloud.call(text(attributes, "region"), (context) =>
        createCluster(context, {
          name: text(attributes, "name"),
          roleArn: ROLE,
          resourcesVpcConfig: { subnetIds: list(attributes, "subnet_ids") },
        }),
      );
      return {};
    },
    update: (before, after) => {
      this.cloud.call(text(after, "region"), (context) =>
        updateClusterConfig(context, {
          name: text(before, "name"),
          resourcesVpcConfig: { subnetIds: list(after, "subnet_ids") },
        }),
      );
      return after;
    },
    delete: ({ name, region }) =>
      this.cloud.call(region as string, (context) => deleteCluster(context, { name: name as string })),
  };

  /** A node group has a node in each of its subnets. */
  readonly nodeGroup: ResourceApi = {
    create: (attributes) => {
      const subnets = list(attributes, "subnet_ids");
      const size = subnets.length;
      this.cloud.call(text(attributes, "region"), (context) =>
        createNodegroup(context, {
          clusterName: text(attributes, "cluster"),
          nodegroupName: text(attributes, "name"),
          nodeRole: ROLE,
          subnets,
          scalingConfig: { minSize: 0, desiredSize: size, maxSize: size },
        }),
      );
      return {};
    },
    update: replaced,
    delete: (attributes) =>
      this.cloud.call(text(attributes, "region"), (context) =>
        deleteNodegroup(context, {
          clusterName: text(attributes, "cluster"),
          nodegroupName: text(attributes, "name"),
        }),
      ),
  };
}

function poolRules({ rules }: Attributes) {
  const given = rules as { minNetmaskLength: number; maxNetmaskLength: number; defaultNetmaskLength: number };
  if (rules === undefined) return {};
  return {
    AllocationMinNetmaskLength: given.minNetmaskLength,
    AllocationMaxNetmaskLength: given.maxNetmaskLength,
    AllocationDefaultNetmaskLength: given.defaultNetmaskLength,
  };
}

function tagsOf({ environment }: Attributes) {
  return environment === undefined ? [] : [{ Key: "environment", Value: environment as string }];
}
