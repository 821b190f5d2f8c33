import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import {
  allocate,
  AddressPlan,
  parseLock,
  type PlanDefinitionInput,
  Prefix,
} from "@cluster-ipam/address-plan";
import {
  adopt,
  type Adoption,
  type Landscape,
  LandscapeBuilder,
  readAwsPlace,
  readFiles,
} from "@cluster-ipam/landscape";
import { parse } from "yaml";
import { describedCluster, describedNodeGroup } from "./eks-answers";
import { ForeignAws } from "./foreign-aws";

const plan = `organisation: example
spaces: { primary: 10.0.0.0/8, pods: 100.64.0.0/10 }
reserved: []
regions: {}
environments: {}
clusters: {}
`;

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(realpathSync(tmpdir()), "landscapes-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function save(path: string, content: object): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), JSON.stringify(content));
}

type Definition = PlanDefinitionInput & { clusters: Record<string, { nodes: number; pods: number }> };

/**
 * What must hold for every landscape: nothing that exists moves or is given away, the second run changes nothing, and growth stays
 * clear of what exists.
 */
function checkTakenOver(
  landscape: Landscape,
  manage: readonly string[],
  count: number,
  grown: string,
  growth: number,
): Adoption {
  const taken = adopt(landscape, { manage, environment: "prod" }, { plan });
  expect(taken.adopted.map(({ name }) => name)).toHaveLength(count);
  const again = adopt(landscape, { manage, environment: "prod" }, taken);
  expect([again.plan, again.lock, again.changes]).toEqual([taken.plan, taken.lock, []]);

  const definition = parse(taken.plan) as Definition;
  const { nodes, pods } = definition.clusters[grown]!;
  Object.assign(definition.clusters[grown]!, { nodes: nodes * growth, pods: pods * growth });
  const lock = parseLock(taken.lock);
  const next = allocate(definition, lock);
  expect(next.changes.filter(({ kind }) => kind === "added").length).toBeGreaterThan(0);
  expect(next.changes.filter(({ kind }) => !["added", "widened", "demand-changed"].includes(kind))).toEqual(
    [],
  );
  AddressPlan.from(definition, next.lock);
  const before = new Map(lock.allocations.map(({ key, cidr }) => [key, cidr]));
  const existing = landscape.ranges.filter(({ kind }) => kind !== "ipam-pool");
  const isBlock = (key: string) => key.split("/").length > 4;
  for (const { key, cidr } of next.lock.allocations.filter(
    (entry) => isBlock(entry.key) && before.get(entry.key) !== entry.cidr,
  )) {
    // A new block may be in a VPC that was taken over, beside its subnets.
    const over = existing.filter(
      ({ prefix, kind }) =>
        prefix.overlaps(Prefix.parse(cidr)) && !(kind === "vpc" && prefix.contains(Prefix.parse(cidr))),
    );
    expect([key, cidr, over.map(({ prefix, id }) => `${id} ${prefix}`)]).toEqual([key, cidr, []]);
  }
  return taken;
}

test("an IPAM with allocations in its middle, default VPCs, and clusters with and without custom networking", async () => {
  const aws = await ForeignAws.start();
  const before = { ...process.env };
  try {
    const builder = new LandscapeBuilder();
    for (const [index, region] of ["eu-west-1", "eu-central-1", "us-east-1", "us-west-2"].entries()) {
      const place = { account: "444455556666", region };
      const zones = [`${region}a`, `${region}b`];
      const each = (name: string, cidr: (zone: number) => string) =>
        zones.map((zone, number) => ({ cidr: cidr(number), zone, name: `${name}-${zone}` }));
      await aws.vpc(
        place,
        "default",
        ["172.31.0.0/16"],
        each("default", (zone) => `172.31.${16 * zone}.0/20`),
      );
      const own = 16 * (index + 1);
      const custom = await aws.vpc(
        place,
        "custom",
        [`10.${own}.0.0/18`, `100.${64 + index}.0.0/16`],
        [
          ...each("private", (zone) => `10.${own}.${16 * zone}.0/22`),
          ...each("pods", (zone) => `100.${64 + index}.${128 * zone}.0/17`),
        ],
      );
      const shared = await aws.vpc(
        place,
        "shared",
        [`10.${own + 1}.0.0/16`],
        each("private", (zone) => `10.${own + 1}.${64 * zone}.0/19`),
      );
      await aws.vpc(place, "idle", [`10.${own + 2}.4.0/22`], []);
      await aws.vpc(place, "twin", ["10.250.0.0/16"], []);
      if (index === 0) await aws.ipam(place, "10.192.0.0/12", ["10.200.7.0/24", "10.201.128.0/17"]);
      for (const [name, vpc] of [
        ["custom", custom],
        ["shared", shared],
      ] as const) {
        const nodes = zones.map((zone) => vpc.subnets[`private-${zone}`]!);
        save(`${region}/${name}.json`, describedCluster(place, `${name}-${index}`, vpc.id, nodes));
        save(`${region}/${name}-nodes.json`, describedNodeGroup(place, `${name}-${index}`, nodes, 40));
      }
      Object.assign(process.env, aws.env(place.account, region));
      await readAwsPlace({ region }, builder);
    }
    await readFiles(folder, builder);
    const landscape = builder.build();
    expect(new Set(landscape.ranges.filter(({ kind }) => kind === "vpc").map(({ id }) => id)).size).toBe(20);
    const { findings, plan: text } = checkTakenOver(landscape, ["custom-*", "shared-*"], 8, "shared-0", 1.5);
    expect(findings.filter(({ kind }) => kind === "overlap").map(({ subject }) => subject)).toEqual([
      "10.250.0.0/16",
      "172.31.0.0/16",
    ]);
    expect(text).toContain("cidr: 10.200.7.0/24");
    expect(findings.some(({ kind, subject }) => kind === "ipam-pool" && subject === "10.192.0.0/12")).toBe(
      true,
    );
  } finally {
    process.env = before;
    await aws.stop();
  }
});

test("a Shared VPC of Google with clusters of every kind, and auto-mode networks that overlap", async () => {
  const api = "https://www.googleapis.com/compute/v1/projects";
  const subnetwork = (
    project: string,
    network: string,
    region: string,
    name: string,
    range: string,
    secondary: object = {},
  ) => ({
    ...{
      kind: "compute#subnetwork",
      name,
      ipCidrRange: range,
      network: `${api}/${project}/global/networks/${network}`,
    },
    ...{
      selfLink: `${api}/${project}/regions/${region}/subnetworks/${name}`,
      region: `${api}/${project}/regions/${region}`,
    },
    secondaryIpRanges: Object.entries(secondary).map(([rangeName, ipCidrRange]) => ({
      rangeName,
      ipCidrRange: String(ipCidrRange),
    })),
  });
  const regions = ["europe-west1", "europe-west3", "europe-west4", "us-central1"];
  // Every auto-mode network has the same ranges in 10.128.0.0/9, in whatever project.
  const auto = ["one", "two", "three", "four"].map((project) =>
    regions.map((region, index) =>
      subnetwork(project, "default", region, "default", `10.${128 + index}.0.0/20`),
    ),
  );
  auto.forEach((subnetworks, index) => save(`auto-${index}.json`, subnetworks));
  const shared = Array.from({ length: 6 }, (_, index) =>
    subnetwork("host", "shared", "europe-west4", `gke-${index}`, `10.4.${4 * index}.0/22`, {
      pods: `10.${16 + 4 * index}.0.0/17`,
      services: `10.5.${4 * index}.0/22`,
    }),
  );
  save("host.json", shared);
  const cluster = (index: number, more: object) => ({
    ...{ name: `search-${index}`, location: "europe-west4", currentNodeCount: 12 },
    locations: ["a", "b", "c"].map((zone) => `europe-west4-${zone}`),
    selfLink: `https://container.googleapis.com/v1/projects/team-${index}/locations/europe-west4/clusters/search-${index}`,
    networkConfig: {
      network: "projects/host/global/networks/shared",
      subnetwork: `projects/host/regions/europe-west4/subnetworks/gke-${index}`,
    },
    ipAllocationPolicy: {
      useIpAliases: true,
      clusterSecondaryRangeName: "pods",
      servicesSecondaryRangeName: "services",
    },
    nodePools: [{ name: "default", initialNodeCount: 4, maxPodsConstraint: { maxPodsPerNode: "64" } }],
    ...more,
  });
  save("clusters.json", [
    cluster(0, {}),
    cluster(1, { autopilot: { enabled: true } }),
    cluster(2, { privateClusterConfig: { masterIpv4CidrBlock: "10.6.0.0/28" } }),
    cluster(3, { ipAllocationPolicy: {}, clusterIpv4Cidr: "10.180.0.0/14" }),
  ]);
  const builder = new LandscapeBuilder();
  await readFiles(folder, builder);
  const landscape = builder.build();
  expect(landscape.ranges.length).toBeGreaterThanOrEqual(20);
  const { findings, lock } = checkTakenOver(landscape, ["search-*"], 3, "search-0", 30);
  expect(findings.filter(({ kind }) => kind === "not-adopted")).toEqual([
    expect.objectContaining({ subject: "search-3", message: expect.stringContaining("routes-based") }),
  ]);
  expect(findings.filter(({ kind }) => kind === "overlap")).toHaveLength(4);
  expect(lock).toContain(`"cidr": "10.6.0.0/28"`);
});
