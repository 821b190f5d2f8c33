import { BlueprintStack } from "@cluster-ipam/blueprint-core";
import { awsProvider } from "@cluster-ipam/blueprint-core/aws";
import { EksNetworkLookup } from "../../src";
import { blocks, contract, newApp, payments } from "../fixture";

const tags = { "cluster-ipam/cluster": "prod-payments" };

function lookedUp(use: (lookup: EksNetworkLookup) => void) {
  const stack = new BlueprintStack(newApp(), "stack");
  awsProvider(stack, { region: payments.region });
  use(new EksNetworkLookup(stack, "network", { network: contract }));
  return stack;
}

test("only the VPC is looked up until a subnet is needed", () => {
  const stack = lookedUp(() => undefined);

  expect(Object.values(blocks(stack, "data", "aws_vpc"))).toEqual([{ tags }]);
  expect(blocks(stack, "data", "aws_subnets")).toEqual({});
});

test("subnets are found by role, and planned node and pod subnets by their CIDRs", () => {
  const stack = lookedUp((lookup) => {
    lookup.subnetIds("control-plane");
    lookup.nodeSubnetIds("node", payments.nodes[0]!.subnets.slice(0, 2));
    lookup.podSubnetId(payments.pods[0]!.subnets[1]!);
  });

  const [vpc] = Object.keys(blocks(stack, "data", "aws_vpc"));
  const inVpc = { name: "vpc-id", values: [`\${data.aws_vpc.${vpc}.id}`] };
  expect(Object.values(blocks(stack, "data", "aws_subnets"))).toEqual([
    { filter: [inVpc], tags: { ...tags, "cluster-ipam/role": "control-plane" } },
    {
      filter: [inVpc, { name: "cidr-block", values: ["10.10.4.0/24", "10.10.5.0/24"] }],
      tags: { ...tags, "cluster-ipam/role": "node" },
    },
    {
      filter: [inVpc, { name: "cidr-block", values: ["100.64.16.0/20"] }],
      tags: { ...tags, "cluster-ipam/role": "pod" },
    },
  ]);
});
