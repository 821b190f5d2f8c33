import { AwsIpam, AwsIpamPool, AwsIpamPools } from "../../src";
import { ipam, tree, treeWith } from "./pool-tree";
import { find, one, resolve, synth } from "../synth";

const poolsOf = (pools = tree) => synth((stack) => void new AwsIpamPools(stack, "pools", { ipam, pools }));

test("every pool has its source pool, locale and rules", () => {
  const { resource } = poolsOf();

  const [parent] = one(resource, "aws_vpc_ipam_pool", { description: "aws/eu-central-1/prod: production" });
  const [, pool] = one(resource, "aws_vpc_ipam_pool", {
    description: "aws/eu-central-1/prod/eks: EKS networks",
  });
  expect(pool).toMatchObject({
    region: "eu-central-1",
    address_family: "ipv4",
    ipam_scope_id: ipam.scopeId,
    source_ipam_pool_id: `\${aws_vpc_ipam_pool.${parent}.id}`,
    locale: "eu-central-1",
    allocation_min_netmask_length: 16,
    allocation_max_netmask_length: 24,
    allocation_default_netmask_length: 20,
    allocation_resource_tags: { environment: "prod" },
    tags: { Name: "aws/eu-central-1/prod/eks", "cluster-ipam/pool": "aws/eu-central-1/prod/eks" },
    lifecycle: { prevent_destroy: true },
  });
});

test("a root pool has no parent, no locale and no rules", () => {
  const [, root] = one(poolsOf().resource, "aws_vpc_ipam_pool", { description: "aws: the organisation" });

  expect(root).not.toHaveProperty("source_ipam_pool_id");
  expect(root).not.toHaveProperty("locale");
  expect(root).not.toHaveProperty("allocation_resource_tags");
});

test("a CIDR is provisioned after the parent's CIDR that contains it", () => {
  const pools = treeWith("aws", { cidrs: ["10.0.0.0/8", "100.64.0.0/10"] });
  const { resource } = poolsOf([
    ...pools,
    {
      key: "aws/pods",
      parent: "aws",
      cidrs: ["100.64.0.0/12"],
      description: "pods",
      reservations: [],
    },
  ]);

  const [outer] = one(resource, "aws_vpc_ipam_pool_cidr", { cidr: "100.64.0.0/10" });
  const [, inner] = one(resource, "aws_vpc_ipam_pool_cidr", { cidr: "100.64.0.0/12" });
  expect(inner["depends_on"]).toEqual([`aws_vpc_ipam_pool_cidr.${outer}`]);
  const [, root] = one(resource, "aws_vpc_ipam_pool_cidr", { cidr: "10.0.0.0/8" });
  expect(root).not.toHaveProperty("depends_on");
});

test("a reservation is an allocation in the pool's locale, after the CIDR is provisioned", () => {
  const { resource } = poolsOf();

  const [cidr] = one(resource, "aws_vpc_ipam_pool_cidr", { cidr: "10.16.0.0/12" });
  expect(one(resource, "aws_vpc_ipam_pool_cidr_allocation")[1]).toMatchObject({
    region: "us-east-1",
    cidr: "10.31.0.0/16",
    description: "on-premises: office",
    depends_on: [`aws_vpc_ipam_pool_cidr.${cidr}`],
  });
});

test("a reservation in a pool without a locale is a child pool without a locale", () => {
  const { resource } = poolsOf();

  const [name, pool] = one(resource, "aws_vpc_ipam_pool", {
    description: "aws/reserved: lives elsewhere: google",
  });
  expect(pool).not.toHaveProperty("locale");
  const [root] = one(resource, "aws_vpc_ipam_pool_cidr", { cidr: "10.0.0.0/8" });
  expect(one(resource, "aws_vpc_ipam_pool_cidr", { cidr: "10.128.0.0/9" })[1]).toMatchObject({
    ipam_pool_id: `\${aws_vpc_ipam_pool.${name}.id}`,
    depends_on: [`aws_vpc_ipam_pool_cidr.${root}`],
  });
});

test("construct ids are keys and CIDRs, so a new pool or CIDR changes no other resource", () => {
  const { resource } = poolsOf();
  const grown = poolsOf([
    ...treeWith("aws/us-east-1", { cidrs: ["10.32.0.0/12", "10.16.0.0/12"] }),
    { ...tree[1]!, key: "aws/eu-central-1/dev", parent: "aws/eu-central-1", cidrs: ["10.0.0.0/14"] },
  ]).resource;

  for (const type of ["aws_vpc_ipam_pool", "aws_vpc_ipam_pool_cidr"]) {
    expect(grown[type]).toMatchObject(resource[type]!);
  }
});

test("a pool exposes its id, its ARN and its provisioned CIDRs", () => {
  synth((stack) => {
    const pools = new AwsIpamPools(stack, "pools", { ipam, pools: tree });
    const eks = pools.pool("aws/eu-central-1/prod/eks");

    expect(resolve(stack, eks.poolId)).toMatch(/^\$\{aws_vpc_ipam_pool\..+\.id\}$/);
    expect(resolve(stack, eks.poolArn)).toMatch(/^\$\{aws_vpc_ipam_pool\..+\.arn\}$/);
    expect(eks.provisioned.map(({ fqn }) => resolve(stack, fqn))).toEqual([
      expect.stringMatching(/aws_vpc_ipam_pool_cidr\..*10-10-0-0-16/),
    ]);
    expect(() => pools.pool("aws/eu")).toThrow(
      "network/pools: there is no pool aws/eu; use one of aws, aws/eu-central-1,",
    );
  });
});

test("single pools in the scope of an AwsIpam", () => {
  const { resource } = synth((stack) => {
    const own = new AwsIpam(stack, "ipam", ipam);
    const parent = new AwsIpamPool(stack, "root", { ipam: own, plan: tree[0]!, deletionProtection: false });
    new AwsIpamPool(stack, "region", { ipam: own, plan: tree[1]!, parent });
  });

  const [name] = one(resource, "aws_vpc_ipam");
  expect(
    find(resource, "aws_vpc_ipam_pool", {
      ipam_scope_id: `\${aws_vpc_ipam.${name}.private_default_scope_id}`,
    }),
  ).toHaveLength(3);
  expect(one(resource, "aws_vpc_ipam_pool", { description: "aws: the organisation" })[1]).toMatchObject({
    lifecycle: { prevent_destroy: false },
  });
});
