import { Lazy } from "cdktf";
import { type SubnetAutoscalerProps } from "../../src";
import { autoscaler, clusterWith, contract } from "./fixture";

const withCni = (cni: Partial<typeof contract.cni>) => ({
  cluster: { ...contract, cni: { ...contract.cni, ...cni } },
});

const wrong: Record<string, [Partial<SubnetAutoscalerProps>, string]> = {
  "a cluster without growth space": [
    { cluster: clusterWith({ growth: [] }) },
    "prod-payments has growthPercent 0 in the address plan, so there is no space to grow into; raise it and run npm run addresses",
  ],
  "custom networking": [
    withCni({ customNetworking: true }),
    "prod-payments has custom networking, which keeps its pods in the subnets of their ENIConfigs, so a new one would stay empty; leave cni.customNetworking out",
  ],
  "a cluster without prefixes": [
    withCni({ prefixDelegation: false }),
    "prod-payments has no prefix delegation, and free /28 prefixes are what the autoscaler goes by",
  ],
  "an IPv6 cluster": [
    { cluster: clusterWith({}, { ipFamily: "ipv6" }) },
    "prod-payments is an IPv6 cluster, whose pods never run out of addresses; leave the autoscaler out",
  ],
  "a cluster whose name leaves no room": [
    { cluster: clusterWith({ name: "prod-payments-of-the-northern-european-markets-2" }) },
    "has 66 characters but Lambda takes 64; name the cluster with 46 at most",
  ],
  "a lead time of none": [{ leadTimeMinutes: 0 }, "leadTimeMinutes is 0; use a whole number of 1 to 1440"],
  "half a prefix": [{ floorPrefixes: 1.5 }, "floorPrefixes is 1.5; use a whole number of 1 to 4096"],
  "more subnets than the VPC holds": [
    { maxSubnets: 189 },
    "maxSubnets is 189; use a whole number of 1 to 188",
  ],
  "subnets larger than the growth space": [
    { netmaskLengths: [17] },
    "netmaskLengths has 17; use 18 to 26, so that a subnet fits the growth space 100.64.64.0/18",
  ],
  "subnets without a usable prefix": [{ netmaskLengths: [24, 27] }, "netmaskLengths has 27; use 18 to 26"],
  "no sizes": [{ netmaskLengths: [] }, "netmaskLengths is empty; use 18 to 26"],
  "a day without a subnet": [
    { maxSubnetsPerDay: 0 },
    "maxSubnetsPerDay is 0; use a whole number of 1 to 200",
  ],
  "fewer addresses than a subnet": [{ maxAddresses: 16 }, "maxAddresses is 16; use a whole number of 64"],
  "a cool-down of days": [
    { coolDownMinutes: 2880 },
    "coolDownMinutes is 2880; use a whole number of 0 to 1440",
  ],
  "a quarantine that is over at once": [
    { reclaim: { emptyMinutes: 60, quarantineMinutes: 0 } },
    "reclaim.quarantineMinutes is 0; use a whole number of 5 to 10080",
  ],
  "a quota that AWS does not grant": [
    { quotas: { cidrsPerVpc: 51 } },
    "quotas.cidrsPerVpc is 51; use a whole number of 5 to 50",
  ],
  "a CIDR over the pods": [
    { attachCidrs: ["100.64.48.0/20"] },
    "attachCidrs has 100.64.48.0/20, which overlaps 100.64.0.0/18 of prod-payments; take another block of aws/eu-central-1/prod/pods",
  ],
  "a CIDR with host bits": [
    { attachCidrs: ["100.65.0.1/18"] },
    "attachCidrs: 100.65.0.1/18: host bits are set; write 100.65.0.0/18",
  ],
  "a CIDR larger than a VPC takes": [
    { attachCidrs: ["100.80.0.0/15"] },
    "attachCidrs has 100.80.0.0/15; use a /16 to /26",
  ],
  "a CIDR that is known after apply only": [
    { attachCidrs: [Lazy.stringValue({ produce: () => "100.65.0.0/18" })] },
    "attachCidrs has a CIDR that is known after apply only",
  ],
  "a topic of another Region": [
    { alarmTopicArns: ["arn:aws:sns:eu-west-1:333333333333:on-call"] },
    "alarmTopicArns has arn:aws:sns:eu-west-1:333333333333:on-call, to which no alarm of eu-central-1 can go",
  ],
};

test.each(Object.entries(wrong))("%s is refused", (_, [props, message]) => {
  const refused = () => autoscaler(props);
  expect(refused).toThrow(message);
  expect(refused).toThrow(/^prod-payments-autoscaler\/autoscaler: [^\n]+$/);
});
