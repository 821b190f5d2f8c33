import { lock, type Misconfigurations, plan, update } from "./misconfiguration";

const restore = "restore the file from version control, then run npm run addresses";
const zones = "zones: [eu-central-1a, eu-central-1b, eu-central-1c]";

/** Invalid `addresses.yaml` files. */
export const wrongPlans: Misconfigurations = {
  "a space with host bits": {
    trap: "plan",
    wrong: () => plan("primary: 10.0.0.0/8", "primary: 10.1.0.0/8"),
    error: { path: "spaces.primary", value: "10.1.0.0/8", fix: "write 10.0.0.0/8" },
  },
  "spaces that overlap": {
    trap: "plan",
    wrong: () => plan("pods: 100.64.0.0/10", "pods: 10.64.0.0/10"),
    error: { path: "spaces.pods", value: "10.64.0.0/10", fix: "use another range such as 100.64.0.0/10" },
  },
  "pods in a range that a VPC rejects as a secondary CIDR": {
    trap: "aws",
    wrong: () => plan("pods: 100.64.0.0/10", "pods: 172.16.0.0/12"),
    error: { path: "spaces.pods", value: "172.16.0.0/12", fix: "set spaces.pods to 100.64.0.0/10" },
  },
  "a range that is reserved twice": {
    trap: "plan",
    wrong: () => plan("cidr: 10.248.0.0/13", "cidr: 10.200.0.0/13"),
    error: { path: "reserved.1.cidr", value: "10.200.0.0/13", fix: "remove one of them" },
  },
  "a reserved range over existing clusters": {
    trap: "plan",
    wrong: () => plan("cidr: 10.248.0.0/13", "cidr: 10.208.0.0/13"),
    error: {
      path: "reserved 10.208.0.0/13",
      value: "10.208.0.0/13 (on-premises: offices and VPN) overlaps 10.212.0.0/16 of aws/eu-central-1/dev",
      fix: "reserve 10.213.0.0/16, 10.214.0.0/15 instead of 10.208.0.0/13",
    },
  },
  "a Region that does not exist": {
    trap: "plan",
    wrong: () => plan("    eu-central-1: {", "    eu-centrl-1: {"),
    error: { path: "regions.aws.eu-centrl-1", value: "eu-centrl-1", fix: "did you mean eu-central-1?" },
  },
  "a Region named after its city": {
    trap: "plan",
    wrong: () => plan("    europe-west3: {", "    frankfurt: {"),
    error: { path: "regions.google.frankfurt", value: "frankfurt", fix: "use one such as" },
  },
  "a Region without a block": {
    trap: "plan",
    wrong: () =>
      plan("environment: prod\n    region: eu-central-1", "environment: prod\n    region: eu-north-1"),
    error: {
      path: "clusters.prod-payments.region",
      value: "region eu-north-1",
      fix: "set regions.aws.eu-north-1 to { primary: /12, pods: /12 }",
    },
  },
  "a block without free space": {
    trap: "plan",
    wrong: () =>
      update(
        "  google:\n    europe-west3:",
        "    us-east-2: { primary: /8, pods: /12 }\n  google:\n    europe-west3:",
      ),
    error: {
      path: "aws/us-east-2",
      value: "no aligned /8 is free in 10.0.0.0/8",
      fix: "add a public range that you own to spaces.primary",
    },
  },
  "a block size without its slash": {
    trap: "plan",
    wrong: () => plan("gke: /14", "gke: 14"),
    error: { path: "environments.prod.google.gke", value: "14", fix: "from /1 to /28 such as /16" },
  },
  "a misspelled key": {
    trap: "plan",
    wrong: () => plan("instanceType: m7i.2xlarge", "instancetype: m7i.2xlarge"),
    error: {
      path: "clusters.prod-payments.instancetype",
      value: "unknown key instancetype",
      fix: "did you mean instanceType?",
    },
  },
  "an environment that does not exist": {
    trap: "plan",
    wrong: () =>
      plan(
        "environment: prod\n    region: eu-central-1",
        "environment: production\n    region: eu-central-1",
      ),
    error: { path: "clusters.prod-payments.environment", value: "production", fix: "use one of dev, prod" },
  },
  "an environment named like a pod pool": {
    trap: "plan",
    wrong: () => plan("\n  dev:\n    aws:", "\n  dev-pods:\n    aws:"),
    error: { path: "environments.dev-pods", value: '"dev-pods"', fix: "use another ending" },
  },
  "a zone of another Region": {
    trap: "aws",
    wrong: () => plan(zones, zones.replace("eu-central-1c", "eu-west-1c")),
    error: {
      path: "clusters.prod-payments.zones.2",
      value: "eu-west-1c",
      fix: "use eu-central-1a, eu-central-1b, eu-central-1c",
    },
  },
  "a zone without EKS control planes": {
    trap: "aws",
    wrong: () => plan(zones, zones.replace("eu-central-1c", "use1-az3")),
    error: {
      path: "clusters.prod-payments.zones.2",
      value: "use1-az3",
      fix: "use another zone of eu-central-1",
    },
  },
  "EKS in one zone": {
    trap: "aws",
    wrong: () => plan("zones: [eu-west-1a, eu-west-1b]", "zones: [eu-west-1a]"),
    error: {
      path: "clusters.dev-apps.zones",
      value: "at least 2 zones, not 1",
      fix: "add one of eu-west-1b, eu-west-1c",
    },
  },
  "zones that are not a list": {
    trap: "plan",
    wrong: () => plan("zones: [eu-west-1a, eu-west-1b]", "zones: eu-west-1a, eu-west-1b"),
    error: {
      path: "clusters.dev-apps.zones",
      value: '"eu-west-1a, eu-west-1b"',
      fix: "is not a list of zones",
    },
  },
  "an instance type that does not exist": {
    trap: "aws",
    wrong: () => plan("instanceType: m7i.2xlarge", "instanceType: m7i.2xlrge"),
    error: {
      path: "clusters.prod-payments.instanceType",
      value: "m7i.2xlrge",
      fix: "did you mean m7i.2xlarge?",
    },
  },
  "more pods than the nodes support": {
    trap: "aws",
    wrong: () => plan("pods: 6000", "pods: 60000"),
    error: {
      path: "clusters.prod-payments.pods",
      value: "60,000 pods do not fit on 60 nodes × 110 pods",
      fix: "use at least 546 nodes",
    },
  },
  "more nodes than the Region has space for": {
    trap: "aws",
    wrong: () => update("nodes: 60", "nodes: 6000"),
    error: {
      path: "aws/eu-central-1/prod/eks-pods/prod-payments/growth#3",
      value: "no aligned /16 is free in 100.64.0.0/15 of aws/eu-central-1/prod/eks-pods",
      fix: "set environments.prod.aws.eksPods to /",
    },
  },
  "a growth pool without room for a CIDR that helps": {
    trap: "aws",
    wrong: () => plan("eksGrowth: /18", "eksGrowth: /27"),
    error: {
      path: "environments.dev.aws.eksGrowth",
      value: '"/27" is not a block size',
      fix: "from /1 to /26 such as /16",
    },
  },
  "more pods per node than EKS supports": {
    trap: "aws",
    wrong: () => plan("instanceType: m7i.large", "instanceType: t3.small\n    podsPerNode: 110"),
    error: {
      path: "clusters.dev-apps.podsPerNode",
      value: "110 pods per node",
      fix: "use 98 or a larger type",
    },
  },
  "more pods per node than GKE supports": {
    trap: "gke",
    wrong: () => plan("podsPerNode: 110", "podsPerNode: 300"),
    error: {
      path: "clusters.prod-search.podsPerNode",
      value: "300 is not a whole number",
      fix: "from 8 to 256",
    },
  },
  "more CIDRs than the quota of a VPC": {
    trap: "aws",
    wrong: () => update("nodes: 60", "nodes: 400"),
    error: {
      path: "clusters.prod-payments.vpcCidrQuota",
      value: "its VPC needs 6 CIDRs",
      fix: "set clusters.prod-payments.vpcCidrQuota to 6",
    },
  },
  "a cluster that moves to another Region": {
    trap: "plan",
    wrong: () =>
      update(
        "region: eu-west-1\n    zones: [eu-west-1a, eu-west-1b]",
        "region: eu-central-1\n    zones: [eu-central-1a, eu-central-1b]",
      ),
    error: {
      path: "clusters.dev-apps",
      value: "a cluster cannot move",
      fix: "add it under another name",
    },
  },
};

/** Invalid `addresses.lock.json` files. */
export const wrongLocks: Misconfigurations = {
  "a lock of an earlier plan": {
    trap: "plan",
    wrong: () => plan("nodes: 60", "nodes: 57"),
    error: {
      path: "addresses.lock.json: aws/eu-central-1/prod/eks-pods/prod-payments/pods/eu-central-1a",
      value: "/20: 2,000 pods on 19 nodes + 2 surge",
      fix: "run npm run addresses and commit the lock",
    },
  },
  "an allocation edited to overlap its neighbour": {
    trap: "plan",
    wrong: () => lock("100.64.80.0/20", "100.64.64.0/20"),
    error: {
      path: "addresses.lock.json: aws/eu-central-1/prod/eks-pods/prod-payments/pods/eu-central-1b",
      value: "100.64.64.0/20 overlaps 100.64.64.0/20",
      fix: restore,
    },
  },
  "an allocation edited to a CIDR outside its pool": {
    trap: "plan",
    wrong: () => lock("10.224.0.128/27", "10.225.0.128/27"),
    error: {
      path: "addresses.lock.json: aws/eu-west-1/dev/eks/dev-apps/nodes/eu-west-1a",
      value: "10.225.0.128/27 is outside 10.224.0.0/24",
      fix: restore,
    },
  },
  "an allocation edited to a misaligned CIDR": {
    trap: "plan",
    wrong: () => lock("100.64.64.0/18", "100.64.32.0/18"),
    error: {
      path: "addresses.lock.json: aws/eu-central-1/prod/eks-pods/prod-payments/pods",
      value: "100.64.32.0/18: host bits are set",
      fix: restore,
    },
  },
  "a lock with a merge conflict": {
    trap: "plan",
    wrong: () => lock('  "version": 2,', '<<<<<<< HEAD\n  "version": 2,'),
    error: {
      path: "addresses.lock.json:2",
      value: "merge conflict",
      fix: "run npm run addresses, which merges both sides",
    },
  },
  "a truncated lock": {
    trap: "plan",
    wrong: () => lock("\n  ]\n}\n", ""),
    error: { path: "addresses.lock.json", value: "not JSON", fix: restore },
  },
  "a lock of another version": {
    trap: "plan",
    wrong: () => lock('"version": 2', '"version": 3'),
    error: {
      path: "addresses.lock.json",
      value: "version 3",
      fix: "use the version of @cluster-ipam/address-plan that wrote it",
    },
  },
};
