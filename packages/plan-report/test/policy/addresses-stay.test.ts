import { type ComparedLock } from "@cluster-ipam/address-plan";
import { addressesOfChange, baseOf, eks, findings, gke, lockOf, planned, reviewOf } from "../example-change";

const CLUSTERS = { shop: eks(), lab: gke("dev") };
const [, addresses] = addressesOfChange(CLUSTERS, CLUSTERS);
const LOCK = lockOf(addresses);
const VPC = LOCK.allocations.find(({ key }) => key.endsWith("/eks/shop"))!;
const NETWORK_POOL = LOCK.allocations.find(({ key }) => key === "aws/eu-central-1")!;

const without = (...keys: string[]): ComparedLock => ({
  ...LOCK,
  allocations: LOCK.allocations.filter(
    ({ key }) => !keys.some((gone) => key === gone || key.startsWith(`${gone}/`)),
  ),
});
const withEntry = (key: string, more: object): ComparedLock => ({
  ...LOCK,
  allocations: LOCK.allocations.map((entry) => (entry.key === key ? { ...entry, ...more } : entry)),
});
const receipt = { key: VPC.key, cidr: VPC.cidr, proof: "shop-network 3f0c2a1b:12" };
const RETIRED = withEntry(VPC.key, { state: "retired" });

/** Reviews a change of the lock. */
const change = (
  base: ComparedLock,
  head: ComparedLock,
  more: Parameters<typeof reviewOf>[2] = {},
  resources = {},
) => reviewOf(resources, addresses, { lock: head, base: baseOf(addresses, { lock: base }), ...more });

test("a block that moves is a violation, and the entry it offers allows it", () => {
  const head = withEntry(VPC.key, { cidr: "10.191.0.0/23" });
  const refused = change(LOCK, head);
  expect(findings(refused)).toEqual([
    `addresses-stay: : ${VPC.key} moves from ${VPC.cidr} to 10.191.0.0/23, but what is deployed does not; restore its CIDR in addresses.lock.json, or acknowledge the move in this change`,
  ]);
  const [finding] = refused.verdict.rules.flatMap((rule) => rule.findings);
  expect(finding?.acknowledgeAs).toEqual({ environment: "prod", block: VPC.key, action: "move" });

  const entry = {
    environment: "prod",
    block: VPC.key,
    action: "move",
    reason: "nothing is deployed yet",
  } as const;
  expect(change(LOCK, head, { acknowledgements: [entry] }).verdict).toMatchObject({
    ...{ ok: true, acknowledged: [entry], stale: [] },
  });
  const base = baseOf(addresses, { lock: LOCK, acknowledgements: [entry] });
  expect(change(LOCK, head, { acknowledgements: [entry], base }).verdict).toMatchObject({
    ...{ ok: false, stale: [{ ...entry, cause: "in-base" }] },
  });
  expect(change(LOCK, LOCK, { acknowledgements: [entry] }).verdict.stale).toMatchObject([
    { cause: "unmatched" },
  ]);
});

test("an entry for freeing does not allow a move", () => {
  const entry = {
    environment: "prod",
    block: VPC.key,
    action: "free",
    reason: "nothing is deployed",
  } as const;
  const head = withEntry(VPC.key, { cidr: "10.191.0.0/23" });
  expect(change(LOCK, head, { acknowledgements: [entry] }).verdict.ok).toBe(false);
});

test.each<[string, ComparedLock, ComparedLock, RegExp[]]>([
  [
    "in use",
    LOCK,
    { ...without(VPC.key), freed: [receipt] },
    [/is freed while it is in use; restore its entry/],
  ],
  [
    "retired, without a receipt",
    RETIRED,
    without(VPC.key),
    [/is freed without a receipt that its states are empty/],
  ],
  ["retired, with a receipt", RETIRED, { ...without(VPC.key), freed: [receipt] }, []],
])("a freed block that was %s", (_, base, head, expected) => {
  expect(findings(change(base, head))).toEqual(expected.map((sentence) => expect.stringMatching(sentence)));
});

test("a state that still has a resource inside contradicts the receipt, even if the plan destroys it", () => {
  const head = { ...without(VPC.key), freed: [receipt] };
  const inside = planned("aws_vpc.main", null, { actions: ["delete"], before: { cidr_block: VPC.cidr } });
  const outside = planned("aws_vpc.other", null, {
    actions: ["delete"],
    before: { cidr_block: "10.1.0.0/23" },
  });
  const acknowledgements = ["main", "other"].map((name) => ({
    ...{ environment: "prod", stack: "shop-network", address: `aws_vpc.${name}` },
    ...({ action: "destroy", reason: "the cluster leaves" } as const),
  }));
  expect(
    findings(change(RETIRED, head, { acknowledgements }, { "shop-network": [inside, outside] })),
  ).toEqual([
    `addresses-stay: aws_vpc.main: its state has ${VPC.cidr}, but this change frees ${VPC.cidr} (${VPC.key}); restore the entry in addresses.lock.json and destroy the resource first, or acknowledge it in this change`,
  ]);
});

test("what is widened, retired, restored or added is no violation of this rule", () => {
  const rules = (base: ComparedLock, head: ComparedLock) =>
    findings(change(base, head)).filter((finding) => finding.startsWith("addresses-stay"));
  expect(rules(withEntry(NETWORK_POOL.key, { cidr: "10.128.0.0/16" }), LOCK)).toEqual([]);
  expect(rules(LOCK, RETIRED)).toEqual([]);
  expect(rules(RETIRED, LOCK)).toEqual([]);
  expect(rules(without(VPC.key), LOCK)).toEqual([]);
});

test("each block is reviewed once: by its environment, or by the network", () => {
  const moved = withEntry(NETWORK_POOL.key, { cidr: "11.0.0.0/10" });
  const verdicts = (head: ComparedLock, environments: string[]) =>
    environments.filter((environment) => !change(LOCK, head, { environment, environments }).verdict.ok);
  expect(verdicts(moved, ["network", "dev", "prod"])).toEqual(["network"]);
  expect(verdicts(without(VPC.key), ["network", "dev", "prod"])).toEqual(["prod"]);
  // The environment left together with its app.
  expect(verdicts(without(VPC.key), ["network", "dev"])).toEqual(["network"]);
});

test("without a base, or with one whose lock is damaged, nothing is compared", () => {
  expect(findings(reviewOf({}, addresses, { lock: without(VPC.key) }))).toEqual([]);
  const base = { name: "main", acknowledgements: [], problem: "addresses.lock.json: not JSON" };
  expect(findings(reviewOf({}, addresses, { lock: without(VPC.key), base }))).toEqual([]);
});
