import { type AddressLock, AddressPlan, allocate, parseLock } from "../../src";
import { renderLock } from "../../src/lock/address-lock";
import { examplePlan } from "../example-plan";

const plan = examplePlan();
const { lock } = allocate(plan);

/** The lock with one entry edited. */
function damaged(key: string, change: Partial<AddressLock["allocations"][number]>): AddressLock {
  expect(lock.allocations.map((entry) => entry.key)).toContain(key);
  return {
    ...lock,
    allocations: lock.allocations.map((entry) => (entry.key === key ? { ...entry, ...change } : entry)),
  };
}

test("has one entry per line, sorted, and parses back", () => {
  const text = renderLock(lock);
  expect(text.split("\n").slice(0, 8)).toEqual([
    "{",
    '  "version": 2,',
    '  "spaces": [',
    '    { "space": "primary", "cidr": "10.0.0.0/8" },',
    '    { "space": "pods", "cidr": "100.64.0.0/10" }',
    "  ],",
    '  "allocations": [',
    '    { "key": "aws/eu-central-1", "cidr": "10.208.0.0/12", "demand": "/12" },',
  ]);
  expect(text.split("\n")).toHaveLength(lock.allocations.length + 10);
  expect(parseLock(text)).toEqual(lock);
  expect(renderLock({ ...lock, allocations: [...lock.allocations].reverse() })).toBe(text);
});

const RESTORE = "restore the file from version control, then run npm run addresses";
const UPDATE = "run npm run addresses and commit the lock";

test.each<[string, AddressLock, string]>([
  [
    "an overlap",
    damaged("aws/eu-west-1", { cidr: "10.208.0.0/12" }),
    `addresses.lock.json: aws/eu-west-1: 10.208.0.0/12 overlaps 10.208.0.0/12 of aws/eu-central-1; ${RESTORE}`,
  ],
  [
    "a VPC in a reserved range",
    damaged("aws/eu-west-1/dev/eks/dev-apps", { cidr: "10.200.0.0/24" }),
    `addresses.lock.json: aws/eu-west-1/dev/eks/dev-apps: 10.200.0.0/24 is outside 10.224.0.0/18 of aws/eu-west-1/dev/eks; ${RESTORE}`,
  ],
  [
    "a misaligned block",
    damaged("aws/eu-central-1/prod/eks", { cidr: "10.208.64.0/16" }),
    `addresses.lock.json: aws/eu-central-1/prod/eks: 10.208.64.0/16: host bits are set; write 10.208.0.0/16 (${RESTORE})`,
  ],
  [
    "a block outside its parent",
    damaged("aws/eu-central-1/prod/eks", { cidr: "10.16.0.0/16" }),
    `addresses.lock.json: aws/eu-central-1/prod/eks: 10.16.0.0/16 is outside 10.208.0.0/14 of aws/eu-central-1/prod; ${RESTORE}`,
  ],
  [
    "a pool smaller than its size",
    damaged("aws/eu-central-1/prod/eks", { cidr: "10.208.0.0/20" }),
    `addresses.lock.json: aws/eu-central-1/prod/eks: the plan requires "/20: part of /16", but the lock records "/16"; ${UPDATE}`,
  ],
  [
    "an entry that the plan does not require",
    {
      ...lock,
      allocations: [...lock.allocations, { key: "aws/mars-1", cidr: "10.0.0.0/12", demand: "/12" }],
    },
    `addresses.lock.json: aws/mars-1: the plan no longer requires it; ${UPDATE}`,
  ],
  [
    "a missing entry",
    { ...lock, allocations: lock.allocations.filter(({ key }) => !key.endsWith("/dev-search/pods")) },
    `addresses.lock.json: google/europe-west3/dev/gke/dev-search/pods: the plan requires /22: 9 nodes × 32 pods, but the lock has no entry; ${UPDATE}`,
  ],
  [
    "a missing pool around others",
    { ...lock, allocations: lock.allocations.slice(1) },
    `addresses.lock.json: aws/eu-central-1/prod: 10.208.0.0/14 is in aws/eu-central-1, which has no entry; ${RESTORE}`,
  ],
  [
    "an entry for another demand",
    damaged("aws/eu-west-1", { demand: "/13" }),
    `addresses.lock.json: aws/eu-west-1: the plan requires "/12", but the lock records "/13"; ${UPDATE}`,
  ],
  [
    "a block in use that the lock retires",
    damaged("aws/eu-west-1", { state: "draining" }),
    `addresses.lock.json: aws/eu-west-1: the plan requires it again, but the lock records that it leaves; ${UPDATE}`,
  ],
])("rejects %s", (_, wrong, message) => {
  expect(() => AddressPlan.from(plan, wrong)).toThrow(new Error(message));
});

const entry = `{ "key": "aws/eu-west-1", "cidr": "10.0.0.0/12", "demand": "/12" }`;

test.each([
  [
    "merge conflicts",
    `{\n<<<<<<< HEAD\n=======\n>>>>>>> branch\n}`,
    "addresses.lock.json:2: merge conflict; run npm run addresses, which merges both sides",
  ],
  ["half a file", `{ "version": 2, "alloc`, /^addresses\.lock\.json: not JSON \(.*\); restore the file/],
  ["an empty file", "", /^addresses\.lock\.json: not JSON \(.*\); restore the file/],
  ["another value", "null", /^addresses\.lock\.json: malformed \(.*\); restore/],
  [
    "another version",
    `{ "version": 3, "spaces": [], "allocations": [] }`,
    "addresses.lock.json: version 3 is not supported; use the version of @cluster-ipam/address-plan that wrote it (this one writes version 2)",
  ],
  [
    "a malformed entry",
    `{ "version": 2, "spaces": [], "allocations": [{ "key": "aws/eu-west-1", "demand": "/12" }] }`,
    /^addresses\.lock\.json: aws\/eu-west-1: malformed \(.*\); restore/,
  ],
  [
    "a malformed entry of version 1",
    `{ "version": 1, "allocations": [{ "key": "aws/eu-west-1", "demand": "/12" }] }`,
    /^addresses\.lock\.json: aws\/eu-west-1: malformed \(.*\); restore/,
  ],
  [
    "a state that is none",
    `{ "version": 2, "spaces": [], "allocations": [${entry.replace(" }", ', "state": "gone" }')}] }`,
    /^addresses\.lock\.json: aws\/eu-west-1: malformed \(.*\); restore/,
  ],
  [
    "a duplicate entry",
    `{ "version": 2, "spaces": [], "allocations": [${entry}, ${entry}] }`,
    `addresses.lock.json: aws/eu-west-1: listed twice; ${RESTORE}`,
  ],
])("does not parse %s", (_, text, message) => {
  expect(() => parseLock(text)).toThrow(message);
});
