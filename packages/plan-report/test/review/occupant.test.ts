import { occupants } from "../../src/review/occupant";
import { plannedResources } from "../../src/terraform/planned-resource";
import { type TerraformResourceChange } from "../../src/terraform/terraform-plan";
import { planned } from "../example-change";

const of = (...resource_changes: TerraformResourceChange[]) =>
  occupants(
    plannedResources("network", { format_version: "1.2", terraform_version: "1.11.4", resource_changes }),
  );

test("a deployed VPC has its account and its id, one that is to be created has neither", () => {
  const vpc = { cidr_block: "10.0.0.0/24", id: "vpc-0aaa", owner_id: "333333333333" };
  expect(of(planned("aws_vpc.a", vpc, { actions: ["no-op"], before: vpc }))).toEqual([
    {
      ...{ cidr: "10.0.0.0/24", stack: "network", address: "aws_vpc.a", action: "noop" },
      ...{ account: "333333333333", ids: ["vpc-0aaa"] },
    },
  ]);
  const unknown = { after_unknown: { id: true, owner_id: true } };
  expect(of(planned("aws_vpc.a", { cidr_block: "10.0.0.0/24" }, unknown))).toEqual([
    { cidr: "10.0.0.0/24", stack: "network", address: "aws_vpc.a", action: "create", ids: [] },
  ]);
});

test("what is destroyed still occupies its addresses", () => {
  const before = { cidr_block: "10.0.0.0/25", id: "subnet-0bbb", vpc_id: "vpc-0aaa" };
  expect(of(planned("aws_subnet.a", null, { actions: ["delete"], before }))).toMatchObject([
    { cidr: "10.0.0.0/25", action: "delete", ids: ["subnet-0bbb", "vpc-0aaa"] },
  ]);
});

test("a subnetwork of Google Cloud has its project and the name of its network, for every range", () => {
  const subnetwork = {
    ...{
      project: "example-prod",
      network: "https://compute.example/projects/example-prod/global/networks/shared",
    },
    ...{ ip_cidr_range: "10.0.0.0/24", secondary_ip_range: [{ ip_cidr_range: "10.1.0.0/20" }] },
  };
  const found = of(
    planned("google_compute_subnetwork.a", subnetwork, { actions: ["update"], before: subnetwork }),
  );
  expect(found.map(({ cidr, account, ids }) => [cidr, account, ids])).toEqual([
    ["10.0.0.0/24", "example-prod", ["shared"]],
    ["10.1.0.0/20", "example-prod", ["shared"]],
  ]);
});
