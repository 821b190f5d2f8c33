import {
  addressesOfChange,
  baseOf,
  eks,
  findings,
  gke,
  lockOf,
  planned,
  planOf,
  reviewOf,
} from "../example-change";

const [before, after] = addressesOfChange({ shop: eks(), lab: gke("dev") }, { lab: gke("dev") });
const destroyed = (address: string, values: object = {}) =>
  planned(address, null, { actions: ["delete"], before: values });
const STACKS = {
  "shop-network": [destroyed("aws_vpc.main"), destroyed("aws_route.a")],
  shop: [destroyed("aws_eks_cluster.main", { deletion_protection: true })],
};
const ROLES = {
  "shop-network": { cluster: "shop", retired: true },
  shop: { cluster: "shop", retired: true },
} as const;
const EMPTY = { "shop-network": [], shop: [] };
const entry = {
  environment: "prod",
  cluster: "shop",
  action: "retire",
  reason: "moved to Google Cloud",
} as const;
const base = baseOf(before);

const retire = (stacks: Parameters<typeof reviewOf>[0], more: Parameters<typeof reviewOf>[2] = {}) =>
  reviewOf(stacks, after, { plan: planOf(stacks, ROLES), base, ...more });

test("retiring a cluster needs one entry, also in a plan from an empty state", () => {
  const refused = retire(EMPTY);
  expect(findings(refused)).toEqual([
    "acknowledged-destruction: : cluster shop is retired, and the deployment destroys everything that shop-network, shop have in their states; keep it in addresses.yaml and in the app, or acknowledge it in this change",
  ]);
  expect(refused.leaving).toEqual([{ cluster: "shop", stacks: ["shop-network", "shop"], decision: "new" }]);
  expect(retire(EMPTY, { acknowledgements: [entry] }).verdict).toMatchObject({
    ok: true,
    acknowledged: [entry],
  });
});

test("the entry covers everything that its stacks destroy, and says so together with the protection", () => {
  expect(findings(retire(STACKS))).toEqual([
    "acknowledged-destruction: : cluster shop is retired, and the deployment destroys 3 resources of shop-network, shop: 1 VPC, 1 EKS cluster, 1 other (its deletion protection is on: the deployment turns it off first); keep it in addresses.yaml and in the app, or acknowledge it in this change",
  ]);
  expect(findings(retire(STACKS, { acknowledgements: [entry] }))).toEqual([]);
});

test("it covers nothing in other stacks, and no other cluster's entry counts", () => {
  const stacks = { ...STACKS, other: [destroyed("aws_vpc.other")] };
  expect(findings(retire(stacks, { acknowledgements: [entry] }))).toEqual([
    expect.stringMatching(/^acknowledged-destruction: aws_vpc.other: this VPC will be destroyed/),
  ]);
  expect(retire(STACKS, { acknowledgements: [{ ...entry, cluster: "lab" }] }).verdict).toMatchObject({
    ok: false,
    stale: [{ cluster: "lab", cause: "unmatched" }],
  });
});

test("a cluster that the base has as retired was decided about", () => {
  const decided = baseOf(after, { acknowledgements: [entry] });
  const review = retire(STACKS, { base: decided, acknowledgements: [entry] });
  expect(review.leaving).toMatchObject([{ decision: "decided" }]);
  expect(review.verdict).toMatchObject({ ok: true, stale: [{ cluster: "shop", cause: "in-base" }] });
});

test("stacks that leave without their cluster need the entry as soon as they destroy something", () => {
  const same = { lock: lockOf(before), addresses: before };
  expect(retire(EMPTY, same).verdict.ok).toBe(true);
  expect(findings(retire(STACKS, same))).toEqual([
    expect.stringMatching(
      /^acknowledged-destruction: : cluster shop is retired.*; compose its stacks again, or/,
    ),
  ]);
  // With one stack still composed, the others are no cluster that leaves.
  const plan = planOf(STACKS, { ...ROLES, shop: { cluster: "shop" } as never });
  expect(findings(retire(STACKS, { ...same, plan })).map((finding) => finding.split(": ")[1])).toEqual([
    ...["aws_vpc.main", "aws_eks_cluster.main"],
  ]);
});

test("a renamed cluster is the same cluster, and does not leave", () => {
  const lock = lockOf(before);
  const renamed = {
    renamed: [{ cluster: "store", createdAs: "shop" }],
    allocations: lock.allocations.map((block) => ({ ...block, key: block.key.replace("/shop", "/store") })),
  };
  const review = reviewOf({}, before, { lock: renamed, base: baseOf(before) });
  expect([review.verdict.ok, review.leaving]).toEqual([true, []]);
  expect(new Set(review.addresses.changes.map(({ kind }) => kind))).toEqual(new Set(["renamed"]));
  const retired = {
    ...renamed,
    allocations: renamed.allocations.map((block) => ({ ...block, state: "retired" as const })),
  };
  expect(reviewOf({}, before, { lock: retired, base: baseOf(before) }).leaving).toMatchObject([
    { cluster: "store", decision: "new" },
  ]);
});

describe("a cluster in the plan that no stack uses", () => {
  const notices = (recorded: Map<string, string | undefined>, roles = {}) =>
    reviewOf({ shop: [] }, before, {
      plan: planOf({ shop: [] }, roles),
      recorded: new Map([["prod", recorded]]),
    }).notices;
  const sentence =
    "shop has addresses in addresses.yaml, but no stack of apps/prod uses them; compose its stacks, or remove it from addresses.yaml";

  test("is a notice", () => {
    expect(notices(new Map([["other", "lab"]]))).toEqual([sentence]);
    expect(notices(new Map([["shop", "shop"]]), { shop: { cluster: "shop", retired: true } })).toEqual([
      sentence,
    ]);
  });

  test("is none if a stack uses it, or nothing is recorded", () => {
    expect(notices(new Map([["shop", "shop"]]))).toEqual([]);
    expect(reviewOf({}, before).notices).toEqual([]);
  });
});

describe("a stack that leaves the record", () => {
  const record = (...stacks: string[]) =>
    new Map([["prod", new Map(stacks.map((stack) => [stack, "shop"]))]]);
  const notices = (base: ReturnType<typeof record>, recorded: ReturnType<typeof record>, more = {}) =>
    reviewOf({}, after, { base: baseOf(after, { recorded: base, lock: lockOf(after) }), recorded, ...more })
      .notices;
  const sentence =
    "shop is no longer in apps/prod/stacks.lock.json, so nothing destroys what its state has; restore the entry, unless its state is empty";

  test("is a notice, of the network if the app left too", () => {
    expect(notices(record("shop"), record())).toEqual([sentence]);
    expect(notices(record("shop"), record("shop"))).toEqual([]);
    expect(
      notices(record("shop"), new Map(), { environment: "network", environments: ["network", "dev"] }),
    ).toEqual([sentence]);
  });

  test("is none if its cluster is freed with proof", () => {
    const { allocations } = lockOf(after);
    const gone = allocations.filter(({ key }) => key.includes("/shop"));
    const lock = {
      allocations: allocations.filter((entry) => !gone.includes(entry)),
      freed: gone.map(({ key, cidr }) => ({ key, cidr, proof: "shop 3f0c2a1b:12" })),
    };
    expect(notices(record("shop"), record(), { lock })).toEqual([]);
  });
});
