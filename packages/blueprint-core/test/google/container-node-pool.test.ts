import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { ContainerNodePool, type ContainerNodePoolNetworkConfig } from "../../src/google";
import { renderings } from "../renderings";

const pool = (networkConfig?: ContainerNodePoolNetworkConfig) =>
  renderings((stack) => {
    new GoogleProvider(stack, "google", { project: "acme-prod" });
    new ContainerNodePool(stack, "pool", { cluster: "search", networkConfig });
  });

test("both renderings carry the subnet and the version that takes it", () => {
  const { hcl, json } = pool({ podRange: "pods", subnetwork: "extra" });
  expect(json.resource["google_container_node_pool"]?.["pool"]).toMatchObject({
    network_config: { pod_range: "pods", subnetwork: "extra" },
  });
  expect(hcl).toContain(`
  network_config {
    pod_range  = "pods"
    subnetwork = "extra"
  }
`);
  expect(hcl).toContain('version = ">= 7.24.0, < 8.0.0"');
});

test("without it, it is the binding", () => {
  expect(pool().hcl).not.toContain("network_config");
  const { hcl } = pool({ podRange: "pods" });
  expect(hcl).not.toContain("subnetwork");
  expect(hcl).toContain('version = ">= 6.50.0, < 8.0.0"');
});
