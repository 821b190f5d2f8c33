import { DescribeAddonCommand, DescribeClusterCommand, type EKSClient } from "@aws-sdk/client-eks";

import { codeOf } from "./api-error";
import { type Eks } from "./ec2";
import { call } from "./sdk-call";

/** EKS through the AWS SDK. @param client with the Region and the credentials of the run */
export function sdkEks(client: EKSClient): Eks {
  return {
    clusterVpc: (name) =>
      unlessMissing(async () => {
        const { cluster } = await call("eks:DescribeCluster", () =>
          client.send(new DescribeClusterCommand({ name })),
        );
        return cluster?.resourcesVpcConfig?.vpcId;
      }),
    cniAddon: (clusterName) =>
      unlessMissing(async () => {
        const { addon } = await call("eks:DescribeAddon", () =>
          client.send(new DescribeAddonCommand({ clusterName, addonName: "vpc-cni" })),
        );
        return { version: addon!.addonVersion!, configuration: addon!.configurationValues };
      }),
  };
}

async function unlessMissing<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (codeOf(error) === "ResourceNotFoundException") return undefined;
    throw error;
  }
}
