import { type EksClusterAddresses } from "@cluster-ipam/address-plan";
import { AdoptedEksNetworkStack, type AdoptedNetworkIds } from "../../src";
import { blocks, newApp, only, payments, POD_POOL, resources } from "../fixture";

const inZones = (...cidrs: string[]) =>
  cidrs.map((cidr, index) => ({ zone: `eu-central-1${"abc"[index]}`, cidr }));

/** A cluster with custom networking: no public and no control-plane subnets are known. */
const legacy: EksClusterAddresses = {
  ...payments,
  ...{ publicSubnets: [], controlPlaneSubnets: [], growth: [] },
  nodes: [{ name: "nodes", subnets: inZones("10.10.4.0/24", "10.10.5.0/24") }],
  pods: [{ name: "pods", subnets: inZones("100.64.0.0/20") }],
};
const existing: AdoptedNetworkIds = {
  accountId: "222222222222",
  vpcId: "vpc-0a1b2c3d",
  subnets: { "10.10.4.0/24": "subnet-a", "10.10.5.0/24": "subnet-b", "100.64.0.0/20": "subnet-p" },
  cidrs: { "100.64.0.0/18": "vpc-cidr-assoc-1" },
  routeTables: { "eu-central-1a": "rtb-a" },
  tags: { "vpc-0a1b2c3d": { Name: "old", "kubernetes.io/cluster/old": "owned" } },
};

const stackOf = (addresses: EksClusterAddresses, ids: AdoptedNetworkIds = existing) =>
  new AdoptedEksNetworkStack(newApp(), "prod-payments-network", {
    addresses,
    existing: ids,
    ipamPoolIds: { [payments.pool]: "ipam-pool-1", [POD_POOL]: "ipam-pool-2" },
  });

test("what exists is imported, and nothing of it but its tags can change", () => {
  const stack = stackOf(legacy);
  const imported = JSON.stringify(blocks(stack, "resource", "aws_subnet"));
  expect(only(stack, "aws_vpc")).toMatchObject({
    cidr_block: "10.10.0.0/20",
    tags: { Name: "old", "kubernetes.io/cluster/old": "owned", "cluster-ipam/cluster": "prod-payments" },
    lifecycle: {
      prevent_destroy: true,
      ignore_changes: expect.arrayContaining(["ipv4_ipam_pool_id", "ipv4_netmask_length"]),
    },
  });
  expect(only(stack, "aws_vpc")).not.toHaveProperty("ipv4_ipam_pool_id");
  expect(imported).not.toContain("kubernetes.io/role");
  expect(resources(stack, "aws_route_table_association")).toEqual([]);
  expect(resources(stack, "aws_default_security_group")).toEqual([]);
});

test("IPAM reserves every CIDR that was there", () => {
  const reserved = resources(stackOf(legacy), "aws_vpc_ipam_pool_cidr_allocation");
  expect(reserved.map(({ cidr, ipam_pool_id }) => [cidr, ipam_pool_id])).toEqual(
    expect.arrayContaining([
      ["10.10.0.0/20", "ipam-pool-1"],
      ["100.64.0.0/18", "ipam-pool-2"],
    ]),
  );
});

test("growth is created beside it: from its pool, with discovery tags, routed like its zone", () => {
  const stack = stackOf({
    ...legacy,
    podCidrs: [...legacy.podCidrs, { name: "pods-2", cidr: "100.65.0.0/18", pool: POD_POOL }],
    pods: [...legacy.pods, { name: "pods-2", subnets: inZones("100.65.0.0/20", "100.65.16.0/20") }],
  });
  const attached = resources(stack, "aws_vpc_ipv4_cidr_block_association");
  expect(attached.map(({ cidr_block, ipv4_ipam_pool_id }) => [cidr_block, ipv4_ipam_pool_id])).toEqual(
    expect.arrayContaining([
      ["100.64.0.0/18", undefined],
      ["100.65.0.0/18", "ipam-pool-2"],
    ]),
  );
  const grown = resources(stack, "aws_subnet").find(({ cidr_block }) => cidr_block === "100.65.0.0/20");
  expect(grown).toMatchObject({ tags: { "kubernetes.io/role/cni": "1" }, depends_on: [expect.any(String)] });
  // The route table of zone b is not known: its subnet has the VPC's main one.
  expect(resources(stack, "aws_route_table_association").map((block) => block["route_table_id"])).toEqual([
    "rtb-a",
  ]);
});

test("an id for a block that is not in the plan is refused", () => {
  expect(() => stackOf(legacy, { ...existing, subnets: { "10.10.9.0/24": "subnet-x" } })).toThrow(
    "existing has 10.10.9.0/24, which the address plan does not have for prod-payments; run npx addresses adopt again, or remove it from existing",
  );
});
