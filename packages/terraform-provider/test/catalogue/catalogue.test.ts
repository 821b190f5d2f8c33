import { type CtyType } from "../../src/value/value";
import { installedBindings, readType } from "../../src/bindings/bindings";
import { Catalogue } from "../../src/catalogue/catalogue";
import { loadSchema } from "../../src/catalogue/generated";
import { applyOverlay, combine, paths, under } from "../../src/schema/overlay";
import { type AttributeSchema, type BlockSchema, type NestedSchema } from "../../src/schema/type-schema";

const schemas = {
  aws: loadSchema("aws"),
  google: loadSchema("google"),
  kubernetes: loadSchema("kubernetes"),
};

const memberAt = (type: string, path: string): AttributeSchema | NestedSchema | undefined => {
  const provider = type.split("_")[0] as keyof typeof schemas;
  const steps = path.split(".");
  const last = steps.pop()!;
  const parent = steps.reduce<BlockSchema>(
    (block, step) => block.blocks[step]!.block,
    schemas[provider].resources[type]!.block,
  );
  return parent.attributes[last] ?? parent.blocks[last];
};

// Read from the providers themselves, not from the bindings or the overlay.
const facts: readonly [type: string, path: string, facts: object][] = [
  ["aws_vpc", "cidr_block", { optional: true, computed: true, forceNew: true }],
  ["aws_vpc", "id", { optional: true, computed: true }],
  ["aws_vpc", "arn", { computed: true, type: "string" }],
  ["aws_vpc", "region", { optional: true, computed: true, forceNew: true }],
  ["aws_vpc_ipam", "operating_regions", { nesting: "set", minItems: 1 }],
  ["aws_vpc_ipam", "tier", { optional: true, default: "advanced" }],
  ["aws_vpc_ipam_pool", "locale", { default: "None", forceNew: true }],
  ["aws_vpc_ipam_pool", "source_resource", { nesting: "list", maxItems: 1, forceNew: true, since: "6.29.0" }],
  ["aws_vpc_ipam_pool", "source_resource.resource_owner", { required: true, forceNew: true }],
  ["aws_subnet", "ipv4_ipam_pool_id", { optional: true, forceNew: true, type: "string" }],
  ["aws_subnet", "ipv4_netmask_length", { optional: true, forceNew: true, type: "number" }],
  ["aws_nat_gateway", "subnet_id", { optional: true, forceNew: true }],
  ["aws_route_table", "route", { optional: true, computed: true }],
  ["aws_eks_cluster", "vpc_config", { nesting: "list", minItems: 1, maxItems: 1 }],
  ["aws_eks_cluster", "vpc_config.subnet_ids", { required: true, type: ["set", "string"] as CtyType }],
  ["aws_eks_node_group", "taint", { nesting: "set", maxItems: 50 }],
  ["aws_eks_node_group", "subnet_ids", { required: true, forceNew: true }],
  ["google_compute_subnetwork", "secondary_ip_range", { nesting: "list", computed: true }],
  ["google_container_cluster", "ip_allocation_policy", { maxItems: 1, computed: true, forceNew: true }],
  [
    "google_container_cluster",
    "ip_allocation_policy.auto_ipam_config",
    { maxItems: 1, computed: true, since: "7.4.0" },
  ],
  ["google_container_cluster", "deletion_protection", { default: true }],
  [
    "google_container_node_pool",
    "network_config.subnetwork",
    { optional: true, computed: true, forceNew: true },
  ],
  ["google_container_node_pool", "max_pods_per_node", { forceNew: true, integer: true }],
  ["kubernetes_env", "metadata", { nesting: "list", minItems: 1, maxItems: 1 }],
  ["kubernetes_env", "metadata.name", { required: true, forceNew: true }],
  ["kubernetes_env", "env.name", { required: true }],
  ["kubernetes_daemon_set_v1", "spec.template.spec.container.restart_policy", { since: "3.0.0" }],
  ["kubernetes_deployment_v1", "spec.template.spec.dns_policy", { default: "ClusterFirst" }],
];

describe("the schemas", () => {
  test.each(facts)("%s.%s", (type, path, expected) => {
    expect(memberAt(type, path)).toMatchObject(expected);
  });

  test.each([
    ["google_container_cluster", "ip_allocation_policy.additional_ip_ranges_config"],
    ["google_container_cluster", "ip_allocation_policy.additional_pod_ranges_config"],
  ])("%s.%s is not computed, so what GKE adds shows as a removal", (type, path) => {
    expect(memberAt(type, path)).toBeDefined();
    expect(memberAt(type, path)).not.toHaveProperty("computed", true);
  });

  test.each([
    ["kubernetes_env", "kind"],
    ["aws_vpc_ipam_scope", "ipam_id"],
    ["google_network_connectivity_internal_range", "network"],
  ])("%s.%s does not replace", (type, path) => {
    expect(memberAt(type, path)).not.toHaveProperty("forceNew", true);
  });

  test.each([
    ["aws_eip", "vpc"],
    ["aws_eks_addon", "resolve_conflicts"],
    ["google_compute_subnetwork", "enable_flow_logs"],
  ])("%s.%s is gone", (type, path) => {
    expect(memberAt(type, path)).toBeUndefined();
  });

  it("cover the types this project uses", () => {
    expect(Object.keys(schemas.aws.resources)).toHaveLength(61);
    expect(Object.keys(schemas.google.resources)).toHaveLength(16);
    expect(Object.keys(schemas.kubernetes.resources)).toHaveLength(12);
    expect(Object.keys(schemas.aws.dataSources)).toHaveLength(15);
    expect(Object.keys(schemas.google.dataSources)).toHaveLength(9);
  });
});

describe("a type outside the overlay", () => {
  it("comes from the bindings once it is named", () => {
    const catalogue = new Catalogue("aws", schemas.aws);
    expect(catalogue.schema.resources["aws_s3_bucket"]).toBeUndefined();
    catalogue.include(["aws_s3_bucket", "aws_no_such_type", "google_storage_bucket"]);
    expect(catalogue.schema.resources["aws_s3_bucket"]).toMatchObject({ overlaid: false });
    expect(Object.keys(catalogue.schema.resources)).toHaveLength(62);
  });

  it("is read with its blocks, sets and computed members", () => {
    const block = readType(installedBindings("aws"), "aws", "resource", "aws_autoscaling_group")!;
    expect(block.attributes["max_size"]).toEqual({ type: "number", required: true });
    expect(block.attributes["arn"]).toEqual({ type: "string", computed: true });
    expect(block.attributes["vpc_zone_identifier"]).toEqual({ type: ["set", "string"], optional: true });
    expect(block.blocks["tag"]).toMatchObject({ nesting: "set" });
    expect(block.blocks["timeouts"]).toMatchObject({ nesting: "single" });
  });

  it("is not there when the bindings do not have it", () => {
    expect(readType(installedBindings("aws"), "aws", "resource", "aws_no_such_type")).toBeUndefined();
  });
});

describe("an overlay", () => {
  const block: BlockSchema = {
    attributes: { name: { type: "string", optional: true } },
    blocks: {
      port: {
        nesting: "list",
        block: { attributes: { number: { type: "number", required: true } }, blocks: {} },
      },
    },
  };

  it("must name members that exist", () => {
    expect(() => applyOverlay("a_type", block, { computed: ["nam"] }, false)).toThrow(
      "a_type: the overlay names nam",
    );
    expect(() => applyOverlay("a_type", block, { forceNew: ["prt.number"] }, false)).toThrow("no block prt");
  });

  it("moves under a block, with its checks", () => {
    const port = under("port", {
      forceNew: paths("number"),
      checks: { conflicts: { number: ["number"] }, between: { number: [1, 9] } },
    });
    const all = combine({ forceNew: ["name"] }, port);
    expect(all.forceNew).toEqual(["name", "port.number"]);
    expect(all.checks).toEqual({
      conflicts: { "port.number": ["port.number"] },
      between: { "port.number": [1, 9] },
    });
  });
});
