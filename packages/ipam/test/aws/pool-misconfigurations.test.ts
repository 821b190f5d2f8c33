import { type IpamPoolPlan } from "@cluster-ipam/address-plan";
import { Token } from "cdktf";
import { AwsIpamPool, AwsIpamPools, type AwsIpamPoolsProps } from "../../src";
import { ipam, tree, treeWith } from "./pool-tree";
import { synth } from "../synth";

const eks = "aws/eu-central-1/prod/eks";
const eksPath = "network/pools/aws--eu-central-1--prod--eks";
const rules = tree[4]!.rules!;
const pool = (key: string, parent: string | undefined, ...cidrs: string[]): IpamPoolPlan => ({
  key,
  parent,
  cidrs,
  description: "",
  reservations: [],
});

const cases: [string, Partial<AwsIpamPoolsProps> | IpamPoolPlan[], string][] = [
  ["an empty tree", [], "network/pools: pools is empty; add at least a root pool"],
  [
    "a duplicate key",
    [...tree, pool("aws", undefined, "172.16.0.0/12")],
    "network/pools: two pools have the key aws; use a unique key",
  ],
  [
    "the key of a reservation's pool",
    [...tree, pool("aws/reserved", "aws", "10.128.0.0/16")],
    "network/pools: two pools have the key aws/reserved; use a unique key",
  ],
  [
    "an unknown parent",
    [pool("aws", undefined, "10.0.0.0/8"), pool("eks", "prod", "10.0.0.0/16")],
    "network/pools: pool eks names the parent prod, which does not exist; use one of aws, eks",
  ],
  [
    "a parent after its child",
    [pool("eks", "aws", "10.0.0.0/16"), pool("aws", undefined, "10.0.0.0/8")],
    "network/pools: pool eks is listed before its parent aws; list parents first",
  ],
  [
    "a cycle",
    [pool("a", "b", "10.0.0.0/8"), pool("b", "c", "10.0.0.0/8"), pool("c", "a", "10.0.0.0/8")],
    "network/pools: the pools a → b → c → a are parents of each other; make one of them a root pool",
  ],
  [
    "a pool that is its own parent",
    [pool("a", "a", "10.0.0.0/8")],
    "network/pools: pool a is its own parent; set its source pool, or no parent",
  ],
  [
    "51 pools",
    Array.from({ length: 51 }, (_, i) => pool(`p${i}`, undefined, `10.${i}.0.0/16`)),
    "network/pools: there are 51 pools (including those of reservations), but the quota is 50 per scope; merge pools, or raise the quota and set poolsPerScope",
  ],
  [
    "50 pools and one for a reservation",
    Array.from({ length: 50 }, (_, i) => ({
      ...pool(`p${i}`, undefined, `10.${i}.0.0/16`),
      reservations: i ? [] : [{ cidr: "10.0.0.0/24", owner: "lab" }],
    })),
    "network/pools: there are 51 pools (including those of reservations), but the quota is 50 per scope",
  ],
  [
    "overlapping siblings",
    [...tree, pool("lab", "aws", "10.24.0.0/13")],
    "network/pools: pool lab has 10.24.0.0/13, which overlaps 10.16.0.0/12 of its sibling aws/us-east-1; move one of them to another block",
  ],
  [
    "overlapping root pools",
    [...tree, pool("lab", undefined, "10.0.0.0/16")],
    "network/pools: pool lab has 10.0.0.0/16, which overlaps 10.0.0.0/8 of its sibling aws; move one of them to another block",
  ],
  [
    "a key with a wildcard",
    [pool("aws/*", undefined, "10.0.0.0/8")],
    "network/pools/aws--*: the pool key \"aws/*\" is not valid; use letters, digits, '.', '_' and '-' in parts separated by '/', for example aws/eu-central-1/prod",
  ],
  [
    "the free tier",
    { ipam: { ...ipam, tier: "free" } },
    'network/pools/aws: pool aws is private, but the IPAM has the tier "free"; use the tier "advanced"',
  ],
  [
    "a CIDR outside the parent",
    treeWith(eks, { cidrs: ["10.12.0.0/16"] }),
    `${eksPath}: pool ${eks} has 10.12.0.0/16, which is outside its parent aws/eu-central-1/prod (10.8.0.0/14); use a block inside or provision it to the parent`,
  ],
  [
    "another locale than the parent's",
    treeWith(eks, { locale: "us-east-1" }),
    `${eksPath}: pool ${eks} has the locale us-east-1, but its parent aws/eu-central-1/prod has eu-central-1; use the same locale or another parent`,
  ],
  [
    "no locale under a parent with one",
    treeWith(eks, { locale: undefined }),
    `${eksPath}: pool ${eks} has no locale, but its parent aws/eu-central-1/prod has eu-central-1; use the same locale or another parent`,
  ],
  [
    "a locale outside the operating Regions",
    treeWith("aws/us-east-1", { locale: "ap-south-1" }),
    "network/pools/aws--us-east-1: pool aws/us-east-1 has the locale ap-south-1, but the IPAM operates in eu-central-1, us-east-1; add ap-south-1 to operatingRegions",
  ],
  [
    "eleven levels",
    Array.from({ length: 11 }, (_, i) => pool(`l${i}`, i ? `l${i - 1}` : undefined, `10.0.0.0/${8 + i}`)),
    "network/pools/l10: pool l10 is 11 levels deep, but IPAM allows 10; remove levels above it",
  ],
  ["no CIDR", treeWith(eks, { cidrs: [] }), `${eksPath}: pool ${eks} has no CIDR; provision at least one`],
  [
    "51 CIDRs",
    [pool("aws", undefined, ...Array.from({ length: 51 }, (_, i) => `10.${i}.0.0/16`))],
    "network/pools/aws: pool aws has 51 CIDRs, but IPAM allows 50 per pool; use larger blocks or split the pool",
  ],
  [
    "CIDRs of one pool that overlap",
    treeWith(eks, { cidrs: ["10.10.0.0/16", "10.10.128.0/17"] }),
    `${eksPath}: pool ${eks} has the overlapping CIDRs 10.10.0.0/16 and 10.10.128.0/17; remove one`,
  ],
  [
    "a CIDR that is known after apply",
    treeWith(eks, { cidrs: [Token.asString({ resolve: () => "10.10.0.0/16" })] }),
    `network/pools: pool ${eks}: the CIDR is known only after apply but is checked at synth; write a literal from the address plan`,
  ],
  [
    "a CIDR in a reserved block",
    [...tree, pool("lab", "aws", "10.200.0.0/16")],
    "network/pools/lab: pool lab has 10.200.0.0/16, which overlaps 10.128.0.0/9, reserved in its parent for google; use another block or remove the reservation",
  ],
  [
    "a reservation outside the pool",
    treeWith(eks, { reservations: [{ cidr: "10.11.0.0/20", owner: "lab" }] }),
    `${eksPath}: pool ${eks} reserves 10.11.0.0/20 for lab, but has 10.10.0.0/16; reserve it in the pool that contains it`,
  ],
  [
    "reservations that overlap",
    treeWith(eks, {
      reservations: [
        { cidr: "10.10.0.0/20", owner: "lab" },
        { cidr: "10.10.8.0/24", owner: "office" },
      ],
    }),
    `${eksPath}: pool ${eks} reserves 10.10.0.0/20 for lab and 10.10.8.0/24 for office, which overlap; remove one`,
  ],
  [
    "min above max",
    treeWith(eks, { rules: { ...rules, minNetmaskLength: 26 } }),
    `${eksPath}: pool ${eks} has the min netmask length 26, which is above its max 24; min is for the largest block, so swap them`,
  ],
  [
    "a default above max",
    treeWith(eks, { rules: { ...rules, defaultNetmaskLength: 28 } }),
    `${eksPath}: pool ${eks} has the default netmask length 28, which is outside its rules; use 16 to 24`,
  ],
  [
    "a netmask length of IPv6",
    treeWith(eks, { rules: { ...rules, maxNetmaskLength: 56 } }),
    `${eksPath}: pool ${eks} has the max netmask length 56; use 0 to 32`,
  ],
  [
    "a default block larger than the pool",
    treeWith(eks, { rules: { ...rules, minNetmaskLength: 12, defaultNetmaskLength: 14 } }),
    `${eksPath}: pool ${eks} has the default netmask length 14, but its largest CIDR is a /16; use 16 or longer`,
  ],
  [
    "a share of an unknown pool",
    { shares: [{ pool: "aws/eu", principals: ["111122223333"] }] },
    "network/pools: there is no pool aws/eu; use one of",
  ],
  [
    "a pool shared twice",
    {
      shares: [
        { pool: eks, principals: ["111122223333"] },
        { pool: eks, principals: ["444455556666"] },
      ],
    },
    `network/pools: pool ${eks} is shared twice; list all principals in one entry of shares`,
  ],
  [
    "a share without principals",
    { shares: [{ pool: eks, principals: [] }] },
    `${eksPath}/share: pool ${eks} is shared with no principal; add one or remove the share`,
  ],
  [
    "a share of a pool without locale",
    { shares: [{ pool: "aws", principals: ["111122223333"] }] },
    "network/pools/aws/share: pool aws has no locale, so no VPC can allocate from it; share a pool with a locale",
  ],
  [
    "an account id of 11 digits",
    { shares: [{ pool: eks, principals: ["11112222333"] }] },
    `${eksPath}/share: the principal is "11112222333", but must be 12 digits or an ARN like`,
  ],
  [
    "the ARN of a root instead of an OU",
    { shares: [{ pool: eks, principals: ["arn:aws:organizations::111122223333:root/o-exampleorg/r-exam"] }] },
    `${eksPath}/share: the principal is "arn:aws:organizations::111122223333:root/o-exampleorg/r-exam", but must be`,
  ],
  [
    "a principal listed twice",
    { shares: [{ pool: eks, principals: ["111122223333", "111122223333"] }] },
    `${eksPath}/share: pool ${eks} lists the principal 111122223333 twice; list it once`,
  ],
];

test.each(cases)("rejects %s", (_, wrong, message) => {
  const props = Array.isArray(wrong) ? { pools: wrong } : wrong;
  expect(() =>
    synth((stack) => void new AwsIpamPools(stack, "pools", { ipam, pools: tree, ...props })),
  ).toThrow(message);
});

test("rejects host bits", () => {
  expect(() =>
    synth((stack) => {
      new AwsIpamPools(stack, "pools", { ipam, pools: treeWith(eks, { cidrs: ["10.10.0.1/16"] }) });
    }),
  ).toThrow(/^network\/pools: pool aws\/eu-central-1\/prod\/eks: .*10\.10\.0\.1\/16.*10\.10\.0\.0\/16/);
});

test("rejects a single pool whose parent differs from its plan", () => {
  expect(() => synth((stack) => void new AwsIpamPool(stack, "eks", { ipam, plan: tree[4]! }))).toThrow(
    `network/eks: pool ${eks} names the parent aws/eu-central-1/prod, but the parent prop is not set; use the same parent in both`,
  );
});

test("a raised quota allows more pools", () => {
  const pools = Array.from({ length: 51 }, (_, i) => pool(`p${i}`, undefined, `10.${i}.0.0/16`));
  const { resource } = synth(
    (stack) => void new AwsIpamPools(stack, "pools", { ipam, pools, poolsPerScope: 60 }),
  );
  expect(Object.keys(resource["aws_vpc_ipam_pool"]!)).toHaveLength(51);
});
