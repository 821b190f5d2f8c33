import { EKSClient } from "@aws-sdk/client-eks";

import { sdkEks } from "../../../src/runtime";

/** An EKS client with canned responses by path. Everything but the network is the SDK's own. */
function cannedEks(responses: Readonly<Record<string, object>>): EKSClient {
  return new EKSClient({
    region: "eu-central-1",
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
    maxAttempts: 1,
    requestHandler: {
      handle: async ({ path, query }: { path: string; query?: Record<string, string> }) => ({
        response: {
          statusCode: 200,
          headers: { "content-type": "application/json" },
          body: Buffer.from(JSON.stringify(responses[path + (query?.["nextToken"] ?? "")])),
        },
      }),
    },
  });
}

test("the control plane and every node group name their subnets", async () => {
  const eks = sdkEks(
    cannedEks({
      "/clusters/prod": { cluster: { resourcesVpcConfig: { subnetIds: ["subnet-1", "subnet-2"] } } },
      "/clusters/prod/node-groups": { nodegroups: ["general"], nextToken: "2" },
      "/clusters/prod/node-groups2": { nodegroups: ["batch"] },
      "/clusters/prod/node-groups/general": { nodegroup: { subnets: ["subnet-3"] } },
      "/clusters/prod/node-groups/batch": { nodegroup: { subnets: ["subnet-3", "subnet-4"] } },
    }),
  );
  expect(await eks.subnetUsers("prod")).toEqual([
    { subnetId: "subnet-1", name: "the control plane of prod" },
    { subnetId: "subnet-2", name: "the control plane of prod" },
    { subnetId: "subnet-3", name: "node group general" },
    { subnetId: "subnet-3", name: "node group batch" },
    { subnetId: "subnet-4", name: "node group batch" },
  ]);
});
