import { AddressPlan, allocate, Prefix, summarize } from "@cluster-ipam/address-plan";
import { GkeClusterStack, GkeNetworkStack } from "../../src";
import { app, project, resource, resources } from "../fixture";

const definition = {
  organisation: "example",
  spaces: { primary: "10.0.0.0/8", pods: "100.64.0.0/10" },
  reserved: [
    { cidr: "10.200.0.0/13", owner: "on-premises: office" },
    { cidr: "34.118.224.0/20", owner: "GKE: managed Services range", routed: false },
  ],
  regions: { google: { "europe-west3": { primary: "/12" } } },
  environments: { prod: { google: { primary: "/13", gke: "/14" } } },
  clusters: {
    "prod-search": {
      cloud: "google" as const,
      environment: "prod",
      region: "europe-west3",
      zones: ["europe-west3-a", "europe-west3-b", "europe-west3-c"],
      nodes: 100,
      pods: 8000,
      podsPerNode: 110,
      growthPercent: 100,
    },
  },
};

describe.each([{ mode: "planned" }, { mode: "auto", acceptPreview: true }] as const)(
  "a real plan, $mode",
  (ipam) => {
    const search = AddressPlan.from(definition, allocate(definition).lock).gke("prod-search");
    const network = new GkeNetworkStack(app(), "prod-search-network", { addresses: search, project, ipam });

    test("has room for the planned nodes and the surge of an upgrade", () => {
      const cluster = new GkeClusterStack(app(), "prod-search", {
        network: network.contract,
        nodePools: [
          {
            name: "general",
            machineType: "n2-standard-8",
            size: { min: 3, max: search.demand.nodes },
          },
        ],
      });

      expect(resource(cluster, "google_container_node_pool")["autoscaling"].total_max_node_count).toBe(100);
    });

    test("leaves Google only the cluster's own private ranges", () => {
      const ranges = Object.values(resources(network, "google_network_connectivity_internal_range"));
      const reserved = ranges.map((range) => Prefix.parse(range.ip_cidr_range));
      const open = reserved.reduce<readonly Prefix[]>(
        (rest, taken) => rest.flatMap((range) => range.subtract(taken)),
        search.privateRanges.map((range) => Prefix.parse(range)),
      );

      const own =
        ipam.mode === "auto"
          ? [search.controlPlane, search.pods, ...search.growth.map(({ cidr }) => cidr)]
          : [search.controlPlane];
      expect(summarize(open).map(String)).toEqual(
        summarize(own.map((cidr) => Prefix.parse(cidr))).map(String),
      );
    });
  },
);
