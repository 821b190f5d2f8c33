import { wrongLocks, wrongPlans } from "./misconfigurations/address-plan";
import { wrongApps } from "./misconfigurations/cdktf";
import { cluster as eksCluster, wrongEksClusters, wrongEksNetworks } from "./misconfigurations/eks";
import { cluster as gkeCluster, wrongGkeClusters, wrongGkeNetworks } from "./misconfigurations/gke";
import { ipam, wrongIpams } from "./misconfigurations/ipam";
import {
  lock,
  makeScratch,
  type Misconfiguration,
  plan,
  removeScratch,
} from "./misconfigurations/misconfiguration";
import { autoscaler, wrongSubnetAutoscalers } from "./misconfigurations/subnet-autoscaler";

beforeAll(makeScratch);
afterAll(removeScratch);

const tables = {
  "the address plan": wrongPlans,
  "its lock": wrongLocks,
  "an EKS network": wrongEksNetworks,
  "an EKS cluster": wrongEksClusters,
  "a subnet autoscaler": wrongSubnetAutoscalers,
  "a GKE network": wrongGkeNetworks,
  "a GKE cluster": wrongGkeClusters,
  "the IPAM": wrongIpams,
  "an app": wrongApps,
};

test("what the tables break is right before they do", () => {
  plan("nodes: 60", "nodes: 60");
  lock("100.64.80.0/20", "100.64.80.0/20");
  eksCluster({});
  autoscaler({});
  gkeCluster({});
  ipam({});
});

describe.each(Object.entries(tables))("%s refuses", (_, table) => {
  test.each(Object.entries(table))("%s", async (_name, { wrong, error }: Misconfiguration) => {
    const refused = await refusal(wrong);
    const message = refused.message.slice(`${refused.path}: `.length);

    expect(refused.path.replace(/^addresses\.yaml:\d+: /, "")).toBe(error.path);
    expect(message).toContain(error.value);
    expect(message).toContain(error.fix);
    expect(refused.message).not.toContain("\n");
  });
});

/** What bad input ends in: an error that knows its path. Anything else is thrown on. */
async function refusal(wrong: () => unknown): Promise<{ path: string; message: string }> {
  try {
    await wrong();
  } catch (error) {
    if (error instanceof Error && "path" in error && typeof error.path === "string")
      return { path: error.path, message: error.message };
    throw error;
  }
  throw new Error("nothing was refused");
}
