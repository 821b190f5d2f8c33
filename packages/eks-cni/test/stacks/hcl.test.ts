import { Testing } from "cdktf";
import { EksClusterStack, EksNetworkStack } from "../../src";
import { clusterProps, newApp, payments } from "../fixture";

test("no value is a heredoc, which would differ from the JSON output", () => {
  const network = new EksNetworkStack(newApp(), "prod-payments-network", {
    addresses: payments,
    natGateways: "none",
    ipFamily: "ipv6",
  });
  const cluster = new EksClusterStack(newApp(), "prod-payments", {
    ...clusterProps,
    cni: { customNetworking: true },
  });

  const hcl = [network, cluster].map((stack) => Testing.synthHcl(stack));
  expect(hcl.join("\n")).not.toContain("<<");
  expect(hcl[0]).toContain("cidrsubnet(aws_vpc.network_vpc_4E8F0223.ipv6_cidr_block, 8, 33)");
  expect(hcl[1]).toContain('jsonencode({ "env" = { "AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG" = "true"');
  expect(hcl[1]).toContain("ignore_changes = [scaling_config[0].desired_size]");
});
