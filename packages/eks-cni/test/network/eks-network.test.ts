import { type EksClusterAddresses } from "@cluster-ipam/address-plan";
import {
  blocks,
  grown,
  networkStack,
  only,
  payments,
  POD_POOL,
  resources,
  sharedGrowth,
  twoZones,
} from "../fixture";

const byName = (stack: ReturnType<typeof networkStack>, type: string) =>
  Object.fromEntries(
    resources(stack, type).map((block) => [(block["tags"] as Record<string, string>)["Name"], block]),
  );

test("the planned CIDR is a literal that IPAM checks", () => {
  const stack = networkStack();

  expect(only(stack, "aws_vpc")).toMatchObject({
    cidr_block: "10.10.0.0/20",
    ipv4_ipam_pool_id: expect.stringMatching(/^\$\{data\.aws_vpc_ipam_pool\.ipam-pool_\w+\.id\}$/),
    lifecycle: { prevent_destroy: true },
  });
  expect(Object.values(blocks(stack, "data", "aws_vpc_ipam_pool"))).toMatchObject([
    { filter: [{ name: "description", values: ["aws/eu-central-1/prod/eks: *"] }] },
    { filter: [{ name: "description", values: ["aws/eu-central-1/prod/eks-pods: *"] }] },
  ]);
});

test("a pool can be set by its id", () => {
  const stack = networkStack({ ipamPoolIds: { [payments.pool]: "ipam-pool-1", [POD_POOL]: "ipam-pool-2" } });

  expect(only(stack, "aws_vpc")).toMatchObject({ ipv4_ipam_pool_id: "ipam-pool-1" });
  expect(blocks(stack, "data", "aws_vpc_ipam_pool")).toEqual({});
});

test("pod and growth CIDRs are attached on day 0, before the pod subnets", () => {
  const stack = networkStack();

  const associations = blocks(stack, "resource", "aws_vpc_ipv4_cidr_block_association");
  expect(Object.values(associations).map((block) => block["cidr_block"])).toEqual([
    "100.64.64.0/19",
    "100.64.0.0/18",
  ]);
  const podCidr = Object.keys(associations).find((id) => id.includes("pod-cidr"));
  expect(byName(stack, "aws_subnet")["prod-payments-pod-eu-central-1a"]).toMatchObject({
    cidr_block: "100.64.0.0/20",
    availability_zone: "eu-central-1a",
    depends_on: [`aws_vpc_ipv4_cidr_block_association.${podCidr}`],
  });
});

test("pod subnets are reserved for prefixes but for their first sixteenth, and their reservations never change", () => {
  const reserved = (addresses: EksClusterAddresses) =>
    blocks(networkStack({ addresses }), "resource", "aws_ec2_subnet_cidr_reservation");

  expect(
    Object.values(reserved(payments)).filter(({ subnet_id: id }) => /central-1a_/.test(String(id))),
  ).toEqual(
    ["100.64.1.0/24", "100.64.2.0/23", "100.64.4.0/22", "100.64.8.0/21"].map((cidr_block) => ({
      cidr_block,
      description: "for /28 prefixes of pods",
      reservation_type: "prefix",
      subnet_id: expect.stringMatching(/^\$\{aws_subnet\.network_subnets_pod-eu-central-1a_\w+\.id\}$/),
    })),
  );
  expect(Object.keys(reserved(payments))).toHaveLength(12);
  expect(reserved(grown)).toMatchObject(reserved(twoZones));
});

test("pod subnets of a network without prefix reservations keep all addresses for single ones", () => {
  const stack = networkStack({ prefixReservations: false });

  expect(resources(stack, "aws_ec2_subnet_cidr_reservation")).toEqual([]);
  expect(stack.contract.prefixReservations).toBe(false);
});

test("growth added later is attached under its own name", () => {
  const growth = [...payments.growth, { name: "growth-3", cidr: "100.65.0.0/18", pool: POD_POOL }];
  const before = blocks(networkStack(), "resource", "aws_vpc_ipv4_cidr_block_association");
  const after = blocks(
    networkStack({ addresses: { ...payments, growth } }),
    "resource",
    "aws_vpc_ipv4_cidr_block_association",
  );

  expect(after).toMatchObject(before);
  const added = Object.entries(after).filter(([id]) => !(id in before));
  expect(added).toEqual([
    [expect.stringContaining("growth-3-cidr-0"), expect.objectContaining({ cidr_block: "100.65.0.0/18" })],
  ]);
});

test("a pod range larger than a VPC CIDR is attached as /16s", () => {
  const stack = networkStack({
    addresses: {
      ...payments,
      podCidrs: [{ name: "pods", cidr: "100.64.0.0/14", pool: POD_POOL }],
      pods: [
        {
          name: "pods",
          subnets: payments.zones.map((zone, i) => ({ zone, cidr: `100.${64 + i}.0.0/16` })),
        },
      ],
      growth: [],
    },
  });

  expect(resources(stack, "aws_vpc_ipv4_cidr_block_association").map((block) => block["cidr_block"])).toEqual(
    ["100.64.0.0/16", "100.65.0.0/16", "100.66.0.0/16", "100.67.0.0/16"],
  );
});

test("IPAM assigns the CIDR of a VPC whose pool has only the planned block", () => {
  const stack = networkStack({ addresses: { ...payments, vpcCidr: "ipam-assigned" } });

  const vpc = only(stack, "aws_vpc");
  expect(vpc).toMatchObject({ ipv4_netmask_length: 20 });
  expect(vpc).not.toHaveProperty("cidr_block");
  const subnets = byName(stack, "aws_subnet");
  expect(subnets["prod-payments-node-eu-central-1b"]?.["cidr_block"]).toBe("10.10.5.0/24");
});

test("an existing VPC is imported without a pool, and its CIDR is reserved in the pool", () => {
  const stack = networkStack({
    vpcCidr: { mode: "existing", vpcId: "vpc-0a1b2c3d", internetGatewayId: "igw-0a1b2c3d" },
  });

  const vpc = only(stack, "aws_vpc");
  expect(vpc).toMatchObject({ cidr_block: "10.10.0.0/20" });
  expect(vpc).not.toHaveProperty("ipv4_ipam_pool_id");
  expect(only(stack, "aws_vpc_ipam_pool_cidr_allocation")).toMatchObject({ cidr: "10.10.0.0/20" });
  const imports = (stack.toTerraform() as unknown as { import: { id: string }[] }).import;
  expect(imports.map(({ id }) => id)).toEqual(["vpc-0a1b2c3d", "igw-0a1b2c3d"]);
});

const CNI = "kubernetes.io/role/cni";
const FILTER = "cni.networking.k8s.aws/cluster/prod-payments";

test.each([
  ["v1.23.1-eksbuild.1", "0", { [CNI]: "1", [FILTER]: "shared" }, true],
  ["v1.22.0-eksbuild.1", "0", { [CNI]: "1" }, true],
  ["v1.21.1-eksbuild.7", undefined, { [CNI]: "1" }, false],
])("tags for CNI %s", (cniVersion, nodeTag, podTags, excluded) => {
  const stack = networkStack({ cniVersion });

  const subnets = byName(stack, "aws_subnet");
  const tags = (role: string) =>
    subnets[`prod-payments-${role}-eu-central-1a`]?.["tags"] as Record<string, string>;
  const known = ({
    Name: _,
    "cluster-ipam/cluster": __,
    "cluster-ipam/role": ___,
    ...rest
  }: Record<string, string>) => rest;
  expect(known(tags("pod"))).toEqual(podTags);
  expect(known(tags("node"))).toEqual({
    "karpenter.sh/discovery": "prod-payments",
    "kubernetes.io/role/internal-elb": "1",
    ...(nodeTag && { [CNI]: nodeTag }),
  });
  expect(known(tags("public"))).toEqual({ "kubernetes.io/role/elb": "1" });
  expect(known(tags("control-plane"))).toEqual({});
  expect(stack.contract).toMatchObject({ cniVersion, nodeSubnetsExcluded: excluded });
});

test.each([
  ["single", 1, 3],
  ["per-zone", 3, 3],
  ["none", 0, 0],
] as const)("%s: %i NAT gateways, %i private routes to them", (natGateways, gateways, routes) => {
  const stack = networkStack({ natGateways });

  expect(resources(stack, "aws_nat_gateway")).toHaveLength(gateways);
  expect(resources(stack, "aws_eip")).toHaveLength(gateways);
  expect(resources(stack, "aws_route").filter((route) => route["nat_gateway_id"])).toHaveLength(routes);
  const interfaces = resources(stack, "aws_vpc_endpoint").filter(
    (e) => e["vpc_endpoint_type"] === "Interface",
  );
  expect(interfaces).toHaveLength(natGateways === "none" ? 6 : 0);
});

test.each<[string, Partial<EksClusterAddresses>, string[], string]>([
  ["growth", { growth: [{ name: "growth", cidr: "100.64.64.0/19", pool: POD_POOL }] }, [], "100.64.64.0/19"],
  [
    "growth that the plan drains",
    { growth: [{ name: "growth-2", cidr: "100.72.0.0/18", pool: POD_POOL, state: "draining" }] },
    [],
    "100.72.0.0/18",
  ],
  ["the growth pool that it shares", { sharedGrowth: [sharedGrowth] }, [], "100.96.0.0/16"],
  [
    "a part of that pool that the plan drains",
    {
      sharedGrowth: [
        sharedGrowth,
        { ...sharedGrowth, ...{ name: "shared-growth-pods-2", cidr: "100.98.0.0/16", state: "draining" } },
      ],
    },
    [],
    "100.98.0.0/16",
  ],
  ["CIDRs that the autoscaler attaches", {}, ["100.65.0.0/18"], "100.65.0.0/18"],
])("the pods of an isolated network reach the AWS endpoints from %s", (_, change, attachCidrs, cidr) => {
  const addresses = { ...payments, growth: [], ...change };
  const stack = networkStack({ addresses, attachCidrs, natGateways: "none" });

  const admitted = resources(stack, "aws_vpc_security_group_ingress_rule");
  expect(admitted.map(({ cidr_ipv4 }) => cidr_ipv4)).toContain(cidr);
  const groups = resources(stack, "aws_vpc_endpoint").flatMap(
    (e) => (e["security_group_ids"] as string[]) ?? [],
  );
  const admitting = admitted.find((rule) => rule["cidr_ipv4"] === cidr)!["security_group_id"];
  expect(new Set(groups)).toEqual(new Set([admitting]));
});

test.each([
  ["none", 8],
  ["single", 2],
] as const)("further services have endpoints, with %s NAT gateway", (natGateways, count) => {
  const stack = networkStack({ natGateways, endpointServices: ["logs", "ecr.repo.public"] });

  const interfaces = resources(stack, "aws_vpc_endpoint").filter(
    (e) => e["vpc_endpoint_type"] === "Interface",
  );
  expect(interfaces).toHaveLength(count);
  expect(interfaces.map((e) => e["service_name"])).toEqual(
    expect.arrayContaining(["com.amazonaws.eu-central-1.logs", "com.amazonaws.eu-central-1.ecr.repo.public"]),
  );
  const groups = new Set(interfaces.flatMap((e) => e["security_group_ids"] as string[]));
  expect(groups.size).toBe(1);
});

test("flow logs have a log group, encrypted with a key that CloudWatch may use for it alone", () => {
  const stack = networkStack({
    flowLogs: { retentionDays: 365, kmsKey: "create" },
    accountId: "333333333333",
  });

  expect(only(stack, "aws_cloudwatch_log_group")).toMatchObject({
    name: "/aws/vpc/prod-payments/flow-logs",
    retention_in_days: 365,
  });
  expect(only(stack, "aws_flow_log")).toMatchObject({ traffic_type: "ALL", max_aggregation_interval: 600 });
  const key = only(stack, "aws_kms_key");
  expect(key["enable_key_rotation"]).toBe(true);
  expect(JSON.parse(key["policy"] as string).Statement[1]).toMatchObject({
    Principal: { Service: "logs.eu-central-1.amazonaws.com" },
    Condition: {
      ArnEquals: {
        "kms:EncryptionContext:aws:logs:arn": [
          "arn:aws:logs:eu-central-1:333333333333:log-group:/aws/vpc/prod-payments/flow-logs",
        ],
      },
    },
  });
});

test("flow logs can use a key of your own, and are off by default", () => {
  const arn = "arn:aws:kms:eu-central-1:333333333333:key/a";
  const stack = networkStack({ flowLogs: { kmsKey: { arn } } });
  expect(only(stack, "aws_cloudwatch_log_group")).toMatchObject({ kms_key_id: arn, retention_in_days: 90 });
  expect(resources(stack, "aws_kms_key")).toEqual([]);
  expect(resources(networkStack(), "aws_flow_log")).toEqual([]);
});

test("every subnet has the route table of its zone, not the main one", () => {
  const stack = networkStack();

  const associations = Object.entries(blocks(stack, "resource", "aws_route_table_association"));
  expect(associations).toHaveLength(resources(stack, "aws_subnet").length);
  for (const [id, { subnet_id, route_table_id }] of associations) {
    const zone = /eu-central-1[abc]/.exec(id)?.[0];
    expect(subnet_id).toContain(zone);
    expect(route_table_id).toContain(id.includes("public") ? "_public_" : `_private-${zone}_`);
  }
});

test("an IPv6 network is dual-stack, with egress for both and no pod subnets", () => {
  const stack = networkStack({ ipFamily: "ipv6" });

  expect(only(stack, "aws_vpc")).toMatchObject({
    assign_generated_ipv6_cidr_block: true,
    cidr_block: "10.10.0.0/20",
  });
  const subnets = byName(stack, "aws_subnet");
  expect(Object.keys(subnets)).toHaveLength(9);
  expect(subnets["prod-payments-node-eu-central-1b"]).toMatchObject({
    assign_ipv6_address_on_creation: true,
    ipv6_cidr_block: expect.stringMatching(/^\$\{cidrsubnet\(aws_vpc\..*\.ipv6_cidr_block, 8, 33\)\}$/),
  });
  expect(subnets["prod-payments-node-eu-central-1b"]?.["tags"]).not.toHaveProperty([CNI]);
  expect(resources(stack, "aws_vpc_ipv4_cidr_block_association")).toEqual([]);
  const ipv6 = resources(stack, "aws_route").filter((route) => route["destination_ipv6_cidr_block"]);
  expect(ipv6.filter((route) => route["egress_only_gateway_id"])).toHaveLength(3);
  expect(ipv6.filter((route) => route["gateway_id"])).toHaveLength(1);
});
