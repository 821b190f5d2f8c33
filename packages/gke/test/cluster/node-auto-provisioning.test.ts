import fc from "fast-check";
import { nodesPerPodRange, nodesPerPrimaryRange, Prefix } from "@cluster-ipam/address-plan";
import { clusterStack, resource, search } from "../fixture";

const cluster = (...args: Parameters<typeof clusterStack>) =>
  resource(clusterStack(...args), "google_container_cluster");

test("GKE creates pools within the limits, with the cluster's account and secure boot", () => {
  const { cluster_autoscaling } = cluster({ nodeAutoProvisioning: { maxCpus: 64, maxMemoryGb: 256 } });

  expect(cluster_autoscaling).toMatchObject({
    enabled: true,
    resource_limits: [
      { resource_type: "cpu", minimum: 0, maximum: 64 },
      { resource_type: "memory", minimum: 0, maximum: 256 },
    ],
    auto_provisioning_defaults: {
      image_type: "COS_CONTAINERD",
      management: { auto_repair: true, auto_upgrade: true },
      shielded_instance_config: { enable_secure_boot: true, enable_integrity_monitoring: true },
      upgrade_settings: { strategy: "SURGE", max_surge: 1, max_unavailable: 0 },
    },
  });
  expect(cluster()).not.toHaveProperty("cluster_autoscaling");
});

test("the limits are accepted exactly as long as the smallest nodes, and one of an upgrade, have addresses", () => {
  const room = Math.min(
    nodesPerPodRange(Prefix.parse(search.pods).length, 110),
    nodesPerPrimaryRange(Prefix.parse(search.nodes).length),
  );
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 600 }),
      fc.integer({ min: 1, max: 8 }),
      (maxCpus, smallestMachineCpus) => {
        const compose = () =>
          clusterStack({ nodeAutoProvisioning: { maxCpus, maxMemoryGb: 1000, smallestMachineCpus } });
        if (Math.ceil(maxCpus / smallestMachineCpus) + 1 <= room) expect(compose).not.toThrow();
        else expect(compose).toThrow(/the pool needs \d+ nodes .* has room for 128/);
      },
    ),
    { numRuns: 25 },
  );
});

test("node pools share the addresses with what GKE provisions", () => {
  const general = { name: "general", machineType: "n2-standard-8", size: { min: 1, max: 60 } };
  expect(() =>
    clusterStack({ nodeAutoProvisioning: { maxCpus: 140, maxMemoryGb: 1000 }, nodePools: [general] }),
  ).toThrow("of which 57 are free");
});

test.each([
  [{ maxCpus: 0, maxMemoryGb: 1 }, "nodeAutoProvisioning.maxCpus is 0; use a whole number of at least 1"],
  [{ maxCpus: 4, maxMemoryGb: 1.5 }, "nodeAutoProvisioning.maxMemoryGb is 1.5"],
])("%j is refused", (nodeAutoProvisioning, message) => {
  expect(() => clusterStack({ nodeAutoProvisioning })).toThrow(message);
});

test("Autopilot follows the plan, and takes no limits", () => {
  const addresses = { ...search, autopilot: true };
  expect(cluster({}, { addresses })["enable_autopilot"]).toBe(true);
  expect(() => clusterStack({ autopilot: false }, { addresses })).toThrow(
    "autopilot is false, but the address plan of prod-search is for Autopilot; remove autopilot here or there",
  );
  expect(() => clusterStack({ nodeAutoProvisioning: { maxCpus: 4, maxMemoryGb: 8 } }, { addresses })).toThrow(
    "Autopilot always provisions nodes and takes no limits; remove nodeAutoProvisioning",
  );
});
