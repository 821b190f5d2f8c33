import { type SSMClient } from "@aws-sdk/client-ssm";
import { readFleet } from "../../../src/runtime/fleet/fleet-member";
import { configOf } from "../observation-fixture";

const roleArn = "arn:aws:iam::333333333333:role/cluster-ipam/prod-subnet-autoscaler";

/** A parameter store that returns one parameter a page. */
function storeOf(parameters: Readonly<Record<string, string>>): SSMClient {
  const entries = Object.entries(parameters);
  return {
    send: async ({ input }: { input: { Path: string; NextToken?: string } }) => {
      const page = Number(input.NextToken ?? 0);
      const [Name, Value] = entries[page]!;
      return {
        Parameters: [{ Name: `${input.Path}${Name}`, Value }],
        ...(page + 1 < entries.length && { NextToken: String(page + 1) }),
      };
    },
  } as unknown as SSMClient;
}

test("every page of the fleet's parameters is a cluster, and what is invalid does not hide the others", async () => {
  const config = configOf({ cluster: "prod" });
  const members = await readFleet(
    storeOf({
      prod: JSON.stringify({ roleArn, config }),
      broken: "{",
      "no-role": JSON.stringify({ config }),
      "bad-zone": JSON.stringify({ roleArn, config: { ...config, zones: [] } }),
      // The name of the parameter is where IAM lets the cluster's own deployment write.
      other: JSON.stringify({ roleArn, config }),
    }),
    "fleet",
  );
  expect(
    members.map((member) => [member.cluster, "error" in member ? member.error.message : member.roleArn]),
  ).toEqual([
    ["bad-zone", expect.stringContaining("SUBNET_AUTOSCALER_CONFIG.zones: expected")],
    ["broken", "/cluster-ipam/fleet/broken: not JSON; redeploy the cluster's autoscaler"],
    [
      "no-role",
      "/cluster-ipam/fleet/no-role: roleArn: expected the ARN of a role; redeploy the cluster's autoscaler",
    ],
    [
      "other",
      "/cluster-ipam/fleet/other: the configuration is for cluster prod, not other; redeploy the autoscaler of other",
    ],
    ["prod", roleArn],
  ]);
});
