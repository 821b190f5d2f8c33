import { type AddressNode, type AddressReport } from "../src/addresses";

const leaf = (cidr: string, kind: AddressNode["kind"], owner: string, environment?: string): AddressNode => ({
  cidr,
  kind,
  owner,
  ...(environment ? { environment } : {}),
  children: [],
});

/** A small address plan: an EKS cluster of prod with growth space, on-premises ranges, free space. */
export const ADDRESSES: AddressReport = {
  tree: [
    {
      cidr: "10.0.0.0/8",
      kind: "space",
      owner: "private space",
      children: [
        leaf("10.0.0.0/12", "reserved", "on premises: office"),
        {
          cidr: "10.16.0.0/16",
          kind: "cluster",
          owner: "prod-payments",
          environment: "prod",
          children: [
            leaf("10.16.0.0/22", "block", "nodes", "prod"),
            leaf("10.16.128.0/17", "growth", "growth", "prod"),
          ],
        },
        leaf("10.128.0.0/9", "free", "free"),
      ],
    },
  ],
  clusters: [
    {
      name: "prod-payments",
      environment: "prod",
      cloud: "aws",
      region: "eu-central-1",
      demand: { nodes: 60, pods: 6600, podsPerNode: 110, growthPercent: 50 },
      capacity: {
        nodes: 1020,
        pods: 12192,
        binding: {
          name: "pod prefixes in eu-central-1a",
          pods: 12192,
          formula: "(2^(28-20) - 2 - 0) x 16 x 3",
          fix: "raise growthPercent",
        },
        limits: [],
      },
    },
    {
      name: "prod-search",
      environment: "prod",
      cloud: "google",
      region: "europe-west3",
      demand: { nodes: 128, pods: 8192, podsPerNode: 64, growthPercent: 0 },
      capacity: {
        nodes: 128,
        pods: 8192,
        binding: {
          name: "nodes per pod range",
          pods: 8192,
          formula: "2^(25-18) nodes x 64 pods",
          fix: "set growthPercent above 0, or give it a shorter pod range in addresses.yaml",
        },
        limits: [],
      },
    },
  ],
};
