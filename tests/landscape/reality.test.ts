import {
  AssociateVpcCidrBlockCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DeleteSubnetCommand,
} from "@aws-sdk/client-ec2";
import {
  adopt,
  compareWithReality,
  type Landscape,
  LandscapeBuilder,
  readAwsPlace,
  type Reality,
  type Snapshot,
} from "@cluster-ipam/landscape";
import { ForeignAws } from "./foreign-aws";

const place = { account: "444455556666", region: "eu-west-1" };
const zones = ["eu-west-1a", "eu-west-1b"];
const planText = `organisation: example
spaces: { primary: 10.0.0.0/8, pods: 100.64.0.0/10 }
reserved: []
regions: { aws: { eu-west-1: { primary: /12, pods: /12 } } }
environments: { prod: { aws: { primary: /14, eks: /16, pods: /14, eksPods: /15 } } }
clusters: {}
`;
const at = new Date("2026-06-01T03:00:00Z");

let aws: ForeignAws;
let shop: Awaited<ReturnType<ForeignAws["vpc"]>>;
let plan: string;
let lock: string;
const before = { ...process.env };
beforeEach(async () => {
  aws = await ForeignAws.start();
  Object.assign(process.env, aws.env(place.account, place.region));
  shop = await aws.vpc(
    place,
    "prod-shop",
    ["10.37.0.0/20", "100.70.0.0/16"],
    [
      ...zones.map((zone, index) => ({ cidr: `10.37.${index}.0/24`, zone, name: `private-${zone}` })),
      ...zones.map((zone, index) => ({ cidr: `100.70.${64 * index}.0/18`, zone, name: `pods-${zone}` })),
    ],
  );
  ({ plan, lock } = adopt(await seen(), { manage: ["prod-shop"] }, { plan: planText }));
});
afterEach(async () => {
  process.env = { ...before };
  await aws.stop();
});

async function seen(): Promise<Landscape> {
  const builder = new LandscapeBuilder();
  await readAwsPlace({ region: place.region }, builder);
  return builder.build();
}

const compared = async (history: readonly Snapshot[] = []): Promise<Reality> =>
  compareWithReality(await seen(), plan, lock, { at, history });
const told = ({ verdict, differences }: Reality) => [
  verdict,
  ...differences.map(({ kind, subject, message }) => `${kind}: ${subject}: ${message}`),
];

test("the plan is true right after a takeover, and subnets are as full as AWS says", async () => {
  const reality = await compared();
  expect(told(reality)).toEqual(["true"]);
  const subnet = reality.utilisation.find(({ id }) => id === shop.subnets["private-eu-west-1a"]);
  expect(subnet).toMatchObject({ kind: "subnet", size: 251, used: 0, freePrefixesAtMost: 15 });
  expect(reality.utilisation.find(({ id }) => id === "aws/eu-west-1/prod/eks#2")).toMatchObject({
    used: 4096,
    size: 4096,
  });
});

test("a VPC in a pool is named with the pool", async () => {
  const pool = /"key": "aws\/eu-west-1\/prod\/eks", "cidr": "([^"]+)"/.exec(lock)![1]!;
  const ec2 = aws.ec2(place.account, place.region);
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: pool }));
  expect(told(await compared())).toEqual([
    "false",
    `taken: aws 444455556666 eu-west-1 ${Vpc!.VpcId}: it has ${pool} in the pool aws/eu-west-1/prod/eks, and is not reserved; run npx addresses adopt`,
  ]);
});

test("a CIDR and a subnet that nobody planned", async () => {
  const ec2 = aws.ec2(place.account, place.region);
  await ec2.send(new AssociateVpcCidrBlockCommand({ VpcId: shop.id, CidrBlock: "100.90.0.0/16" }));
  const kinds = told(await compared()).map((line) => line.split(":")[0]);
  expect(kinds).toEqual(["false", "unplanned"]);
});

test("a subnet that was there is gone; without earlier snapshots it may never have been", async () => {
  const earlier = (await compared()).snapshot;
  await aws
    .ec2(place.account, place.region)
    .send(new DeleteSubnetCommand({ SubnetId: shop.subnets["pods-eu-west-1b"] }));
  expect(told(await compared())[1]).toMatch(
    /^not-deployed: pods of prod-shop in eu-west-1b: 100\.70\.64\.0\/18 does not exist yet/,
  );
  expect(told(await compared([earlier]))).toEqual([
    "false",
    "gone: pods of prod-shop in eu-west-1b: 100.70.64.0/18 was deployed and does not exist any more",
  ]);
});

test("a subnet in another zone is elsewhere", async () => {
  const ec2 = aws.ec2(place.account, place.region);
  await ec2.send(new DeleteSubnetCommand({ SubnetId: shop.subnets["pods-eu-west-1b"] }));
  await ec2.send(
    new CreateSubnetCommand({ VpcId: shop.id, CidrBlock: "100.70.64.0/18", AvailabilityZone: "eu-west-1c" }),
  );
  expect(told(await compared())[1]).toMatch(
    /^elsewhere: pods of prod-shop in eu-west-1b: subnet-\w+ is in eu-west-1c/,
  );
});

test("what cannot be seen is not called fine", async () => {
  const nothing = new LandscapeBuilder();
  nothing.addUnseen("aws eu-west-1 ec2:DescribeVpcs", "UnauthorizedOperation: no");
  const reality = compareWithReality(nothing.build(), plan, lock, { at, history: [] });
  expect(told(reality)).toEqual([
    "unknown",
    "unseen: prod-shop: nothing of aws eu-west-1 was seen",
    "unseen: aws eu-west-1 ec2:DescribeVpcs: UnauthorizedOperation: no",
  ]);
});
