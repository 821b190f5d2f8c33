import { type GkeClusterAddresses } from "@cluster-ipam/address-plan";
import { type Arguments, divided, networkStack, resource, resources, search } from "../fixture";

const auto = { mode: "auto", acceptPreview: true } as const;

describe("GkeNetwork", () => {
  test("planned: the subnetwork has the plan's ranges and leaves Services to GKE", () => {
    const stack = networkStack();

    expect(resource(stack, "google_compute_network")).toMatchObject({
      name: "prod-search",
      auto_create_subnetworks: false,
    });
    const subnetwork = resource(stack, "google_compute_subnetwork");
    expect(subnetwork).toMatchObject({
      name: "prod-search",
      region: "europe-west3",
      ip_cidr_range: "10.64.0.0/22",
      private_ip_google_access: true,
    });
    expect(subnetwork["secondary_ip_range"]).toMatchObject([
      { range_name: "prod-search-pods", ip_cidr_range: "10.65.0.0/17" },
      { range_name: "prod-search-growth", ip_cidr_range: "10.66.0.0/16" },
    ]);
    expect(subnetwork["lifecycle"]).toBeUndefined();
  });

  test("auto: the subnetwork has no secondary range and ignores those that GKE adds", () => {
    const subnetwork = resource(networkStack({ ipam: auto }), "google_compute_subnetwork");

    expect(subnetwork).not.toHaveProperty("secondary_ip_range");
    expect(subnetwork["lifecycle"]).toEqual({ ignore_changes: ["secondary_ip_range"] });
  });

  test("every subnetwork range refers to the reservation that contains it", () => {
    const subnetwork = resource(networkStack(), "google_compute_subnetwork");

    expect(subnetwork["reserved_internal_range"]).toMatch(/^networkconnectivity\.googleapis\.com\/.*nodes/);
    expect(subnetwork["secondary_ip_range"][0].reserved_internal_range).toMatch(/pods/);
    expect(subnetwork["secondary_ip_range"][1].reserved_internal_range).toMatch(/growth/);
  });

  test("growth added later is a separate pod range with its own reservation", () => {
    const stack = networkStack({
      addresses: {
        ...search,
        growth: [...search.growth, { name: "growth-2", cidr: "10.67.0.0/18" }],
        fences: [{ cidr: "192.168.0.0/16", owner: "on-premises" }],
      },
      extraSubnets: undefined,
    });

    const [, , added] = resource(stack, "google_compute_subnetwork")["secondary_ip_range"];
    expect(added).toMatchObject({ range_name: "prod-search-growth-2", ip_cidr_range: "10.67.0.0/18" });
    expect(added.reserved_internal_range).toMatch(/growth-2/);
    expect(resources(stack, "google_network_connectivity_internal_range")).toHaveProperty(
      "prod-search-growth-2-10-67-0-0-18",
    );
  });

  test("further blocks of the plan: pod ranges, subnets, and reservations of retired ones", () => {
    const stack = networkStack({ addresses: divided });
    const subnetworks = resources(stack, "google_compute_subnetwork");

    expect(
      subnetworks["prod-search"].secondary_ip_range.map((range: Arguments) => range["range_name"]),
    ).toEqual(["prod-search-pods", "prod-search-pods-2", "prod-search-growth"]);
    expect(subnetworks["prod-search-nodes-2"]).toMatchObject({
      ip_cidr_range: "10.66.64.0/24",
      reserved_internal_range: expect.stringContaining("nodes-2"),
      secondary_ip_range: [
        {
          range_name: "prod-search-pods-3",
          ip_cidr_range: "10.66.96.0/19",
          reserved_internal_range: expect.stringContaining("pods-3"),
        },
      ],
    });
    expect(resources(stack, "google_network_connectivity_internal_range")).toHaveProperty(
      "prod-search-growth-2-10-66-192-0-18",
    );
  });

  test("a draining block stays in the network", () => {
    const growth = divided.growth.map((block) => ({ ...block, state: "draining" as const }));
    const composed = (addresses: GkeClusterAddresses) =>
      resources(networkStack({ addresses }), "google_compute_subnetwork");

    expect(composed({ ...divided, growth })).toEqual(composed(divided));
  });

  test("auto after planned: the ranges that are attached stay reserved and in the configuration", () => {
    const stack = networkStack({ ipam: { ...auto, plannedRanges: ["pods", "nodes-2"] }, addresses: divided });
    const subnetworks = resources(stack, "google_compute_subnetwork");
    const ranges = Object.values(resources(stack, "google_network_connectivity_internal_range"));

    expect(subnetworks["prod-search"]).toMatchObject({
      secondary_ip_range: [{ range_name: "prod-search-pods" }],
      lifecycle: { ignore_changes: ["secondary_ip_range"] },
    });
    expect(subnetworks["prod-search-nodes-2"].secondary_ip_range).toHaveLength(1);
    const reserved = ranges.filter(({ usage }) => usage === "FOR_VPC").map((range) => range.ip_cidr_range);
    expect(new Set(reserved)).toEqual(
      new Set([divided.nodes, divided.pods, "10.66.64.0/24", "10.66.96.0/19", "10.66.192.0/18"]),
    );
  });

  test("auto: pods and growth are neither reserved nor fenced, so GKE can use them and nothing else", () => {
    const ranges = Object.values(
      resources(networkStack({ ipam: auto }), "google_network_connectivity_internal_range"),
    );
    const cidrs = ranges.map((range) => range.ip_cidr_range);

    expect(cidrs).toContain("10.67.0.0/16");
    expect(cidrs).not.toContain(search.pods);
    expect(cidrs).not.toContain(search.growth[0]!.cidr);
  });

  test("the NAT covers subnets and ranges that do not exist yet", () => {
    expect(resource(networkStack(), "google_compute_router_nat")).toMatchObject({
      source_subnetwork_ip_ranges_to_nat: "ALL_SUBNETWORKS_ALL_IP_RANGES",
      nat_ip_allocate_option: "AUTO_ONLY",
    });
  });

  test("the firewall allows the plan's private ranges and nothing else", () => {
    const firewalls = resources(networkStack(), "google_compute_firewall");

    expect(Object.keys(firewalls)).toEqual(["prod-search-internal"]);
    expect(firewalls["prod-search-internal"]).toMatchObject({
      direction: "INGRESS",
      source_ranges: ["10.64.0.0/14", "192.168.0.0/16"],
    });
  });

  test("extra subnets and pod ranges divide the growth space", () => {
    const stack = networkStack({
      podRanges: [{ name: "batch", cidr: "10.66.0.0/18" }],
      extraSubnets: [{ name: "gpu", nodes: "10.66.64.0/24", pods: "10.66.128.0/18" }],
    });

    const subnetworks = resources(stack, "google_compute_subnetwork");
    expect(subnetworks["prod-search"].secondary_ip_range).toMatchObject([
      { range_name: "prod-search-pods" },
      { range_name: "prod-search-batch", ip_cidr_range: "10.66.0.0/18" },
    ]);
    expect(subnetworks["prod-search-gpu"]).toMatchObject({
      ip_cidr_range: "10.66.64.0/24",
      secondary_ip_range: [{ range_name: "prod-search-gpu-pods", ip_cidr_range: "10.66.128.0/18" }],
    });
  });

  test("the contract is plain data with full links and no tokens", () => {
    const { contract } = networkStack({ version: "1.33" });

    expect(contract).toMatchObject({
      network: "projects/acme-prod/global/networks/prod-search",
      subnetwork: "projects/acme-prod/regions/europe-west3/subnetworks/prod-search",
      version: "1.33",
      ipam: { mode: "planned" },
    });
    expect(JSON.stringify(contract)).not.toContain("${");
  });

  test("dual-stack: internal IPv6 on the network and its subnetwork", () => {
    const stack = networkStack({ dualStack: true });

    expect(resource(stack, "google_compute_network")["enable_ula_internal_ipv6"]).toBe(true);
    expect(resource(stack, "google_compute_subnetwork")).toMatchObject({
      stack_type: "IPV4_IPV6",
      ipv6_access_type: "INTERNAL",
    });
  });

  test("dual-stack: external IPv6 on the subnetwork alone", () => {
    const stack = networkStack({ dualStack: "external" });

    expect(resource(stack, "google_compute_network")).not.toHaveProperty("enable_ula_internal_ipv6");
    expect(resource(stack, "google_compute_subnetwork")).toMatchObject({
      stack_type: "IPV4_IPV6",
      ipv6_access_type: "EXTERNAL",
    });
  });

  describe("fallback from auto to planned", () => {
    const fallback = { ...auto, fallback: "planned" } as const;

    test.each([
      [
        "the version is too old",
        { version: "1.32.9-gke.100" },
        /needs GKE 1.33, but version is 1.32.9-gke.100/,
      ],
      [
        "the provider is too old",
        { googleVersion: "6.50.0" },
        /needs the google provider 7.4.0, but 6.50.0 is pinned/,
      ],
    ])("%s: planned ranges and a warning", (_, old, reason) => {
      const stack = networkStack({ ipam: fallback, ...old });

      expect(stack.contract.ipam).toEqual({ mode: "planned" });
      expect(resource(stack, "google_compute_subnetwork")["secondary_ip_range"]).toHaveLength(2);
      const warnings = stack.node
        .findAll()
        .flatMap((node) => node.node.metadata.map((entry) => String(entry.data)));
      expect(warnings).toContainEqual(expect.stringMatching(reason));
    });

    test("both are new enough: auto without a warning", () => {
      const stack = networkStack({ ipam: fallback, version: "1.33.0", googleVersion: "7.4.0" });

      expect(stack.contract.ipam.mode).toBe("auto");
      expect(resource(stack, "google_compute_subnetwork")).not.toHaveProperty("secondary_ip_range");
    });
  });
});
