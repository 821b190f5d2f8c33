import { AddressPlan, parseLock, parsePlan, type PlanDefinitionInput } from "@cluster-ipam/address-plan";
import { parse } from "yaml";
import {
  adopt,
  type Adoption,
  type Choice,
  type CurrentPlan,
  type Landscape,
  LandscapeBuilder,
  readAwsAnswer,
  readAwsPlace,
} from "@cluster-ipam/landscape";
import { describedCluster, describedNodeGroup } from "./eks-answers";
import { ForeignAws } from "./foreign-aws";

const plan = `# Our addresses.
organisation: example
spaces:
  primary: 10.0.0.0/8 # everything
  pods: 100.64.0.0/10
reserved:
  - { cidr: 10.200.0.0/13, owner: "on-premises: data centres" } # ask Ada
regions:
  aws:
    eu-west-1: { primary: /12, pods: /12 }
environments:
  prod:
    aws: { primary: /14, eks: /16, pods: /14, eksPods: /15 }
clusters: {}
`;
const place = { account: "444455556666", region: "eu-west-1" };

let aws: ForeignAws;
let landscape: Landscape;
const before = { ...process.env };
beforeAll(async () => {
  aws = await ForeignAws.start();
  Object.assign(process.env, aws.env(place.account, place.region));
  const zones = ["eu-west-1a", "eu-west-1b"];
  const shop = await aws.vpc(
    place,
    "shop",
    ["10.37.0.0/20", "100.70.0.0/16"],
    [
      ...zones.map((zone, index) => ({ cidr: `10.37.${index}.0/24`, zone, name: `public-${zone}` })),
      ...zones.map((zone, index) => ({ cidr: `10.37.${4 + index}.0/24`, zone, name: `private-${zone}` })),
      { cidr: "10.37.8.0/26", zone: "eu-west-1a", name: "database-a" },
      ...zones.map((zone, index) => ({ cidr: `100.70.${64 * index}.0/18`, zone, name: `pods-${zone}` })),
    ],
    { team: "shop" },
  );
  const batch = await aws.vpc(
    place,
    "batch",
    ["10.53.0.0/16"],
    zones.map((zone, index) => ({ cidr: `10.53.${16 * index}.0/20`, zone, name: `private-${zone}` })),
  );
  await aws.vpc(place, "twin", ["10.53.0.0/16"], []);
  await aws.vpc(place, "home", ["192.168.0.0/16"], []);
  const builder = new LandscapeBuilder();
  await readAwsPlace({ region: place.region }, builder);
  const nodes = (ids: Readonly<Record<string, string>>) => zones.map((zone) => ids[`private-${zone}`]!);
  for (const [name, vpc] of [
    ["prod-shop", shop],
    ["prod-batch", batch],
  ] as const) {
    const subnets = nodes(vpc.subnets);
    readAwsAnswer(describedNodeGroup(place, name, subnets, 12), builder, { file: "nodegroup.json" });
    readAwsAnswer(describedCluster(place, name, vpc.id, subnets), builder, { file: "cluster.json" });
  }
  landscape = builder.build();
});
afterAll(async () => {
  process.env = before;
  await aws.stop();
});

const adoption = (
  manage: readonly string[],
  current: CurrentPlan = { plan },
  more: Partial<Choice> = {},
): Adoption => adopt(landscape, { manage, ...more }, current);
const planned = ({ plan: text, lock }: Adoption) =>
  AddressPlan.from(parse(text) as PlanDefinitionInput, parseLock(lock));
const messages = ({ findings }: Adoption, kind: string) =>
  findings.filter((finding) => finding.kind === kind).map(({ subject, message }) => `${subject}: ${message}`);

test("a cluster with custom networking is taken as it is, and the plan adds nothing", () => {
  const taken = adoption(["prod-shop"]);
  expect(messages(taken, "not-adopted")).toEqual([]);
  expect(messages(taken, "adopted-with").filter((text) => text.includes("the plan adds"))).toEqual([]);
  const shop = planned(taken).eks("prod-shop");
  expect(shop.vpc).toBe("10.37.0.0/20");
  expect(shop.podCidrs.map(({ cidr }) => cidr)).toEqual(["100.70.0.0/16"]);
  expect(shop.pods.flatMap(({ subnets }) => subnets.map(({ cidr }) => cidr))).toEqual([
    "100.70.0.0/18",
    "100.70.64.0/18",
  ]);
  expect(shop.nodes.flatMap(({ subnets }) => subnets.map(({ cidr }) => cidr))).toEqual([
    "10.37.4.0/24",
    "10.37.5.0/24",
  ]);
  expect(shop.publicSubnets.map(({ cidr }) => cidr)).toEqual(["10.37.0.0/24", "10.37.1.0/24"]);
  expect(shop.capacity.nodes).toBeGreaterThanOrEqual(12);
});

test("a cluster whose pods are in the node subnets gets pod subnets when it grows, and only then", () => {
  const taken = adoption(["prod-batch"]);
  expect(messages(taken, "adopted-with").filter((text) => text.includes("the plan adds"))).toEqual([]);
  expect(planned(taken).eks("prod-batch")).toMatchObject({ vpc: "10.53.0.0/16", pods: [], podCidrs: [] });
  const definition = parse(taken.plan) as PlanDefinitionInput & {
    clusters: Record<string, { pods: number; nodes: number }>;
  };
  Object.assign(definition.clusters["prod-batch"]!, { nodes: 100, pods: 3_000 });
  expect(() => AddressPlan.from(definition, parseLock(taken.lock))).toThrow("the lock has no entry");
});

test("everything else is reserved, once, with its owner, and comments stay", () => {
  const { plan: text } = adoption(["prod-shop"]);
  expect(text).toContain(`owner: "on-premises: data centres" } # ask Ada`);
  expect(text).toContain("# Our addresses.");
  const { reserved } = parsePlan(text, "addresses.yaml");
  expect(reserved.map(({ cidr, owner }) => `${cidr} ${owner.replace(/vpc-\w+/, "vpc")}`)).toEqual([
    "10.200.0.0/13 on-premises: data centres",
    expect.stringMatching(
      /^10\.53\.0\.0\/16 exists: aws 444455556666 eu-west-1 vpc \(\w+\); aws .* \(\w+\)$/,
    ),
  ]);
});

test("a second run changes nothing", () => {
  const first = adoption(["prod-*"]);
  const second = adoption(["prod-*"], first);
  expect(second.changes).toEqual([]);
  expect(second.plan).toBe(first.plan);
  expect(second.lock).toBe(first.lock);
});

test("overlaps name both networks, and what is in no space is said", () => {
  const taken = adoption([]);
  expect(messages(taken, "overlap")).toEqual([
    expect.stringMatching(/^10\.53\.0\.0\/16: 65536 addresses are in 2 networks: .*\(batch\).*\(twin\)/),
  ]);
  expect(messages(taken, "outside-spaces")).toEqual([expect.stringMatching(/^192\.168\.0\.0\/16: /)]);
});

test("what overlaps the plan is not taken over", () => {
  const first = adoption(["prod-batch"]);
  const second = adoption(["twin"], first, { environment: "prod" });
  expect(messages(second, "not-adopted")).toEqual([
    expect.stringMatching(/^twin: the plan has its 10.53.0.0\/16 for prod-batch/),
  ]);
  expect(second.plan).toBe(first.plan);
});
