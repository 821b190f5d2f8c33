import { decide, type Observation } from "../../../src/runtime";
import { configOf, growthSubnet, minutesAgo, observationOf, podSubnet } from "../observation-fixture";

const config = configOf({ writer: "eu-central-1/prod" });
const made = (cidr: string, minutes: number, writer?: string) =>
  growthSubnet(cidr, {
    interfaces: 3,
    freePrefixes: 0,
    availableAddresses: 0,
    tags: {
      "cluster-ipam/created-at": minutesAgo(minutes),
      ...(writer !== undefined && { "cluster-ipam/autoscaler-writer": writer }),
    },
  });
const zones = (...growth: ReturnType<typeof made>[]): Observation =>
  observationOf([podSubnet("a", 0), podSubnet("b", 60), ...growth]);
const causes = (observation: Observation) => decide(observation, config).map(({ cause }) => cause);

test("a second autoscaler is noticed, and the one that came later changes nothing", () => {
  const [advice, ...rest] = decide(zones(made("100.64.64.0/22", 20, "us-east-1/prod")), config);
  expect(rest).toEqual([]);
  expect(advice).toMatchObject({ action: "none", cause: "second-autoscaler" });
  expect(advice!.reason).toContain("created by us-east-1/prod, not by eu-central-1/prod");
  const later = made("100.64.68.0/22", 10, "eu-central-1/prod");
  expect(causes(zones(made("100.64.64.0/22", 20, "us-east-1/prod"), later))).toEqual(["second-autoscaler"]);
});

test("the one that came first goes on, and so does one whose predecessor is gone for an hour", () => {
  const mine = made("100.64.64.0/22", 20, "eu-central-1/prod");
  expect(causes(zones(mine, made("100.64.68.0/22", 10, "us-east-1/prod")))).toEqual(["full"]);
  expect(causes(zones(made("100.64.64.0/22", 60, "us-east-1/old")))).toEqual(["full"]);
});

test("an older version, which writes no name, is noticed when it creates a subnet after this one did", () => {
  expect(causes(zones(made("100.64.64.0/22", 20)))).toEqual(["full"]);
  const mine = made("100.64.68.0/22", 30, "eu-central-1/prod");
  expect(causes(zones(mine, made("100.64.64.0/22", 20)))).toEqual(["second-autoscaler"]);
  expect(causes(zones(mine, made("100.64.64.0/22", 40)))).toEqual(["full"]);
});

test("of two that began in the same minute, the one with the lower name goes on, in whatever order EC2 lists them", () => {
  const mine = made("100.64.64.0/22", 20, "eu-central-1/prod");
  const lower = made("100.64.68.0/22", 20, "eu-central-1/old");
  const higher = made("100.64.68.0/22", 20, "us-east-1/prod");
  for (const list of [
    (...growth: (typeof mine)[]) => growth,
    (...growth: (typeof mine)[]) => growth.reverse(),
  ]) {
    expect(causes(zones(...list(mine, lower)))).toEqual(["second-autoscaler"]);
    expect(causes(zones(...list(mine, higher)))).toEqual(["full"]);
  }
});

test("an older version's subnet of the same minute, or someone else's subnet, is no second autoscaler", () => {
  const mine = made("100.64.64.0/22", 20, "eu-central-1/prod");
  for (const list of [
    [mine, made("100.64.68.0/22", 20)],
    [made("100.64.68.0/22", 20), mine],
  ])
    expect(causes(zones(...list))).toEqual(["full"]);
  const foreign = { ...made("100.64.68.0/22", 30, "us-east-1/prod"), owned: false };
  expect(causes(zones(mine, foreign))).toEqual(["full"]);
});

test("the first of many decides, in whatever order EC2 lists them", () => {
  const mine = made("100.64.64.0/22", 20, "eu-central-1/prod");
  const earlier = made("100.64.68.0/22", 40, "us-east-1/prod");
  const later = made("100.64.72.0/22", 10, "eu-central-1/prod");
  for (const list of [
    [mine, earlier, later],
    [later, mine, earlier],
    [earlier, later, mine],
  ])
    expect(causes(zones(...list))).toEqual(["second-autoscaler"]);
});
