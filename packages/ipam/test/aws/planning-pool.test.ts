import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BlueprintApp, BlueprintStack } from "@cluster-ipam/blueprint-core";
import { Testing } from "cdktf";
import { PlanningPool, type PlanningPoolProps } from "../../src";
import { ipam } from "./pool-tree";
import { newStack, one, synth } from "../synth";

const props: PlanningPoolProps = {
  ipam,
  key: "aws/us-east-1/prod/eks/payments",
  sourcePoolId: "ipam-pool-0123456789abcdef0",
  vpc: {
    id: "vpc-0123456789abcdef0",
    owner: "111122223333",
    region: "us-east-1",
    cidrs: ["10.16.0.0/20", "100.64.0.0/16"],
  },
  cidr: "100.64.0.0/16",
};
const plan = (change: Partial<PlanningPoolProps> = {}) =>
  synth((stack) => void new PlanningPool(stack, "pool", { ...props, ...change }));

test("a planning pool has exactly one CIDR of its VPC", () => {
  const { resource } = plan();

  const [name, pool] = one(resource, "aws_vpc_ipam_pool");
  expect(pool).toMatchObject({
    region: "eu-central-1",
    locale: "us-east-1",
    source_ipam_pool_id: "ipam-pool-0123456789abcdef0",
    source_resource: {
      resource_id: "vpc-0123456789abcdef0",
      resource_owner: "111122223333",
      resource_region: "us-east-1",
      resource_type: "vpc",
    },
    description: "aws/us-east-1/prod/eks/payments: subnets of 100.64.0.0/16",
  });
  expect(one(resource, "aws_vpc_ipam_pool_cidr")[1]).toMatchObject({
    ipam_pool_id: `\${aws_vpc_ipam_pool.${name}.id}`,
    cidr: "100.64.0.0/16",
  });
});

test("the VPC of a planning pool is rendered in HCL", () => {
  const stack = newStack();
  new PlanningPool(stack, "pool", props);

  expect(Testing.synthHcl(stack)).toMatch(
    /source_resource \{\s+resource_id\s+= "vpc-0123456789abcdef0"\s+resource_owner\s+= "111122223333"/,
  );
});

test("a planning pool requires aws 6.29.0", () => {
  const outdir = mkdtempSync(join(tmpdir(), "planning-pool-"));
  const stack = new BlueprintStack(new BlueprintApp({ backend: { type: "local" }, outdir }), "network");
  const requireProvider = jest.spyOn(stack, "requireProvider");
  new PlanningPool(stack, "pool", props);
  rmSync(outdir, { recursive: true });

  expect(requireProvider).toHaveBeenCalledWith("aws", "6.29.0");
});

test.each<[Partial<PlanningPoolProps>, string]>([
  [
    { cidr: "100.64.0.0/17" },
    "network/pool: planning pool aws/us-east-1/prod/eks/payments has 100.64.0.0/17, but the VPC has 10.16.0.0/20, 100.64.0.0/16; use exactly one CIDR of the VPC",
  ],
  [
    { vpc: { ...props.vpc, region: "ap-south-1" } },
    "network/pool: the VPC is in ap-south-1, but the IPAM operates in eu-central-1, us-east-1; add ap-south-1 to operatingRegions",
  ],
  [
    { vpc: { ...props.vpc, owner: "1111" } },
    'network/pool: vpc.owner is "1111", but an AWS account id has 12 digits; quote it to keep leading zeros',
  ],
  [
    { key: "aws/us-east-1/?" },
    'network/pool: the pool key "aws/us-east-1/?" is not valid; use letters, digits',
  ],
])("rejects %j", (change, message) => {
  expect(() => plan(change)).toThrow(message);
});
