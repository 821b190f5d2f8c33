import { type GkeClusterAddresses } from "@cluster-ipam/address-plan";
import { GoogleInternalRanges, type GoogleInternalRangesProps } from "../../src";
import { find, one, resolve, synth } from "../synth";

const type = "google_network_connectivity_internal_range";
const limit = { name: "nodes per pod range", pods: 4096, formula: "2^(24-19) × 128", fix: "widen it" };

/** A cluster whose blocks are the first /16 of a 10.0.0.0/8. */
const addresses: GkeClusterAddresses = {
  cloud: "google",
  name: "prod-search",
  key: "prod-search",
  environment: "prod",
  region: "europe-west3",
  zones: ["europe-west3-a"],
  demand: { nodes: 32, pods: 3000, podsPerNode: 110, growthPercent: 100 },
  capacity: { nodes: 32, pods: 4096, binding: limit, limits: [limit] },
  privateRanges: ["10.0.0.0/8"],
  nodes: "10.0.0.0/18",
  controlPlane: "10.0.64.0/28",
  pods: "10.0.128.0/18",
  furtherPods: [],
  autopilot: false,
  furtherSubnets: [],
  retired: [],
  defaultPodsPerNode: 110,
  growth: [{ name: "growth", cidr: "10.0.192.0/18" }],
  fences: [
    { cidr: "10.0.64.16/28", owner: "unallocated" },
    { cidr: "10.0.64.32/27", owner: "unallocated" },
    { cidr: "10.0.64.64/26", owner: "unallocated" },
    { cidr: "10.0.64.128/25", owner: "unallocated" },
    { cidr: "10.0.65.0/24", owner: "unallocated" },
    { cidr: "10.0.66.0/23", owner: "unallocated" },
    { cidr: "10.0.68.0/22", owner: "unallocated" },
    { cidr: "10.0.72.0/21", owner: "unallocated" },
    { cidr: "10.0.80.0/20", owner: "unallocated" },
    { cidr: "10.0.96.0/19", owner: "unallocated" },
    { cidr: "10.1.0.0/16", owner: "google/europe-west3" },
    { cidr: "10.2.0.0/15", owner: "aws/eu-central-1" },
    { cidr: "10.4.0.0/14", owner: "aws/eu-central-1" },
    { cidr: "10.8.0.0/13", owner: "aws/us-east-1" },
    { cidr: "10.16.0.0/12", owner: "on-premises: office" },
    { cidr: "10.32.0.0/11", owner: "unallocated" },
    { cidr: "10.64.0.0/11", owner: "aws/eu-west-1" },
    { cidr: "10.96.0.0/11", owner: "unallocated" },
    { cidr: "10.128.0.0/9", owner: "unallocated" },
  ],
};
const network = "projects/search/global/networks/prod-search";

const ranges = (props: Partial<GoogleInternalRangesProps> = {}) =>
  synth((stack) => {
    new GoogleInternalRanges(stack, "ranges", { network, addresses, mode: "planned", ...props });
  });
const reserved = (props?: Partial<GoogleInternalRangesProps>) =>
  find(ranges(props).resource, type, { usage: "FOR_VPC" })
    .map(([, { ip_cidr_range }]) => ip_cidr_range)
    .sort();

test("planned mode reserves nodes, pods and growth", () => {
  const { resource } = ranges({ project: "search" });

  expect(reserved()).toEqual(["10.0.0.0/18", "10.0.128.0/18", "10.0.192.0/18"]);
  expect(one(resource, type, { ip_cidr_range: "10.0.128.0/18" })[1]).toMatchObject({
    name: "prod-search-pods-10-0-128-0-18",
    description: "prod-search: pods",
    network,
    project: "search",
    usage: "FOR_VPC",
    peering: "FOR_SELF",
    immutable: true,
  });
});

test("the nodes' range can be widened: neither its name nor its mutability fixes its CIDR", () => {
  const [, range] = one(ranges().resource, type, { ip_cidr_range: "10.0.0.0/18" });

  expect(range).toMatchObject({ name: "prod-search-nodes" });
  expect(range).not.toHaveProperty("immutable");
  expect(range["lifecycle"]).toEqual({ ignore_changes: ["name", "immutable", "overlaps"] });
});

test("auto mode leaves pods and growth free for GKE", () => {
  expect(reserved({ mode: "auto" })).toEqual(["10.0.0.0/18"]);
});

test("auto mode keeps the blocks that are attached since planned mode", () => {
  expect(reserved({ mode: "auto", attached: ["10.0.192.0/20"] })).toEqual(["10.0.0.0/18", "10.0.192.0/18"]);
});

/** Blocks of every kind, from the space that was growth. */
const further: Partial<GkeClusterAddresses> = {
  furtherPods: [{ name: "pods-2", cidr: "10.0.192.0/20" }],
  furtherSubnets: [
    { name: "nodes-2", nodes: "10.0.208.0/24", pods: { name: "pods-3", cidr: "10.0.212.0/22" } },
  ],
  growth: [{ name: "growth", cidr: "10.0.216.0/21", state: "draining" }],
  retired: [{ name: "growth-2", cidr: "10.0.224.0/19" }],
};
const unused = ["10.0.209.0/24", "10.0.210.0/23"].map((cidr) => ({ cidr, owner: "unallocated" }));
const grown = { ...addresses, ...further, fences: [...addresses.fences, ...unused] };

test("planned mode reserves further, draining and retired blocks, which keep their names", () => {
  const { resource } = ranges({ addresses: grown });
  const names = find(resource, type, { usage: "FOR_VPC" }).map(([, { name }]) => name);

  expect(names.sort()).toEqual([
    "prod-search-growth-10-0-216-0-21",
    "prod-search-growth-2-10-0-224-0-19",
    "prod-search-nodes",
    "prod-search-nodes-2",
    "prod-search-pods-10-0-128-0-18",
    "prod-search-pods-2-10-0-192-0-20",
    "prod-search-pods-3-10-0-212-0-22",
  ]);
});

test("auto mode closes draining and retired blocks, in which GKE may have ranges, and opens the others", () => {
  expect(reserved({ mode: "auto", addresses: grown })).toEqual([
    "10.0.0.0/18",
    "10.0.216.0/21",
    "10.0.224.0/19",
  ]);
  const { resource } = ranges({ mode: "auto", addresses: grown });
  expect(one(resource, type, { ip_cidr_range: "10.0.216.0/21" })[1]).toMatchObject({
    overlaps: ["OVERLAP_EXISTING_SUBNET_RANGE"],
  });
});

test("a block that is freed and given again is deleted before the new one is created", () => {
  const layout = (change: Partial<GkeClusterAddresses>) =>
    one(ranges({ addresses: { ...addresses, ...change } }).resource, "terraform_data", {})[1][
      "triggers_replace"
    ];
  const { cidr } = addresses.growth[0]!;

  expect(layout({ growth: [], furtherPods: [{ name: "pods-2", cidr }] })).not.toEqual(layout({}));
  expect(layout({ growth: [], retired: [{ name: "growth", cidr }] })).toEqual(layout({}));
  const split = [
    { name: "growth-2", cidr: "10.0.192.0/19" },
    { name: "pods-2", cidr: "10.0.224.0/19" },
  ] as const;
  expect(layout({ growth: [split[0]], furtherPods: [split[1]] })).toEqual(
    layout({ growth: [], retired: split }),
  );
});

test("the control plane is reserved if the composition creates its subnet", () => {
  expect(reserved({ mode: "auto", controlPlane: "reserved" })).toEqual(["10.0.0.0/18", "10.0.64.0/28"]);
});

test("fences cover all other space, merged across owners, and allow static routes", () => {
  const fences = find(ranges({ mode: "auto" }).resource, type, { usage: "EXTERNAL_TO_VPC" });

  expect(fences).toHaveLength(18);
  expect(fences.map(([, { ip_cidr_range }]) => ip_cidr_range)).toContain("10.64.0.0/10");
  expect(fences[0]![1]).toMatchObject({ peering: "FOR_SELF", overlaps: ["OVERLAP_ROUTE_RANGE"] });
});

test("another cluster in the plan changes no fence", () => {
  const moved = addresses.fences.map(({ cidr }) => ({ cidr, owner: "google/europe-west4" }));

  expect(ranges({ addresses: { ...addresses, fences: moved } })).toEqual(ranges());
});

test("subnetworks refer to the ranges, and a cluster depends on the fences", () => {
  synth((stack) => {
    const planned = new GoogleInternalRanges(stack, "planned", { network, addresses, mode: "planned" });
    const auto = new GoogleInternalRanges(stack, "auto", {
      network,
      mode: "auto",
      controlPlane: "reserved",
      addresses: {
        ...addresses,
        growth: [],
        fences: [...addresses.fences, { cidr: "10.0.192.0/18", owner: "unallocated" }],
      },
    });

    for (const range of [
      planned.reservationOf("10.0.0.0/18"),
      planned.reservationOf("10.0.128.0/18"),
      planned.reservationOf("10.0.200.0/24"),
      auto.reservationOf("10.0.64.0/28"),
    ]) {
      expect(resolve(stack, range)).toMatch(
        /^networkconnectivity\.googleapis\.com\/\$\{google_network_connectivity_internal_range\..+\.id\}$/,
      );
    }
    expect(planned.reservationOf("10.0.64.0/28")).toBeUndefined();
    expect([planned.open, auto.open]).toEqual([[], ["10.0.128.0/18"]]);
    expect(auto.reservationOf("10.0.128.0/18")).toBeUndefined();
    expect(auto.fenced).toHaveLength(auto.fences.length);
  });
});

const without = (cidr: string) => addresses.fences.filter((fence) => fence.cidr !== cidr);

test.each<[string, Partial<GkeClusterAddresses>, string]>([
  [
    "a fence over the cluster's block",
    { fences: [...addresses.fences, { cidr: "10.0.0.0/16", owner: "aws/eu-central-1" }] },
    "network/ranges: the fence 10.0.0.0/16 (aws/eu-central-1) overlaps the nodes block 10.0.0.0/18; use fences and blocks of the same address plan",
  ],
  [
    "blocks of the cluster that overlap",
    { pods: "10.0.0.0/17" },
    "network/ranges: the pods block 10.0.0.0/17 overlaps the nodes block 10.0.0.0/18; use the blocks of the address plan",
  ],
  [
    "private space that is neither the cluster's nor fenced",
    { fences: without("10.64.0.0/11") },
    'network/ranges: mode "auto" lets GKE use 10.64.0.0/11, which is neither a block of prod-search nor fenced; fence it',
  ],
  [
    "a name that Google rejects",
    { name: "search-for-everything-that-our-customers-ever-sold" },
    "network/ranges: the internal range would be named search-for-everything-that-our-customers-ever-sold-fence-10-0-64-16-28 (70 characters), but Google allows 63 of a-z, 0-9 and '-', starting with a letter; rename the cluster",
  ],
])("rejects %s", (_, change, message) => {
  expect(() => ranges({ mode: "auto", addresses: { ...addresses, ...change } })).toThrow(message);
});

test("rejects a block with host bits", () => {
  expect(() => ranges({ addresses: { ...addresses, nodes: "10.0.0.1/18" } })).toThrow(
    /^network\/ranges: prod-search's nodes block: .*10\.0\.0\.1\/18/,
  );
});
