import {
  DescribeAddonCommand,
  DescribeClusterCommand,
  DescribeNodegroupCommand,
  type EKSClient,
  paginateListNodegroups,
} from "@aws-sdk/client-eks";

import { errorCode } from "../errors/api-error";
import { callAws, readPages } from "./aws-call";
import { type Eks, type SubnetUser } from "./eks";

/** EKS through the AWS SDK. @param client with the Region and credentials of the run */
export function sdkEks(client: EKSClient): Eks {
  return {
    clusterVpc: (name) =>
      undefinedIfMissing(async () => {
        const { cluster } = await callAws("eks:DescribeCluster", () =>
          client.send(new DescribeClusterCommand({ name })),
        );
        return cluster?.resourcesVpcConfig?.vpcId;
      }),
    cniAddon: (clusterName) =>
      undefinedIfMissing(async () => {
        const { addon } = await callAws("eks:DescribeAddon", () =>
          client.send(new DescribeAddonCommand({ clusterName, addonName: "vpc-cni" })),
        );
        return { version: addon!.addonVersion!, configuration: addon!.configurationValues };
      }),
    subnetUsers: async (name) => {
      const { cluster } = await callAws("eks:DescribeCluster", () =>
        client.send(new DescribeClusterCommand({ name })),
      );
      return [
        ...used(cluster?.resourcesVpcConfig?.subnetIds, `the control plane of ${name}`),
        ...(await nodeGroupSubnets(client, name)),
      ];
    },
  };
}

async function nodeGroupSubnets(client: EKSClient, clusterName: string): Promise<readonly SubnetUser[]> {
  const users: SubnetUser[] = [];
  const pages = paginateListNodegroups({ client }, { clusterName });
  for await (const { nodegroups = [] } of readPages("eks:ListNodegroups", pages))
    for (const nodegroupName of nodegroups) {
      const { nodegroup } = await callAws("eks:DescribeNodegroup", () =>
        client.send(new DescribeNodegroupCommand({ clusterName, nodegroupName })),
      );
      users.push(...used(nodegroup?.subnets, `node group ${nodegroupName}`));
    }
  return users;
}

const used = (subnetIds: readonly string[] = [], name: string): readonly SubnetUser[] =>
  subnetIds.map((subnetId) => ({ subnetId, name }));

async function undefinedIfMissing<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (errorCode(error) === "ResourceNotFoundException") return undefined;
    throw error;
  }
}
