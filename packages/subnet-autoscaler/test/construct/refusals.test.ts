import { Lazy } from "cdktf";
import { type SubnetAutoscalerProps } from "../../src";
import { autoscaler, contractWith, contract, sharedGrowth } from "./fixture";

const withCni = (cni: Partial<typeof contract.cni>) => ({
  contract: { ...contract, cni: { ...contract.cni, ...cni } },
});

const invalid: Record<string, [Partial<SubnetAutoscalerProps>, string]> = {
  "a cluster without growth space": [
    { contract: contractWith({ growth: [] }) },
    "prod-payments has growthPercent 0 in the address plan, and prod no eksGrowth, so it has no growth space; set one of them and run npm run addresses",
  ],
  "custom networking": [
    withCni({ customNetworking: true }),
    'prod-payments uses custom networking, whose ENIConfigs name one pod subnet a zone, so a new one would stay empty; remove cni.customNetworking, or the autoscaler and raise pods in addresses.yaml, then set cni.customNetworking to { podSubnets: "pods-2" }',
  ],
  "a cluster without prefix delegation": [
    withCni({ prefixDelegation: false }),
    "prod-payments does not use prefix delegation, and the autoscaler scales on free /28 prefixes",
  ],
  "an IPv6 cluster": [
    { contract: contractWith({}, { ipFamily: "ipv6" }) },
    "prod-payments is an IPv6 cluster, whose pods never run out of addresses; remove the autoscaler",
  ],
  "a cluster name that is too long": [
    { contract: contractWith({ name: "prod-payments-of-the-northern-european-markets-2" }) },
    "has 66 characters but Lambda allows 64; use a cluster name of at most 46",
  ],
  "a lead time of 0": [{ leadTimeMinutes: 0 }, "leadTimeMinutes is 0; use a whole number from 1 to 1440"],
  "a fractional floor": [{ floorPrefixes: 1.5 }, "floorPrefixes is 1.5; use a whole number from 1 to 4096"],
  "more subnets than the VPC allows": [
    { maxSubnets: 189 },
    "maxSubnets is 189; use a whole number from 1 to 188",
  ],
  "subnets larger than the growth space": [
    { netmaskLengths: [17] },
    "netmaskLengths has 17; use 18 to 26, so that a subnet fits in the growth space 100.64.64.0/18",
  ],
  "subnets without a usable prefix": [{ netmaskLengths: [24, 27] }, "netmaskLengths has 27; use 18 to 26"],
  "no netmask lengths": [{ netmaskLengths: [] }, "netmaskLengths is empty; use 18 to 26"],
  "no subnet per day": [{ maxSubnetsPerDay: 0 }, "maxSubnetsPerDay is 0; use a whole number from 1 to 200"],
  "fewer addresses than a subnet has": [
    { maxAddresses: 16 },
    "maxAddresses is 16; use a whole number from 64",
  ],
  "a lead of more than a day": [
    { attachLeadMinutes: 1500 },
    "attachLeadMinutes is 1500; use a whole number from 0 to 1440",
  ],
  "a cool-down of days": [
    { coolDownMinutes: 2880 },
    "coolDownMinutes is 2880; use a whole number from 0 to 1440",
  ],
  "a quarantine of 0": [
    { reclaim: { emptyMinutes: 60, quarantineMinutes: 0 } },
    "reclaim.quarantineMinutes is 0; use a whole number from 5 to 10080",
  ],
  "a quota that AWS does not grant": [
    { quotas: { subnetsPerVpc: 0 } },
    "quotas.subnetsPerVpc is 0; use a whole number from 1 to 10000",
  ],
  "a VPC without room for a CIDR of the growth pool, its only growth": [
    { contract: contractWith({ growth: [], sharedGrowth, vpcCidrQuota: 2 }) },
    "the VPC of prod-payments has 2 CIDRs and a quota of 2, so it cannot draw from aws/eu-central-1/prod/growth-pods; raise quota L-83CA0A9D and set clusters.prod-payments.vpcCidrQuota in addresses.yaml (50 at most), or set sharedGrowth: false, and growthPercent there",
  ],
  "a VPC that rejects the growth pool's CIDRs": [
    { contract: contractWith({ sharedGrowth: [{ ...sharedGrowth[0]!, cidr: "192.168.0.0/18" }] }) },
    "the VPC 10.10.0.0/20 of prod-payments cannot draw from 192.168.0.0/18 of aws/eu-central-1/prod/growth-pods: a VPC with a primary CIDR in 10.0.0.0/8 accepts no CIDR in 192.168.0.0/16; set sharedGrowth: false",
  ],
  "a planning pool beside the growth pool": [
    { contract: contractWith({ sharedGrowth }), planningPoolId: "ipam-pool-3" },
    "planningPoolId ipam-pool-3 allocates subnets in one CIDR of the VPC, and none in those that it draws from aws/eu-central-1/prod/growth-pods; remove it, or set sharedGrowth: false",
  ],
  "subnets larger than a CIDR that is drawn": [
    { contract: contractWith({ growth: [], sharedGrowth }), netmaskLengths: [19] },
    "netmaskLengths has 19; use 20 to 26, so that a subnet fits in the growth space 100.96.0.0/20",
  ],
  "a tag that the autoscaler sets": [
    { subnetTags: { "kubernetes.io/role/cni": "1" } },
    "subnetTags has kubernetes.io/role/cni, which the autoscaler sets itself; remove it",
  ],
  "a tag by which Karpenter starts nodes": [
    { subnetTags: { "karpenter.sh/discovery": "prod-payments" } },
    "subnetTags has karpenter.sh/discovery, by which nodes or load balancers would use growth subnets, which then never become empty; remove it, pods need only the tags that the autoscaler sets",
  ],
  "the same as a tag of open subnets": [
    { podSelectorTags: { "karpenter.sh/discovery": "prod-payments" } },
    "podSelectorTags has karpenter.sh/discovery, by which nodes or load balancers would use growth subnets",
  ],
  "a tag of open subnets that closed ones have too": [
    { subnetTags: { pods: "yes" }, podSelectorTags: { pods: "yes" } },
    "podSelectorTags has pods, which subnetTags or the stack's tags have too, so a subnet would have it before it is open; remove it there",
  ],
  "a tag of open subnets without a value": [
    { podSelectorTags: { "acme/pods": "*" } },
    'podSelectorTags has acme/pods with the value "*", which a closed subnet could match too; use an exact value, also in the node class',
  ],
  "more tags than EC2 allows": [
    { subnetTags: Object.fromEntries(Array.from({ length: 42 }, (_, index) => [`tag-${index}`, ""])) },
    "growth subnets would have 52 tags, 10 of them the autoscaler's, but EC2 allows 50; remove 2",
  ],
  "a tag that is known only after apply": [
    { subnetTags: { owner: Lazy.stringValue({ produce: () => "me" }) } },
    "the tag owner of growth subnets is known only after apply",
  ],
  "a tag that AWS reserves": [{ subnetTags: { "aws:owner": "me" } }, 'the tag key "aws:owner" is not valid'],
  "a topic of another partition": [
    { alarmTopicArns: ["arn:aws-cn:sns:eu-central-1:333333333333:on-call"] },
    "alarmTopicArns has arn:aws-cn:sns:eu-central-1:333333333333:on-call, which alarms in eu-central-1 cannot notify; use arn:aws:sns:eu-central-1:<account>:<topic>",
  ],
  "a topic of another Region": [
    { alarmTopicArns: ["arn:aws:sns:eu-west-1:333333333333:on-call"] },
    "alarmTopicArns has arn:aws:sns:eu-west-1:333333333333:on-call, which alarms in eu-central-1 cannot notify",
  ],
};

test.each(Object.entries(invalid))("%s is rejected", (_, [props, message]) => {
  const synth = () => autoscaler(props);
  expect(synth).toThrow(message);
  expect(synth).toThrow(/^prod-payments-autoscaler\/autoscaler: [^\n]+$/);
});

test.each<[string, SubnetAutoscalerProps["contract"], string]>([
  ["of its own", contractWith({ sharedGrowth, vpcCidrQuota: 3 }), "3 CIDRs and a quota of 3"],
  [
    "that the autoscaler attaches",
    contractWith({ growth: [], sharedGrowth, vpcCidrQuota: 3 }, { attachCidrs: ["100.65.0.0/18"] }),
    "3 CIDRs and a quota of 3",
  ],
])("a full VPC with growth %s is warned that it cannot draw from the shared pool", (_, full, count) => {
  const warnings = (contract: SubnetAutoscalerProps["contract"]) =>
    autoscaler({ contract })
      .node.findAll()
      .flatMap(({ node }) =>
        node.metadata.filter(({ type }) => type === "@cdktf/warn").map(({ data }) => String(data)),
      );
  expect(warnings(full)).toEqual([
    `the VPC of prod-payments has ${count}, so it cannot draw from aws/eu-central-1/prod/growth-pods; raise quota L-83CA0A9D and set clusters.prod-payments.vpcCidrQuota in addresses.yaml (50 at most), or set sharedGrowth: false`,
  ]);
  expect(warnings(contractWith({ sharedGrowth }))).toEqual([]);
});
