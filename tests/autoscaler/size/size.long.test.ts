import { Store } from "@cluster-ipam/cloud-model";
import { startEndpoint } from "@cluster-ipam/cloud-model/endpoint";
import { CONFIG_VARIABLE } from "@cluster-ipam/subnet-autoscaler/runtime";
import { ACCOUNT, INTERFACES, largeNetwork, REGION, SUBNETS } from "../../bench/large-network";
import { LambdaBundleFolder, LambdaProcess } from "../faults/lambda-process";

/** The largest page of the EC2 Describe calls. */
const PAGE_SIZE = 1000;
const MINUTE = 60_000;

test("a run over 200 subnets and 10,000 interfaces reads each once, within 256 MB, and the next one only the subnets", async () => {
  const store = new Store();
  const config = await largeNetwork(store);
  const calls: string[] = [];
  const before = ({ action }: { readonly action: string }) => void calls.push(action);
  const endpoint = await startEndpoint({ store, faults: { before } });
  const bundle = new LambdaBundleFolder();
  const lambda = new LambdaProcess(bundle, {
    ...endpoint.env,
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: ACCOUNT,
    // What it would reserve in the subnets is not what is counted.
    [CONFIG_VARIABLE]: JSON.stringify({ ...config, mode: "dry-run" }),
  });
  try {
    // Half an hour later, so that the interfaces do not count as attached recently.
    const later = Date.now() + 30 * MINUTE;
    const { failure, megabytes, lines } = await lambda.invoke(later);
    expect(failure).toBeUndefined();
    expect(megabytes).toBeLessThanOrEqual(256);
    expect(calls.sort()).toEqual([
      "DescribeAddon",
      "DescribeCluster",
      "DescribeNetworkAcls",
      ...Array.from({ length: INTERFACES / PAGE_SIZE }, () => "DescribeNetworkInterfaces"),
      "DescribeRouteTables",
      "DescribeSubnets",
      "DescribeVpcs",
    ]);
    const { zones } = lines.find((line) => Object.hasOwn(line as object, "zones")) as {
      zones: Record<string, { growthSubnets: number }>;
    };
    expect(Object.values(zones).reduce((sum, { growthSubnets }) => sum + growthSubnets, 0)).toBe(SUBNETS - 3);

    calls.length = 0;
    expect((await lambda.invoke(later + MINUTE)).failure).toBeUndefined();
    expect(calls).toEqual(["DescribeSubnets"]);
  } finally {
    await lambda.stop();
    await endpoint.stop();
    bundle.remove();
  }
});
