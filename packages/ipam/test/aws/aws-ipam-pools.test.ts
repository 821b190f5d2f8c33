import { type IpamPoolPlan } from "@cluster-ipam/address-plan";
import { AwsIpam, AwsIpamPool, AwsIpamPools } from "../../src";
import { ipam, tree, treeWith } from "./pool-tree";
import { find, one, resolve, synth } from "../synth";

const eks = "aws/eu-central-1/prod/eks";
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

test("custom allocations follow the rules of their pool", () => {
  const { resource } = poolsOf(
    treeWith(eks, {
      cidrs: ["10.8.0.0/15", "10.10.0.0/16"],
      reservations: [
        { cidr: "10.8.0.0/15", owner: "data center" },
        { cidr: "10.10.1.0/24", owner: "lab" },
        { cidr: "10.10.2.0/28", owner: "printers" },
        { cidr: "10.10.2.16/30", owner: "router" },
      ],
    }),
  );

  const made = Object.values(resource["aws_vpc_ipam_pool_cidr_allocation"]!);
  expect(made.map(({ cidr, description }) => `${cidr as string} ${description as string}`).sort()).toEqual([
    "10.10.1.0/24 lab",
    "10.10.2.0/24 printers",
    "10.31.0.0/16 on-premises: office",
    "10.8.0.0/16 data center",
    "10.9.0.0/16 data center",
  ]);
});

test("the pool of a VPC whose CIDR IPAM assigns has exactly the VPC's block, and its account gets it", () => {
  const vpc: IpamPoolPlan = { ...tree[4]!, key: `${eks}/store`, parent: eks, cidrs: ["10.10.16.0/20"] };
  const { resource } = synth(
    (stack) =>
      void new AwsIpamPools(stack, "pools", {
        ipam,
        pools: [
          ...tree,
          { ...vpc, rules: { ...vpc.rules!, minNetmaskLength: 20, defaultNetmaskLength: 24 } },
        ],
        shares: [{ pool: vpc.key, principals: ["111122223333"] }],
      }),
  );

  const [parent] = one(resource, "aws_vpc_ipam_pool", { description: `${eks}: EKS networks` });
  const [own, pool] = one(resource, "aws_vpc_ipam_pool", { description: `${vpc.key}: EKS networks` });
  expect(pool).toMatchObject({
    source_ipam_pool_id: `\${aws_vpc_ipam_pool.${parent}.id}`,
    locale: "eu-central-1",
    allocation_min_netmask_length: 20,
  });
  const cidrs = find(resource, "aws_vpc_ipam_pool_cidr", { ipam_pool_id: `\${aws_vpc_ipam_pool.${own}.id}` });
  expect(cidrs.map(([, { cidr }]) => cidr)).toEqual(["10.10.16.0/20"]);
  expect(one(resource, "aws_ram_resource_association")[1]).toMatchObject({
    resource_arn: `\${aws_vpc_ipam_pool.${own}.arn}`,
  });
});

test("a new pool, CIDR or reservation changes no other resource", () => {
  const { resource } = poolsOf();
  const office = { cidr: "10.9.0.0/24", owner: "on-premises: warehouse" };
  const changes: Readonly<Record<string, Partial<IpamPoolPlan>>> = {
    aws: {
      cidrs: ["172.16.0.0/12", "10.0.0.0/8"],
      reservations: [{ cidr: "10.120.0.0/16", owner: "google" }, ...tree[0]!.reservations],
    },
    "aws/us-east-1": { cidrs: ["10.32.0.0/12", "10.16.0.0/12"] },
    "aws/eu-central-1/prod": { cidrs: ["10.8.0.0/14", "10.4.0.0/15"], reservations: [office] },
    [eks]: { cidrs: ["10.11.0.0/16", "10.10.0.0/16"], reservations: [{ ...office, cidr: "10.11.3.0/24" }] },
  };
  const grown = poolsOf([
    ...tree.map((plan) => ({ ...plan, ...changes[plan.key] })),
    { ...tree[1]!, key: "aws/eu-central-1/dev", parent: "aws/eu-central-1", cidrs: ["10.0.0.0/14"] },
  ]).resource;

  for (const type of ["aws_vpc_ipam_pool", "aws_vpc_ipam_pool_cidr", "aws_vpc_ipam_pool_cidr_allocation"]) {
    expect(grown[type]).toMatchObject(resource[type]!);
  }
});

test("the description of reservations names as many owners as fit", () => {
  const reservations = Array.from({ length: 40 }, (_, i) => ({
    cidr: `10.${128 + i}.0.0/16`,
    owner: `on-premises: office ${i}`,
  }));
  const { resource } = poolsOf(treeWith("aws", { reservations }));
  const { description } = find(resource, "aws_vpc_ipam_pool", {})
    .map(([, pool]) => pool as { description: string })
    .find((pool) => pool.description.startsWith("aws/reserved"))!;
  expect(description).toMatch(/^aws\/reserved: lives elsewhere: on-premises: office 0, .*, 33 more$/);
  expect(description.length).toBeLessThan(220);
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
