import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import { at, GoogleProject, secondary } from "./google-project";

describe("a subnetwork", () => {
  let project: GoogleProject;
  const refused = (name: string, cidr: string, more: ObjectValue, words: string) =>
    expect(project.subnetwork(name, cidr, more)).rejects.toThrow(words);

  beforeEach(async () => {
    project = new GoogleProject();
    await project.network();
  });

  it("needs its network", () =>
    refused(
      "a",
      "10.0.0.0/24",
      { network: "gone" },
      "Error 404: The resource 'projects/acme/global/networks/gone' was not found, notFound",
    ));

  it("overlaps no other range of the network in any region", async () => {
    await project.subnetwork("a", "10.0.0.0/24", { secondary_ip_range: [secondary("pods", "10.8.0.0/16")] });
    await refused(
      "b",
      "10.0.0.0/16",
      { region: "us-east1" },
      "Error 400: Invalid value for field 'resource.ipCidrRange': '10.0.0.0/16'. Invalid IPCidrRange: 10.0.0.0/16 conflicts with existing subnetwork 'a' in region 'europe-west4'., invalid",
    );
    await refused("b", "10.8.4.0/24", {}, "conflicts with existing subnetwork 'a' in region 'europe-west4'.");
    await refused(
      "b",
      "10.1.0.0/24",
      { secondary_ip_range: [secondary("x", "10.2.0.0/24"), secondary("y", "10.2.0.128/25")] },
      "Invalid value for field 'resource.secondaryIpRanges[1].ipCidrRange': '10.2.0.128/25'. Invalid IPCidrRange: 10.2.0.128/25 conflicts with existing subnetwork 'b'",
    );
    await project.network("other");
    await project.subnetwork("b", "10.0.0.0/24", { network: "other", region: "us-east1" });
  });

  it.each([
    ["10.0.0.0/30", "must be between /4 and /29"],
    ["10.0.0.1/24", "host bits are set; write 10.0.0.0/24"],
    ["127.0.0.0/24", "prohibited range 127.0.0.0/8"],
    ["34.118.224.0/24", "prohibited range 34.118.224.0/20"],
  ])("cannot have %s: %s", (cidr, words) => refused("a", cidr, {}, words));

  it("has at most 30 secondary ranges", () => {
    const ranges = Array.from({ length: 31 }, (_, i) => secondary(`r${i}`, `10.1.${i}.0/24`));
    return refused(
      "a",
      "10.0.0.0/24",
      { secondary_ip_range: ranges },
      "Error 400: Exceeded maximum supported number of secondary ranges per subnetwork: 30., badRequest",
    );
  });

  it("cannot overlap an internal range that it does not reference", async () => {
    await project.range("mine", { ip_cidr_range: "10.1.0.0/16" });
    await project.fence("10.2.0.0/16");
    const mine = "networkconnectivity.googleapis.com/projects/acme/locations/global/internalRanges/mine";
    await refused(
      "a",
      "10.1.0.0/24",
      {},
      "conflicts with existing internal range 'projects/acme/locations/global/internalRanges/mine'",
    );
    await refused(
      "a",
      "10.2.0.0/24",
      { reserved_internal_range: "projects/acme/locations/global/internalRanges/fence-10-2-0-0-16" },
      "usage EXTERNAL_TO_VPC cannot be used by subnetworks",
    );
    await refused(
      "a",
      "10.3.0.0/24",
      { reserved_internal_range: mine },
      "The range 10.3.0.0/24 is not within the internal range 10.1.0.0/16.",
    );
    const made = await project.subnetwork("a", "10.1.0.0/24", { reserved_internal_range: mine });
    expect(made["gateway_address"]).toBe("10.1.0.1");
  });

  it("takes the whole internal range when it has no CIDR of its own", async () => {
    await project.range("mine", { ip_cidr_range: "10.1.0.0/20" });
    const made = await project.create("google_compute_subnetwork", {
      name: "a",
      network: "net",
      reserved_internal_range:
        "networkconnectivity.googleapis.com/projects/acme/locations/global/internalRanges/mine",
    });
    expect(made["ip_cidr_range"]).toBe("10.1.0.0/20");
  });

  it("expands in place until it meets another subnetwork", async () => {
    const made = await project.subnetwork("a", "10.0.0.0/24");
    await project.subnetwork("b", "10.0.2.0/24");
    const grown = (cidr: string) =>
      project.update("google_compute_subnetwork", made, { name: "a", network: "net", ip_cidr_range: cidr });
    await expect(grown("10.0.0.0/22")).rejects.toThrow("conflicts with existing subnetwork 'b'");
    expect((await grown("10.0.0.0/23"))["ip_cidr_range"]).toBe("10.0.0.0/23");
  });

  it("cannot overlap 10.128.0.0/9 in an auto-mode network", async () => {
    await project.create("google_compute_network", { name: "auto" });
    await refused(
      "a",
      "10.150.0.0/16",
      { network: "auto" },
      "Extended subnetworks in auto subnet mode networks cannot overlap with 10.128.0.0/9.",
    );
    await project.subnetwork("a", "10.0.0.0/16", { network: "auto" });
  });

  it("prevents the deletion of its network and its internal range", async () => {
    const range = await project.range("mine", { ip_cidr_range: "10.1.0.0/20" });
    const made = await project.subnetwork("a", "10.1.0.0/24", {
      reserved_internal_range: String(range["id"]),
    });
    const network = { id: "projects/acme/global/networks/net", project: "acme" };
    await expect(project.destroy("google_compute_network", network)).rejects.toThrow(
      "Error 400: The network resource 'projects/acme/global/networks/net' is already being used by 'projects/acme/regions/europe-west4/subnetworks/a', resourceInUseByAnotherResource",
    );
    const type = "google_network_connectivity_internal_range";
    await expect(project.destroy(type, range)).rejects.toThrow("resourceInUseByAnotherResource");
    const users = at(await project.again(type, range), "users");
    expect(users).toEqual([
      "https://www.googleapis.com/compute/v1/projects/acme/regions/europe-west4/subnetworks/a",
    ]);
    await project.destroy("google_compute_subnetwork", made);
    await project.destroy(type, range);
    await project.destroy("google_compute_network", network);
  });

  it.each(["projects/acme/regions/us-east1/subnetworks/a", "acme/us-east1/a", "us-east1/a"])(
    "is imported as %s and read afterwards",
    async (id) => {
      await project.subnetwork("a", "10.0.0.0/24", { region: "us-east1", description: "mine" });
      const imported = (await project.import("google_compute_subnetwork", id)) as ObjectValue;
      expect(imported).toMatchObject({
        region: "us-east1",
        ip_cidr_range: "10.0.0.0/24",
        description: "mine",
      });
      expect(await project.again("google_compute_subnetwork", imported)).toEqual(imported);
    },
  );

  it.each([
    "https://www.googleapis.com/compute/v1/projects/acme/regions/us-east1/subnetworks/a",
    "regions/us-east1/subnetworks/a",
  ])("is not imported as %s, as the provider does not", async (id) => {
    await project.subnetwork("a", "10.0.0.0/24", { region: "us-east1" });
    await expect(project.import("google_compute_subnetwork", id)).rejects.toThrow();
  });
});

describe("a resource in a network", () => {
  it("needs the network and prevents its deletion", async () => {
    const project = new GoogleProject();
    const firewall = {
      name: "f",
      network: "net",
      source_ranges: ["10.0.0.0/8"],
      allow: [{ protocol: "tcp" }],
    };
    await expect(project.create("google_compute_firewall", firewall)).rejects.toThrow("Error 404");
    await expect(project.create("google_compute_router", { name: "r", network: "net" })).rejects.toThrow(
      "Error 404",
    );
    const network = await project.network();
    await project.create("google_compute_firewall", firewall);
    await expect(project.destroy("google_compute_network", network)).rejects.toThrow(
      "is already being used by 'projects/acme/global/firewalls/f'",
    );
  });

  it("needs its router, if it is a NAT", async () => {
    const project = new GoogleProject();
    await project.network();
    const nat = {
      name: "n",
      router: "r",
      source_subnetwork_ip_ranges_to_nat: "ALL_SUBNETWORKS_ALL_IP_RANGES",
    };
    const type = "google_compute_router_nat";
    await expect(project.create(type, nat)).rejects.toThrow(
      "The resource 'projects/acme/regions/europe-west4/routers/r' was not found",
    );
    await project.create("google_compute_router", { name: "r", network: "net" });
    expect((await project.create(type, nat))["id"]).toBe("acme/europe-west4/r/n");
  });
});
