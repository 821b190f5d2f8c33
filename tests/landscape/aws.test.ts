import { type Landscape, LandscapeBuilder, readAwsPlace } from "@cluster-ipam/landscape";
import { ForeignAws } from "./foreign-aws";

const place = { account: "444455556666", region: "eu-west-1" };

let aws: ForeignAws;
const before = { ...process.env };
beforeAll(async () => {
  aws = await ForeignAws.start();
  Object.assign(process.env, aws.env(place.account, place.region));
});
afterAll(async () => {
  process.env = before;
  await aws.stop();
});

async function seen(region = place.region): Promise<Landscape> {
  const builder = new LandscapeBuilder();
  await readAwsPlace({ region }, builder);
  return builder.build();
}

test("VPCs, secondary CIDRs, subnets, pools and allocations are read", async () => {
  const vpc = await aws.vpc(
    place,
    "shop",
    ["10.37.0.0/20", "100.64.0.0/16"],
    [{ cidr: "10.37.0.0/24", zone: "eu-west-1a", name: "private-a" }],
  );
  const pool = await aws.ipam(place, "10.96.0.0/12", ["10.100.7.0/24"]);
  const { ranges, unseen } = await seen();
  expect(unseen).toEqual([]);
  const found = ranges
    .filter(({ network, kind }) => network === vpc.id || kind.startsWith("ipam") || kind === "allocation")
    .map(({ kind, prefix, id, region }) => [kind, String(prefix), id, region]);
  expect(found).toEqual([
    ["vpc", "10.37.0.0/20", vpc.id, "eu-west-1"],
    ["subnet", "10.37.0.0/24", vpc.subnets["private-a"], "eu-west-1"],
    ["ipam-pool", "10.96.0.0/12", pool, "eu-west-1"],
    ["allocation", "10.100.7.0/24", expect.stringMatching(/^ipam-pool-alloc-/), "eu-west-1"],
    ["vpc", "100.64.0.0/16", vpc.id, "eu-west-1"],
  ]);
});
