import { type EksClusterAddresses, type SubnetSet } from "@cluster-ipam/address-plan";
import { type IConstruct } from "constructs";
import { EksClusterStack, type EksClusterStackProps } from "../../src";
import { clusterProps, contract, networkStack, newApp, payments } from "../fixture";

const warnings = (stack: IConstruct): string[] =>
  stack.node
    .findAll()
    .flatMap((node) =>
      node.node.metadata
        .filter(({ type }) => type === "@cdktf/warn")
        .map(({ data }) => `${node.node.path}: ${data}`),
    );

const clusterWarnings = (props: Partial<EksClusterStackProps>) =>
  warnings(new EksClusterStack(newApp(), "prod-payments", { ...clusterProps, ...props }));

test("the fixture has none", () => {
  expect(warnings(networkStack())).toEqual([]);
  expect(clusterWarnings({})).toEqual([]);
});

test("a pod limit below what the interfaces support", () => {
  const addresses: EksClusterAddresses = { ...payments, demand: { ...payments.demand, podsPerNode: 250 } };
  const group = { name: "big", instanceType: "m6i.4xlarge", size: { min: 1, desired: 1, max: 3 } };

  expect(clusterWarnings({ network: { ...contract, addresses }, nodeGroups: [group] })).toEqual([
    expect.stringMatching(/^prod-payments\/nodes-big: m6i\.4xlarge: .*110 pods per node is below the 234/),
  ]);
  expect(
    clusterWarnings({ network: { ...contract, addresses }, nodeGroups: [{ ...group, maxPods: 240 }] }),
  ).toEqual([]);
});

test.each([
  [6, []],
  ["10%", []],
  [
    7,
    [expect.stringMatching(/adds up to 7 nodes, and the plan has addresses for 6 .* use maxUnavailable 6/)],
  ],
  ["11%", [expect.stringContaining("adds up to 7 nodes")]],
] as const)("an update that replaces %s of 60 nodes in 3 zones at a time", (maxUnavailable, expected) => {
  const [group] = clusterProps.nodeGroups;

  expect(clusterWarnings({ nodeGroups: [{ ...group!, maxUnavailable }] })).toEqual(expected);
});

test("a cluster without access entries", () => {
  expect(clusterWarnings({ access: {} })).toEqual([
    "prod-payments/cluster: no principal has access to this cluster; add a cluster-admin to access",
  ]);
});

test("zone names that may be a zone without EKS control planes", () => {
  const move = <T extends { zone: string }>(list: readonly T[]) =>
    list.map((item) => ({ ...item, zone: item.zone.replace("eu-central-1", "us-east-1") }));
  const moveSet = ({ name, subnets }: SubnetSet) => ({ name, subnets: move(subnets) });
  const addresses: EksClusterAddresses = {
    ...payments,
    region: "us-east-1",
    zones: payments.zones.map((zone) => zone.replace("eu-central-1", "us-east-1")),
    publicSubnets: move(payments.publicSubnets),
    controlPlaneSubnets: move(payments.controlPlaneSubnets),
    nodes: payments.nodes.map(moveSet),
    pods: payments.pods.map(moveSet),
  };
  const zoneIds = { "us-east-1a": "use1-az4", "us-east-1b": "use1-az6", "us-east-1c": "use1-az1" };

  expect(warnings(networkStack({ addresses }))).toEqual([
    expect.stringContaining(
      "EKS does not place control planes in one zone of us-east-1, whose name differs by account",
    ),
  ]);
  expect(warnings(networkStack({ addresses, zoneIds }))).toEqual([]);
});

test("a CNI that places pods in the node subnets", () => {
  expect(warnings(networkStack({ cniVersion: "v1.21.1-eksbuild.7" }))).toEqual([
    "prod-payments-network/network: CNI v1.21.1-eksbuild.7 also places pods in the node subnets, which the plan sizes for nodes only; use v1.22.1 or later",
  ]);
});

test("a variable that the CNI does not document", () => {
  const environment = { ENABLE_PREFIX_DELEGATIONS: "true" };
  expect(clusterWarnings({ cni: { environment } })).toEqual([
    "prod-payments/vpc-cni: the VPC CNI documents no variable ENABLE_PREFIX_DELEGATIONS; check the spelling in cni.environment",
  ]);
});
