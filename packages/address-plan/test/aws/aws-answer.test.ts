import { awsAnswer } from "../../src/aws/aws-answer";
import { type AwsListing, type IpamAllocation } from "../../src/aws/aws-listing";
import { awsQueries } from "../../src/aws/aws-queries";
import { recordedAws } from "../../src/aws/recorded-aws";
import { type LockEntry } from "../../src/lock/address-lock";
import { stateWith } from "../states/example-states";

const pool = (id: string, key: string, parent: string | null, more: object = {}) => ({
  ...{ id, locale: "eu-west-1", region: "eu-central-1", source_ipam_pool_id: parent, source_resource: [] },
  ...{ tags: { "cluster-ipam/pool": key }, ...more },
});
const states = [
  stateWith({
    "aws_vpc_ipam_pool.root": pool("pool-root", "pods", null, { locale: "None" }),
    "aws_vpc_ipam_pool_cidr.root": { ipam_pool_id: "pool-root", cidr: "100.64.0.0/10" },
    "aws_vpc_ipam_pool.region": pool("pool-region", "aws/eu-west-1-pods", "pool-root"),
    "aws_vpc_ipam_pool_cidr.region": { ipam_pool_id: "pool-region", cidr: "100.64.0.0/12" },
    // The same CIDR as the pool around it.
    "aws_vpc_ipam_pool.eks": pool("pool-eks", "aws/eu-west-1/dev/eks-pods", "pool-region"),
    "aws_vpc_ipam_pool_cidr.eks": { ipam_pool_id: "pool-eks", cidr: "100.64.0.0/12" },
    "aws_vpc_ipam_pool_cidr_allocation.office": { ipam_pool_id: "pool-eks", cidr: "100.64.8.0/24" },
    "aws_vpc_ipam_pool.foreign": { ...pool("pool-foreign", "", "pool-region"), tags: null },
    "aws_vpc_ipam_pool_cidr.foreign": { ipam_pool_id: "pool-foreign", cidr: "100.64.0.0/12" },
    "aws_vpc_ipam_pool.planning": pool("pool-planning", "dev-apps/growth", "pool-eks", {
      source_resource: [{ resource_id: "vpc-apps" }],
    }),
    "aws_vpc_ipam_pool_cidr.planning": { ipam_pool_id: "pool-planning", cidr: "100.64.8.0/21" },
    "aws_vpc.apps": { id: "vpc-apps", cidr_block: "10.0.0.0/20" },
    "aws_vpc_ipv4_cidr_block_association.growth": { vpc_id: "vpc-apps", cidr_block: "100.64.8.0/21" },
    "aws_subnet.pods": { id: "subnet-pods", vpc_id: "vpc-apps", cidr_block: "100.64.0.0/24" },
  }),
];
const recorded = recordedAws(states);
const block = (cidr: string, state: LockEntry["state"] = "retired"): LockEntry => ({
  ...{ key: "aws/eu-west-1/dev/eks-pods/dev-apps/growth", cidr, demand: "", state: state! },
});
const retired = block("100.64.16.0/21");
const growth = block("100.64.8.0/21", "draining");

function listing(
  allocations: Readonly<
    Record<string, AwsListing["allocations"] extends ReadonlyMap<string, infer T> ? T : never>
  >,
  subnets: AwsListing["subnets"] extends ReadonlyMap<string, infer T> ? T : never = [
    { id: "subnet-pods", cidr: "100.64.0.0/24" },
  ],
): AwsListing {
  const none = { "pool-eks": [], "pool-planning": [], "pool-root": [] };
  return {
    allocations: new Map(Object.entries({ ...none, ...allocations })),
    subnets: new Map([["vpc-apps", subnets]]),
  };
}
const allocation = (cidr: string, more: Partial<IpamAllocation> = {}): IpamAllocation => ({
  ...{ id: "alloc-1", cidr, resourceType: "vpc", resourceId: "vpc-other", owner: "222222222222", ...more },
});

test("the innermost pool around a block is queried, and the VPC that is to lose it", () => {
  expect(awsQueries([retired], recorded)).toMatchObject({ pools: [{ id: "pool-eks", region: "eu-west-1" }] });
  const { pools, vpcs } = awsQueries([growth, retired], recorded);
  expect(pools.map(({ id }) => id)).toEqual(["pool-eks", "pool-planning"]);
  expect(vpcs).toEqual([{ id: "vpc-apps", region: "eu-west-1" }]);
  // Only the root pool is around it. It has no locale, and is listed in the IPAM's home Region.
  expect(awsQueries([block("100.80.0.0/12")], recorded)).toMatchObject({
    ...{ pools: [{ id: "pool-root", region: "eu-central-1" }], vpcs: [] },
  });
});

test("a pool that has allocated nothing in a block is named in its receipt", () => {
  expect(awsAnswer(retired, recorded, listing({ "pool-eks": [allocation("100.64.24.0/21")] }))).toEqual({
    ...{ proof: ["IPAM pool-eks has none"], unlisted: [] },
  });
});

test.each([
  [
    "the block",
    allocation("100.64.16.0/21"),
    "100.64.16.0/21 allocated to vpc vpc-other of account 222222222222;",
  ],
  ["a part", allocation("100.64.16.0/24"), "100.64.16.0/24 allocated to vpc vpc-other"],
  ["more", allocation("100.64.16.0/20"), "100.64.16.0/20 allocated to vpc vpc-other"],
  [
    "a pool that no state has",
    allocation("100.64.16.0/22", { resourceType: "ipam-pool", resourceId: "pool-x" }),
    "100.64.16.0/22 allocated to pool pool-x of account 222222222222; delete it, which releases the CIDR within 30",
  ],
])("an allocation of %s keeps it", (_, found, text) => {
  expect(awsAnswer(retired, recorded, listing({ "pool-eks": [found] }))).toEqual({
    reason: expect.stringContaining(`IPAM pool-eks has ${text}`) as string,
  });
});

test("shared growth space is asked of its own pool, and kept by a VPC that drew from it", () => {
  const sharing = recordedAws([
    ...states,
    stateWith({
      "aws_vpc_ipam_pool.growth": pool("pool-growth", "aws/eu-west-1/dev/growth-pods", "pool-root"),
      "aws_vpc_ipam_pool_cidr.growth": { ipam_pool_id: "pool-growth", cidr: "100.80.0.0/16" },
    }),
  ]);
  const shared = { ...block("100.80.0.0/16", "draining"), key: "aws/eu-west-1/dev/growth-pods" };
  expect(awsQueries([shared], sharing)).toMatchObject({ pools: [{ id: "pool-growth" }], vpcs: [] });
  const drawn = listing({ "pool-growth": [allocation("100.80.4.0/24", { resourceId: "vpc-apps" })] });
  expect(awsAnswer(shared, sharing, drawn)).toEqual({
    reason:
      "IPAM pool-growth has 100.80.4.0/24 allocated to vpc vpc-apps of account 222222222222; let the subnet autoscaler, or npx retire, empty and detach it, which releases the CIDR within 30 minutes, then run npm run addresses again",
  });
  expect(awsAnswer(shared, sharing, listing({ "pool-growth": [] }))).toMatchObject({
    proof: ["IPAM pool-growth has none"],
  });
});

test("a manual allocation keeps it, with its purpose", () => {
  const { resourceId: _, ...manual } = allocation("100.64.16.0/24", {
    ...{ resourceType: "custom", description: "mainframe" },
  });
  const others = listing({ "pool-eks": [manual, allocation("100.64.17.0/24")] });
  expect(awsAnswer(retired, recorded, others)).toEqual({
    reason:
      'IPAM pool-eks has the manual allocation alloc-1 ("mainframe") of 100.64.16.0/24, by account 222222222222, and 1 more in it; release it once nothing uses it, then run npm run addresses again',
  });
});

test("what the states have does not count: the VPC that still has the CIDR, and reservations", () => {
  const { resourceId: _, ...office } = allocation("100.64.8.0/24", { resourceType: "custom" });
  const own = listing({ "pool-eks": [allocation("100.64.8.0/21", { resourceId: "vpc-apps" }), office] });
  expect(awsAnswer(growth, recorded, own)).toEqual({
    ...{ proof: ["IPAM pool-eks, pool-planning has none", "vpc-apps has no subnet in it"], unlisted: [] },
  });
});

test("a subnet that no state has keeps a draining CIDR", () => {
  const grown = [
    { id: "subnet-pods", cidr: "100.64.0.0/24" },
    { id: "subnet-grown", cidr: "100.64.9.0/24" },
  ];
  expect(awsAnswer(growth, recorded, listing({}, grown))).toEqual({
    reason:
      "subnet subnet-grown (100.64.9.0/24) of vpc-apps is in it; empty and delete it (npx retire does this for the subnets of the subnet autoscaler), then run npm run addresses again",
  });
  expect(awsAnswer(retired, recorded, listing({}, grown))).toHaveProperty("proof");
});

test("what was not listed is named, and does not keep a block", () => {
  const refused = { unlisted: "no AWS credentials" };
  expect(
    awsAnswer(growth, recorded, listing({ "pool-eks": refused, "pool-planning": refused }, refused)),
  ).toEqual({
    proof: [],
    unlisted: ["IPAM not queried: no AWS credentials", "subnets of vpc-apps not listed: no AWS credentials"],
  });
  // EC2 lists nothing in a VPC of another account.
  expect(awsAnswer(growth, recorded, listing({}, []))).toMatchObject({
    unlisted: ["subnets of vpc-apps not listed: the AWS credentials are not those of its account"],
  });
  const missing = { ...stateWith({}), stack: "address-space", app: "network", status: "missing" as const };
  expect(
    [recordedAws([]), recordedAws([missing])].map((known) => awsAnswer(retired, known, listing({}))),
  ).toEqual([
    { proof: [], unlisted: ["IPAM not queried: no state has a pool around it"] },
    { proof: [], unlisted: ["IPAM not queried: the state of network/address-space is missing"] },
  ]);
});
