import { type AddressNode, type AddressReport } from "../src/read/address-report";

const block = (
  cidr: string,
  kind: AddressNode["kind"],
  key: string,
  owner: string,
  ...children: AddressNode[]
): AddressNode => ({ key, cidr, kind, owner, children });
const free = (cidr: string) => block(cidr, "free", cidr, "unallocated");

const PAYMENTS = "aws/eu-central-1/prod/eks/prod-payments";
const PODS = "aws/eu-central-1/prod/eks-pods/prod-payments";

/** An address report of literals, so that tests do not depend on the wording of the address plan. */
export const EXAMPLE: AddressReport = {
  tree: [
    block(
      ...(["10.0.0.0/8", "pool", "primary", "example: nodes and GKE"] as const),
      block("10.0.0.0/12", "reserved", "primary/10.0.0.0/12", "on premises"),
      block(
        ...(["10.16.0.0/12", "pool", "aws/eu-central-1", "aws eu-central-1"] as const),
        block(
          ...(["10.16.0.0/23", "cluster", PAYMENTS, "prod-payments"] as const),
          block("10.16.0.0/24", "subnet", `${PAYMENTS}/nodes/eu-central-1a`, "prod-payments"),
          free("10.16.1.0/24"),
        ),
        free("10.16.2.0/23"),
        free("10.24.0.0/13"),
      ),
    ),
    block(
      ...(["100.64.0.0/12", "pool", "pods", "example: pods of EKS"] as const),
      block("100.64.0.0/19", "growth", `${PODS}/growth`, "prod-payments"),
      block(
        ...(["100.64.32.0/19", "pods", `${PODS}/pods`, "prod-payments"] as const),
        block("100.64.32.0/20", "subnet", `${PODS}/pods/eu-central-1a`, "prod-payments"),
      ),
    ),
  ],
  clusters: [
    {
      ...{ name: "dev-search", environment: "dev", cloud: "google", region: "europe-west3" },
      demand: { nodes: 30, pods: 1900, podsPerNode: 64, growthPercent: 0 },
      capacity: {
        nodes: 32,
        pods: 1920,
        binding: {
          name: "pods per node",
          pods: 1920,
          formula: "30 nodes × 64 pods",
          fix: "ask for more nodes",
        },
        limits: [],
      },
    },
    {
      ...{ name: "prod-payments", environment: "prod", cloud: "aws", region: "eu-central-1" },
      demand: { nodes: 60, pods: 6600, podsPerNode: 110, growthPercent: 100 },
      capacity: {
        nodes: 1020,
        pods: 12192,
        binding: {
          name: "pod prefixes in eu-central-1a",
          pods: 12192,
          formula: "254 usable /28 prefixes × 16 addresses in each of the cluster's 3 zones",
          fix: "add a zone",
        },
        limits: [],
      },
    },
  ],
};
