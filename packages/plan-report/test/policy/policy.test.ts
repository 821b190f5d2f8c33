import { type AddressNode } from "../../src/read/address-report";
import { type Rule } from "../../src/policy/policy";
import { addressesOfChange, baseOf, eks, findings, gke, planned, planOf, reviewOf } from "../example-change";

const CLUSTERS = { shop: eks(), search: gke("prod"), lab: gke("dev") };
const [, addresses] = addressesOfChange(CLUSTERS, CLUSTERS);

const nodes = (roots: readonly AddressNode[]): AddressNode[] =>
  roots.flatMap((node) => [node, ...nodes(node.children)]);
const cidrOf = (owner: string, kind: string) =>
  nodes(addresses.tree).find((node) => node.owner === owner && node.kind === kind)?.cidr ?? "";
const TAGS = { tags_all: { environment: "prod", managed_by: "cluster-ipam" } };
const check = (...resources: ReturnType<typeof planned>[]) =>
  findings(reviewOf({ network: resources }, addresses));

test("planned addresses with tags and private control planes pass", () => {
  const eksCluster = { ...TAGS, vpc_config: [{ endpoint_public_access: false }] };
  const gkeCluster = {
    effective_labels: TAGS.tags_all,
    private_cluster_config: [{ enable_private_endpoint: true }],
  };
  expect(
    check(
      planned("aws_vpc.main", { ...TAGS, cidr_block: cidrOf("shop", "cluster") }),
      planned("aws_vpc_ipv4_cidr_block_association.pods", { cidr_block: cidrOf("shop", "pods") }),
      planned("aws_subnet.grown", { ...TAGS, cidr_block: cidrOf("shop", "growth") }),
      planned("aws_eks_cluster.main", eksCluster),
      planned("google_container_cluster.main", gkeCluster),
    ),
  ).toEqual([]);
});

describe("acknowledged-destruction", () => {
  const destroyed = planned("aws_subnet.a", null, { actions: ["delete"], before: {} });
  const replaced = planned("google_container_cluster.main", PRIVATE(), {
    actions: ["delete", "create"],
    replace_paths: [["location"]],
  });
  const entry = {
    environment: "prod",
    stack: "network",
    address: "aws_subnet.a",
    action: "destroy" as const,
  };
  const why = { ...entry, reason: "drained on Monday" };

  test.each([
    "aws_vpc_ipam_pool",
    "aws_vpc",
    "aws_subnet",
    "aws_eks_cluster",
    "google_network_connectivity_internal_range",
    "google_compute_network",
    "google_compute_subnetwork",
    "google_container_cluster",
  ])("destroying %s needs an acknowledgement", (type) => {
    const gone = planned(`${type}.x`, null, { actions: ["delete"], before: {} });
    expect(check(gone)).toEqual([expect.stringContaining(`acknowledged-destruction: ${type}.x: this`)]);
  });

  test("destroying a route does not", () => {
    expect(check(planned("aws_route.a", null, { actions: ["delete"], before: {} }))).toEqual([]);
  });

  test("names what forces a replacement", () => {
    expect(check(replaced)).toEqual([
      expect.stringContaining(
        "this GKE cluster will be replaced because location changes; keep it, or acknowledge",
      ),
    ]);
  });

  test("an acknowledgement of this change allows only what it names", () => {
    const { verdict } = reviewOf({ network: [destroyed] }, addresses, { acknowledgements: [why] });
    expect(verdict).toMatchObject({ ok: true, acknowledged: [why], stale: [] });

    for (const other of [
      { ...why, environment: "dev" },
      { ...why, stack: "other" },
      { ...why, address: "aws_subnet.b" },
      { ...why, action: "replace" as const },
    ]) {
      const refused = reviewOf({ network: [destroyed] }, addresses, { acknowledgements: [other] }).verdict;
      expect(refused.ok).toBe(false);
    }
  });

  test("an acknowledgement in the base no longer counts, even with a new reason", () => {
    const base = baseOf(addresses, { acknowledgements: [{ ...why, reason: "an older reason" }] });
    const { verdict } = reviewOf({ network: [destroyed] }, addresses, { acknowledgements: [why], base });
    expect(verdict).toMatchObject({ ok: false, acknowledged: [], stale: [{ ...why, cause: "in-base" }] });
  });

  test("an unmatched acknowledgement is reported", () => {
    const { verdict } = reviewOf({ network: [] }, addresses, { acknowledgements: [why] });
    expect(verdict).toMatchObject({ ok: true, stale: [{ ...why, cause: "unmatched" }] });
  });

  test("names the cluster that the stack serves", () => {
    const review = reviewOf({ "shop-network": [{ ...destroyed }] }, addresses, {
      plan: planOf({ "shop-network": [destroyed] }, { "shop-network": { cluster: "shop" } }),
    });
    expect(findings(review)).toEqual([
      "acknowledged-destruction: aws_subnet.a: this subnet of cluster shop will be destroyed; keep it, or acknowledge it in this change",
    ]);
  });
});

function PRIVATE() {
  return { effective_labels: TAGS.tags_all, private_cluster_config: [{ enable_private_endpoint: true }] };
}

describe("cidrs-in-lock", () => {
  test.each([
    ["free space", "10.3.0.0/24"],
    ["another environment's block", cidrOf("lab", "pods")],
    ["a pool outside any cluster", cidrOf("prod EKS", "pool")],
    ["a reserved block", "10.240.0.0/24"],
    ["public addresses", "52.0.0.0/24"],
  ])("a subnet must not use %s", (_, cidr) => {
    expect(check(planned("aws_subnet.a", { ...TAGS, cidr_block: cidr }))).toEqual([
      expect.stringContaining(`cidrs-in-lock: aws_subnet.a: ${cidr} is not in a block`),
    ]);
  });

  test("secondary ranges and control planes are checked, external ranges and unknown CIDRs are not", () => {
    const range = (usage: string) => ({
      usage,
      ip_cidr_range: "10.3.0.0/24",
      effective_labels: TAGS.tags_all,
    });
    expect(
      check(
        planned("google_compute_subnetwork.a", {
          ip_cidr_range: cidrOf("search", "pods"),
          secondary_ip_range: [{ ip_cidr_range: "10.4.0.0/24" }],
        }),
        planned("google_container_cluster.a", {
          ...PRIVATE(),
          private_cluster_config: [{ enable_private_endpoint: true, master_ipv4_cidr_block: "10.5.0.0/28" }],
        }),
        planned("google_network_connectivity_internal_range.fence", range("EXTERNAL_TO_VPC")),
        planned("google_network_connectivity_internal_range.own", range("FOR_VPC")),
        planned("aws_subnet.later", TAGS, { after_unknown: { cidr_block: true } }),
      ).map((finding) => finding.split(" ").slice(0, 3).join(" ")),
    ).toEqual([
      "cidrs-in-lock: google_compute_subnetwork.a: 10.4.0.0/24",
      "cidrs-in-lock: google_container_cluster.a: 10.5.0.0/28",
      "cidrs-in-lock: google_network_connectivity_internal_range.own: 10.3.0.0/24",
    ]);
  });

  test("an IPAM pool's CIDR must be a pool of the plan", () => {
    const pool = (cidr: string) => planned("aws_vpc_ipam_pool_cidr.a", { cidr });
    expect(check(pool(cidrOf("prod EKS", "pool")))).toEqual([]);
    expect(check(pool("10.3.0.0/16"))).toEqual([expect.stringContaining("10.3.0.0/16 is not a pool")]);
  });
});

describe("cidrs-in-lock, for a block that leaves", () => {
  const withState = (state: "draining" | "retired", nodes: readonly AddressNode[]): AddressNode[] =>
    nodes.map((node) => ({
      ...node,
      ...(node.key.includes("/shop") ? { state } : {}),
      children: withState(state, node.children),
    }));
  const leaving = (state: "draining" | "retired", ...resources: ReturnType<typeof planned>[]) =>
    findings(reviewOf({ network: resources }, { ...addresses, tree: withState(state, addresses.tree) }));
  const subnet = planned("aws_subnet.a", { ...TAGS, cidr_block: cidrOf("shop", "cluster") });
  const range = planned("google_network_connectivity_internal_range.a", {
    ...{ usage: "FOR_VPC", ip_cidr_range: cidrOf("shop", "pods"), effective_labels: TAGS.tags_all },
  });

  test("a draining block is still composed", () => {
    expect(leaving("draining", subnet, range)).toEqual([]);
  });

  test("of a retired one, only Google's reservation is", () => {
    expect(leaving("retired", subnet, range)).toEqual([
      expect.stringMatching(/^cidrs-in-lock: aws_subnet.a: 10\.\S+ is in a block that .* has as retired/),
    ]);
  });

  test("what is destroyed uses nothing", () => {
    const gone = { actions: ["delete"], before: { cidr_block: cidrOf("shop", "cluster") } };
    expect(leaving("retired", planned("aws_subnet.a", null, gone))).toEqual([
      expect.stringMatching(/^acknowledged-destruction/),
    ]);
  });
});

test("a pool with several CIDRs has each of them, and the cluster's blocks in each", () => {
  const [first, ...rest] = addresses.tree;
  const second: AddressNode = {
    ...{ key: "aws/eu-central-1/prod/eks#2", cidr: "11.0.0.0/16", kind: "pool", owner: "prod EKS" },
    environment: "prod",
    children: [
      {
        ...{ key: "aws/eu-central-1/prod/eks/shop#2", cidr: "11.0.0.0/24", kind: "cluster", owner: "shop" },
        ...{ environment: "prod", children: [] },
      },
    ],
  };
  const wider = { ...addresses, tree: [{ ...first!, children: [...first!.children, second] }, ...rest] };
  const resources = [
    planned("aws_vpc_ipam_pool_cidr.second", { cidr: "11.0.0.0/16" }),
    planned("aws_vpc.main", { ...TAGS, cidr_block: cidrOf("shop", "cluster") }),
    planned("aws_vpc_ipv4_cidr_block_association.second", { cidr_block: "11.0.0.0/24" }),
    planned("aws_subnet.second", { ...TAGS, cidr_block: "11.0.0.0/26" }),
  ];
  expect(findings(reviewOf({ network: resources }, wider))).toEqual([]);
});

test("no-overlap: finds subnets that overlap across clouds and stacks, but not a subnet inside its network", () => {
  const cidr = cidrOf("shop", "pods");
  const review = reviewOf(
    {
      "shop-network": [
        planned("aws_vpc.main", { ...TAGS, cidr_block: cidr }),
        planned("aws_subnet.a", { ...TAGS, cidr_block: cidr }),
      ],
      "search-network": [planned("google_compute_subnetwork.a", { ip_cidr_range: cidr })],
    },
    addresses,
  );
  expect(findings(review)).toEqual([
    `no-overlap: google_compute_subnetwork.a: ${cidr} overlaps ${cidr} of shop-network: aws_subnet.a; change one of the CIDRs`,
  ]);
});

test("tags-present: default tags of the provider count, empty ones do not", () => {
  const tagged = (tags_all: unknown, unknown = {}) =>
    check(planned("aws_eip.a", { tags_all }, { after_unknown: unknown }));
  expect(tagged(TAGS.tags_all)).toEqual([]);
  expect(tagged(null, { tags_all: true })).toEqual([]);
  expect(tagged({ environment: "", managed_by: "x" })).toEqual([
    "tags-present: aws_eip.a: tag environment is missing; pass standardTags() to the stack",
  ]);
  expect(tagged(null)).toEqual([expect.stringContaining("environment and managed_by is missing")]);
  expect(check(planned("aws_route.a", {}))).toEqual([]);
});

describe("private-control-plane", () => {
  const cluster = (vpc_config: unknown) => planned("aws_eks_cluster.a", { ...TAGS, vpc_config });
  const google = (more: object) =>
    planned("google_container_cluster.a", { effective_labels: TAGS.tags_all, ...more });

  test.each([
    ["EKS with a public endpoint", cluster([{ endpoint_public_access: true }])],
    ["EKS with its default", cluster([{ endpoint_public_access: null }])],
    ["GKE with a public IP endpoint", google({ private_cluster_config: [] })],
    [
      "GKE with an open DNS endpoint",
      google({
        private_cluster_config: [{ enable_private_endpoint: true }],
        control_plane_endpoints_config: [{ dns_endpoint_config: [{ allow_external_traffic: true }] }],
      }),
    ],
  ])("%s", (_, resource) => {
    expect(check(resource)).toEqual([expect.stringContaining("private-control-plane: ")]);
    const inDev = reviewOf({ lab: [resource] }, addresses, { environment: "dev" });
    expect(findings(inDev)).toEqual([]);
  });
});

describe("a custom rule", () => {
  const rule: Rule = {
    name: "small-change",
    description: "A change touches at most one object.",
    check: ({ resources }) =>
      resources.length > 1 ? [{ message: `${resources.length} objects; make two changes` }] : [],
  };
  const [a, b] = ["aws_route.a", "aws_route.b"].map((address) => planned(address, {})) as [never, never];

  test("is evaluated like the default ones", () => {
    expect(findings(reviewOf({ n: [a, b] }, addresses, { rules: [rule] }))).toEqual([
      "small-change: : 2 objects; make two changes",
    ]);
  });

  test("gets no secrets", () => {
    let seen: unknown;
    const looking: Rule = { ...rule, check: ({ resources }) => ((seen = resources), []) };
    const secret = planned("x.y", { token: "t0p" }, { after_sensitive: { token: true } });
    reviewOf({ n: [secret] }, addresses, { rules: [looking] });
    expect(JSON.stringify(seen)).toContain("(sensitive value)");
    expect(JSON.stringify(seen)).not.toContain("t0p");
  });

  test("that throws, or shares its name, ends the review with one sentence", () => {
    const broken: Rule = {
      ...rule,
      check: () => {
        throw new Error("no such thing");
      },
    };
    expect(() => reviewOf({ n: [] }, addresses, { rules: [broken] })).toThrow(
      'policy: the rule "small-change" failed (no such thing); correct the rule',
    );
    expect(() => reviewOf({ n: [] }, addresses, { rules: [rule, rule] })).toThrow(
      'policy: two rules are named "small-change"; rename or remove one',
    );
  });
});
