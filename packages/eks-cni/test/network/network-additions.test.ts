import { type EksNetworkStackProps } from "../../src";
import { networkStack, payments, resources } from "../fixture";

const stackOf = (props: Partial<EksNetworkStackProps> = {}) => networkStack(props);

test("an endpoint that is added admits every node and pod, those of growth included", () => {
  const stack = stackOf();
  expect(resources(stack, "aws_vpc_endpoint")).toHaveLength(1);
  stack.network.addEndpoint("ssm");
  stack.network.addEndpoint("ecr.api");

  expect(
    resources(stack, "aws_vpc_endpoint")
      .map((endpoint) => endpoint["service_name"])
      .sort(),
  ).toEqual([
    "com.amazonaws.eu-central-1.ecr.api",
    "com.amazonaws.eu-central-1.s3",
    "com.amazonaws.eu-central-1.ssm",
  ]);
  const admitted = resources(stack, "aws_vpc_security_group_ingress_rule").map((rule) => rule["cidr_ipv4"]);
  expect(admitted).toContain(payments.growth[0]!.cidr);
  expect(admitted).toHaveLength(7);
});

test("an isolated network has what nodes need, and takes more", () => {
  const stack = stackOf({ natGateways: "none" });
  stack.network.addEndpoint("logs");
  expect(stack.network.endpoints.interfaces.size).toBe(7);
  expect(() => stack.network.addEndpoint("sts")).toThrow(
    "the network has an endpoint of sts; remove the second one",
  );
  expect(() => stack.network.addEndpoint("com.amazonaws.eu-central-1.kms")).toThrow(
    "leave out com.amazonaws and the Region, for example ssm",
  );
});

test("a route is in every private table, and in no public one", () => {
  const stack = stackOf();
  stack.network.addRoute("10.200.0.0/13", { transitGatewayId: "tgw-0a1b2c3d4e5f60718" });

  const added = resources(stack, "aws_route").filter((route) => route["transit_gateway_id"] !== undefined);
  expect(added.map((route) => route["destination_cidr_block"])).toEqual(Array(3).fill("10.200.0.0/13"));
  expect(added.map((route) => route["route_table_id"]).join()).not.toContain("public");
});

test.each<[string, string, object, string]>([
  [
    "a range of the VPC",
    "10.10.4.0/24",
    { transitGatewayId: "tgw-1" },
    "10.10.4.0/24 is in 10.10.0.0/20 of this VPC",
  ],
  [
    "a range of pods",
    "100.64.1.0/24",
    { transitGatewayId: "tgw-1" },
    "100.64.1.0/24 is in 100.64.0.0/18 of this VPC",
  ],
  ["no target", "10.200.0.0/13", {}, "the route to 10.200.0.0/13 has 0 targets; set exactly one"],
  ["two targets", "10.200.0.0/13", { transitGatewayId: "a", vpcEndpointId: "b" }, "has 2 targets"],
  [
    "the internet",
    "0.0.0.0/0",
    { transitGatewayId: "tgw-1" },
    'the NAT gateways have the route to 0.0.0.0/0; set natGateways to "none", or route a smaller range',
  ],
  ["host bits", "10.200.0.1/13", { transitGatewayId: "tgw-1" }, "10.200.0.1/13"],
])("%s is refused", (_what, cidr, target, message) => {
  expect(() => stackOf().network.addRoute(cidr, target)).toThrow(message);
});
