import { type IpamPoolPlan } from "@cluster-ipam/address-plan";
import { type IpamScope } from "../../src";

/** An existing IPAM. */
export const ipam: IpamScope = {
  scopeId: "ipam-scope-0123456789abcdef0",
  homeRegion: "eu-central-1",
  operatingRegions: ["eu-central-1", "us-east-1"],
  tier: "advanced",
};

/** Root, Region, environment, application. */
export const tree: readonly IpamPoolPlan[] = [
  {
    key: "aws",
    cidrs: ["10.0.0.0/8"],
    description: "the organisation",
    reservations: [{ cidr: "10.128.0.0/9", owner: "google" }],
  },
  {
    key: "aws/eu-central-1",
    parent: "aws",
    cidrs: ["10.0.0.0/12"],
    locale: "eu-central-1",
    description: "Frankfurt",
    reservations: [],
  },
  {
    key: "aws/us-east-1",
    parent: "aws",
    cidrs: ["10.16.0.0/12"],
    locale: "us-east-1",
    description: "Virginia",
    reservations: [{ cidr: "10.31.0.0/16", owner: "on-premises: office" }],
  },
  {
    key: "aws/eu-central-1/prod",
    parent: "aws/eu-central-1",
    cidrs: ["10.8.0.0/14"],
    locale: "eu-central-1",
    description: "production",
    environment: "prod",
    reservations: [],
  },
  {
    key: "aws/eu-central-1/prod/eks",
    parent: "aws/eu-central-1/prod",
    cidrs: ["10.10.0.0/16"],
    locale: "eu-central-1",
    description: "EKS networks",
    environment: "prod",
    rules: {
      minNetmaskLength: 16,
      maxNetmaskLength: 24,
      defaultNetmaskLength: 20,
      requiredTags: { environment: "prod" },
    },
    reservations: [],
  },
];

/** The tree with one pool changed. */
export function treeWith(key: string, change: Partial<IpamPoolPlan>): IpamPoolPlan[] {
  return tree.map((plan) => (plan.key === key ? { ...plan, ...change } : plan));
}
