import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { ContainerCluster, type ContainerClusterIpAllocationPolicy } from "../../src/google";
import { renderings } from "../renderings";
import { unformatted } from "../terraform";

const cluster = (ipAllocationPolicy?: ContainerClusterIpAllocationPolicy) =>
  renderings((stack) => {
    new GoogleProvider(stack, "google", { project: "acme-prod" });
    new ContainerCluster(stack, "cluster", { name: "search", ipAllocationPolicy });
  });

test("both renderings carry auto_ipam_config and the version that knows it", () => {
  const { hcl, json } = cluster({
    stackType: "IPV4",
    additionalIpRangesConfig: [{ subnetwork: "extra" }],
    autoIpamConfig: { enabled: true },
  });
  expect(json.resource["google_container_cluster"]?.["cluster"]).toMatchObject({
    ip_allocation_policy: { stack_type: "IPV4", auto_ipam_config: { enabled: true } },
  });
  expect(hcl).toContain(`
  ip_allocation_policy {
    stack_type = "IPV4"

    additional_ip_ranges_config {
      subnetwork = "extra"
    }

    auto_ipam_config {
      enabled = true
    }
  }
`);
  expect(hcl).toContain('version = ">= 7.4.0, < 8.0.0"');
  expect(unformatted(hcl)).toBe("");
});

test("auto_ipam_config alone is a policy", () => {
  expect(cluster({ autoIpamConfig: { enabled: false } }).hcl).toContain(`
  ip_allocation_policy {
    auto_ipam_config {
      enabled = false
    }
  }
`);
});

test("without it, it is the binding", () => {
  expect(cluster().hcl).not.toContain("ip_allocation_policy");
  const { hcl } = cluster({ stackType: "IPV4" });
  expect(hcl).not.toContain("auto_ipam_config");
  expect(hcl).toContain('version = ">= 6.50.0, < 8.0.0"');
});
