import { DescribeAddonCommand, DescribeClusterCommand, type EKSClient } from "@aws-sdk/client-eks";

import { errorCode } from "../errors/api-error";
import { callAws } from "./aws-call";
import { type Eks } from "./eks";

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
  };
}

async function undefinedIfMissing<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (errorCode(error) === "ResourceNotFoundException") return undefined;
    throw error;
  }
}
